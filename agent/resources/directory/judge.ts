import type { Finding } from '../../engine/resource.ts'
import { controllerName } from '../../model/directory-tree.ts'
import { plainAddress } from './plan.ts'
import type { DirectoryDesired, Domain, SignIn, Waiting } from './schema.ts'

export interface Seen {
  /** Domain of the directory that is there. */
  readonly made: string | undefined
  /** Does it answer the box? */
  readonly answers: boolean
  /** Where devices are led that look up its name; undefined: nobody answered them. */
  readonly found?: readonly string[] | undefined
  /** Do devices find it at its own address? */
  readonly named: boolean
  /** How does the box's own account fare there, signing in as devices do? */
  readonly reader: SignIn
  /** Addresses from which nobody signs in for a while, because too many wrong passwords came from there. */
  readonly waiting: readonly Waiting[]
}

/** What the answers mean for the school. */
export function judge(desired: DirectoryDesired, seen: Seen): readonly Finding[] {
  const { language, domain } = desired
  if (domain === undefined) return []
  return [serving(desired, domain, seen), ...seen.waiting.slice(0, listed).map(waitingOf(language))]
}

/** Single addresses that are told; a class that tries something is one look at the list. */
const listed = 10

function serving({ language }: DirectoryDesired, domain: Domain, seen: Seen): Finding {
  const { made, answers, found, named, reader } = seen
  const say = sentences[language]
  const failed = (code: Pick<Finding, 'code'>, message: string): Finding => ({ ...code, severity: 'error', message })
  if (made !== undefined && made !== domain.name) {
    return failed({ code: 'directory-domain' }, say.other(made, domain.name))
  }
  if (made === undefined || !answers) return failed({ code: 'directory-silent' }, say.silent)
  if (!named || reader === 'silent') {
    return failed({ code: 'directory-unreachable' }, say.unreachable(plainAddress(domain)))
  }
  const own = plainAddress(domain)
  if (found !== undefined && (found.length !== 1 || found[0] !== own)) {
    const name = `${controllerName}.${domain.name}`
    return failed({ code: 'directory-misled' }, say.misled(name, found.join(', '), own))
  }
  // It has judged a sign-in, so it serves.
  if (reader === 'refused') return failed({ code: 'directory-reader' }, say.reader)
  return { code: 'directory-serves', severity: 'ok', message: say.serves }
}

function waitingOf(language: 'de' | 'en'): (one: Waiting) => Finding {
  return ({ address, seconds }) => ({
    code: 'sign-in-waits',
    severity: 'warning',
    message: sentences[language].waits(address, Math.max(1, Math.round(seconds / 60))),
  })
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
    reader: 'Anmeldungen werden beantwortet, aber das Konto der Dienste dieses Servers wird abgelehnt.',
    waits: (address: string, minutes: number) =>
      `Von ${address} kamen zu viele falsche Passwörter; Anmeldungen von dort ruhen noch etwa ${minutes} min.`,
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
    reader: 'Sign-ins are answered, but the account of the services of this server is refused.',
    waits: (address: string, minutes: number) =>
      `Too many wrong passwords came from ${address}; sign-ins from there wait for about ${minutes} min more.`,
    other: (made: string, wanted: string) =>
      `The directory is called ${made} and cannot become ${wanted}; it stays as it is.`,
  },
} as const
