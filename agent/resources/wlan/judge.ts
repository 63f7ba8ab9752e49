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
}

export function judge({ language }: Pick<WlanDesired, 'language'>, { loaded, refusal }: Answers): readonly Finding[] {
  const say = sentences[language]
  if (loaded === undefined) return [{ code: 'wlan-silent', severity: 'error', message: say.silent }]
  return refusals.test(refusal ?? '')
    ? [{ code: 'wlan-serves', severity: 'ok', message: say.serves }]
    : [{ code: 'wlan-directory-silent', severity: 'error', message: say.directory }]
}

const sentences = {
  de: {
    silent: 'Die Anmeldung am WLAN antwortet nicht.',
    serves: 'Die Anmeldung am WLAN prüft Namen und Passwörter.',
    directory: 'Am WLAN kann sich niemand anmelden: Das Verzeichnis beantwortet keine Anmeldung.',
  },
  en: {
    silent: 'The sign-in to the wireless network does not answer.',
    serves: 'The sign-in to the wireless network judges names and passwords.',
    directory: 'Nobody can sign in to the wireless network: the directory judges no sign-in.',
  },
} as const
