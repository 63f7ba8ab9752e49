import type { Finding } from '../../engine/resource.ts'
import { controllerName } from '../../model/directory-tree.ts'
import { plainAddress } from './plan.ts'
import type { DirectoryDesired } from './schema.ts'

export interface Seen {
  /** Domain of the directory that is there. */
  readonly made: string | undefined
  /** Does it answer the box? */
  readonly answers: boolean
  /** Where devices are led that look up its name; undefined: nobody answered them. */
  readonly found?: readonly string[] | undefined
  /** Do devices find it at its own address, and can they sign in? */
  readonly reached: boolean
}

/** What the answers mean for the school. */
export function judge(
  { language, domain }: DirectoryDesired,
  { made, answers, found, reached }: Seen,
): readonly Finding[] {
  if (domain === undefined) return []
  const say = sentences[language]
  const failed = (code: Pick<Finding, 'code'>, message: string): readonly Finding[] => [
    { ...code, severity: 'error', message },
  ]
  if (made !== undefined && made !== domain.name) {
    return failed({ code: 'directory-domain' }, say.other(made, domain.name))
  }
  if (made === undefined || !answers) return failed({ code: 'directory-silent' }, say.silent)
  if (!reached) return failed({ code: 'directory-unreachable' }, say.unreachable(plainAddress(domain)))
  const own = plainAddress(domain)
  if (found !== undefined && (found.length !== 1 || found[0] !== own)) {
    const name = `${controllerName}.${domain.name}`
    return failed({ code: 'directory-misled' }, say.misled(name, found.join(', '), own))
  }
  return [{ code: 'directory-serves', severity: 'ok', message: say.serves }]
}

const sentences = {
  de: {
    serves: 'Anmeldungen werden beantwortet.',
    silent: 'Niemand kann sich anmelden: Das Verzeichnis antwortet nicht.',
    unreachable: (address: string) =>
      `Geräte können sich nicht anmelden: Unter ${address} antwortet das Verzeichnis nicht.`,
    misled: (name: string, found: string, own: string) =>
      found === ''
        ? `Geräte können sich nicht anmelden: Den Namen ${name} gibt es nicht.`
        : `Geräte können sich nicht anmelden: Der Name ${name} führt zu ${found} statt zu ${own}.`,
    other: (made: string, wanted: string) =>
      `Das Verzeichnis heißt ${made} und kann nicht ${wanted} werden; es bleibt, wie es ist.`,
  },
  en: {
    serves: 'Sign-ins are answered.',
    silent: 'Nobody can sign in: the directory does not answer.',
    unreachable: (address: string) => `Devices cannot sign in: the directory does not answer at ${address}.`,
    misled: (name: string, found: string, own: string) =>
      found === ''
        ? `Devices cannot sign in: the name ${name} does not exist.`
        : `Devices cannot sign in: the name ${name} leads to ${found} instead of ${own}.`,
    other: (made: string, wanted: string) =>
      `The directory is called ${made} and cannot become ${wanted}; it stays as it is.`,
  },
} as const
