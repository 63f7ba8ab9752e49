import type { Finding } from '../../engine/resource.ts'
import type { Source, TimeDesired } from './schema.ts'

/** Seconds by which a clock may be off before tickets of the directory are at risk: a fifth of Kerberos' five minutes. */
const tolerable = 60

export interface Seen {
  readonly sources: readonly Source[]
  /** Seconds the clock is off, as far as chronyd knows. */
  readonly offset: number
}

/** @param seen undefined when chronyd does not answer. */
export function judge({ language }: Pick<TimeDesired, 'language'>, seen: Seen | undefined): readonly Finding[] {
  const say = sentences[language]
  if (seen === undefined) return [{ code: 'time-silent', severity: 'error', message: say.silent }]
  if (Math.abs(seen.offset) > tolerable) {
    return [{ code: 'time-wrong', severity: 'error', message: say.wrong(Math.round(Math.abs(seen.offset))) }]
  }
  return seen.sources.some((source) => source.reached)
    ? [{ code: 'time-serves', severity: 'ok', message: say.serves }]
    : [{ code: 'time-sources-unreachable', severity: 'warning', message: say.unreachable }]
}

const sentences = {
  de: {
    silent: 'Der Zeitdienst antwortet nicht.',
    wrong: (seconds: number) => `Die Uhr des Servers geht um ${seconds} Sekunden falsch.`,
    serves: 'Die Uhr folgt den Zeitservern.',
    unreachable: 'Kein Zeitserver im Internet antwortet; das Haus behält seine eigene Zeit.',
  },
  en: {
    silent: 'The time service does not answer.',
    wrong: (seconds: number) => `The clock of the server is ${seconds} seconds off.`,
    serves: 'The clock follows the time servers.',
    unreachable: 'No time server on the internet answers; the house keeps its own time.',
  },
} as const
