import { isAuthorityOf } from './derive.ts'
import type { CertificatesActual, CertificatesDesired, CertificatesStep } from './schema.ts'

const day = 86_400_000

/** Days before its end when a certificate of our own is renewed; of an installed one, when the school is warned. */
export const renewal = 30

export function plan(
  { school, domain, names }: CertificatesDesired,
  actual: CertificatesActual,
): readonly CertificatesStep[] {
  const { at, sure, authority, server } = actual
  // Nobody believes an authority of another time, but all devices know it: it goes only when the clock is right.
  const timely = authority !== undefined && authority.from <= at && authority.to > at + 2 * renewal * day
  const valid = authority !== undefined && isAuthorityOf(domain, authority.subject) && (timely || !sure)
  const reason = valid ? whyServer(names, actual) : 'the authority is new'
  return [
    ...(valid ? [] : [{ kind: 'authority' as const, school, domain }]),
    ...(reason === undefined || (server?.own === false && server.keyed)
      ? []
      : [{ kind: 'server' as const, names, reason }]),
  ]
}

function whyServer(names: readonly string[], { at, sure, server }: CertificatesActual): string | undefined {
  if (server === undefined) return 'there is none'
  if (!server.keyed) return 'its key is not the one beside it'
  if (!server.signed) return 'the authority is new'
  if (names.some((name) => !server.names.includes(name))) return 'the box has other names'
  if (server.from > at && sure) return 'it was made while the clock was wrong'
  return server.to < at + renewal * day ? 'it ends soon' : undefined
}

export function describe(step: CertificatesStep): string {
  return step.kind === 'authority'
    ? `+ authority of ${step.domain}`
    : `~ certificate for ${step.names.join(', ')}: ${step.reason}`
}
