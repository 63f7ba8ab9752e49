import type { Finding } from '../../engine/resource.ts'
import { renewal } from './plan.ts'
import type { CertificatesActual, CertificatesDesired } from './schema.ts'

const day = 86_400_000

/** Our own certificates renew themselves; one that somebody has installed is theirs to renew. */
export function judge(
  { language, names }: CertificatesDesired,
  { at, server }: CertificatesActual,
): readonly Finding[] {
  const say = sentences[language]
  if (server === undefined) return [{ code: 'certificate-missing', severity: 'error', message: say.missing }]
  if (server.own) return [{ code: 'certificate-valid', severity: 'ok', message: say.own }]
  const absent = names.filter((name) => !server.names.includes(name))
  const days = Math.floor((server.to - at) / day)
  return [
    ...(absent.length === 0
      ? []
      : [{ code: 'certificate-names', severity: 'warning', message: say.names(absent.join(', ')) } as const]),
    days >= renewal
      ? { code: 'certificate-valid', severity: 'ok', message: say.valid(days) }
      : { code: 'certificate-ends', severity: days > 0 ? 'warning' : 'error', message: say.ends(days) },
  ]
}

const sentences = {
  de: {
    missing: 'Der Server hat kein Zertifikat; Geräte können ihm nicht vertrauen.',
    own: 'Das Zertifikat des Servers stammt von ihm selbst und erneuert sich.',
    valid: (days: number) => `Das installierte Zertifikat gilt noch ${days} Tage.`,
    ends: (days: number) =>
      days > 0
        ? `Das installierte Zertifikat gilt nur noch ${days} Tage: iserv-ctl certificate request.`
        : 'Das installierte Zertifikat ist abgelaufen: iserv-ctl certificate request.',
    names: (names: string) => `Das installierte Zertifikat gilt nicht für ${names}.`,
  },
  en: {
    missing: 'The server has no certificate; devices cannot trust it.',
    own: "The server's certificate is its own and renews itself.",
    valid: (days: number) => `The installed certificate is valid for ${days} more days.`,
    ends: (days: number) =>
      days > 0
        ? `The installed certificate ends in ${days} days: iserv-ctl certificate request.`
        : 'The installed certificate has ended: iserv-ctl certificate request.',
    names: (names: string) => `The installed certificate does not cover ${names}.`,
  },
} as const
