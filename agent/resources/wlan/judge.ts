import type { Finding } from '../../engine/resource.ts'
import type { WlanDesired } from './schema.ts'

/**
 * What the directory says to a name that nobody has: no such user, wrong password, bad name or password. Whatever else
 * comes back was not said by the directory.
 */
const refusals = /0xC000006[4AD]/i

export interface Answers {
  /** Undefined when FreeRADIUS does not answer. */
  readonly loaded: string | undefined
  /** Why a sign-in that cannot succeed was refused. */
  readonly refusal: string | undefined
  /** Cards of devices that had to wait in the last minutes, because passwords were guessed with them. */
  readonly waiting: readonly string[]
}

export function judge(
  { language }: Pick<WlanDesired, 'language'>,
  { loaded, refusal, waiting }: Answers,
): readonly Finding[] {
  const say = sentences[language]
  if (loaded === undefined) return [{ code: 'wlan-silent', severity: 'error', message: say.silent }]
  const served: Finding = refusals.test(refusal ?? '')
    ? { code: 'wlan-serves', severity: 'ok', message: say.serves }
    : { code: 'wlan-directory-silent', severity: 'error', message: say.directory }
  const waits = waiting.slice(0, listed).map(say.waits)
  return [served, ...waits.map((message): Finding => ({ code: 'wlan-waits', severity: 'warning', message }))]
}

/** Single devices that are told. */
const listed = 10

const sentences = {
  de: {
    silent: 'Die Anmeldung am WLAN antwortet nicht.',
    serves: 'Die Anmeldung am WLAN prüft Namen und Passwörter.',
    waits: (card: string) =>
      `Vom Gerät ${card} kamen am WLAN zu viele falsche Passwörter; es muss einige Minuten warten.`,
    directory: 'Am WLAN kann sich niemand anmelden: Das Verzeichnis beantwortet keine Anmeldung.',
  },
  en: {
    silent: 'The sign-in to the wireless network does not answer.',
    serves: 'The sign-in to the wireless network judges names and passwords.',
    waits: (card: string) =>
      `Too many wrong passwords came from the device ${card} in the wireless network; it has to wait some minutes.`,
    directory: 'Nobody can sign in to the wireless network: the directory judges no sign-in.',
  },
} as const
