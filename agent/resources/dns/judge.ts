import type { Finding } from '../../engine/resource.ts'
import type { BrokenLine, ListReport } from './lists.ts'
import type { DnsDesired } from './schema.ts'

export interface Seen {
  /** Addresses of the box on which its own name was not answered. */
  readonly silent: readonly string[]
  /** Was a name of the internet answered just now? */
  readonly internet: boolean
  /** Undefined when lists were never compiled. */
  readonly report: ListReport | undefined
}

/** What the answers mean for the school. A list works without its broken lines. */
export function judge(
  { language }: Pick<DnsDesired, 'language'>,
  { silent, internet, report }: Seen,
): readonly Finding[] {
  const say = sentences[language]
  const { missing = [], broken = [], brokenCount = 0 } = report ?? {}
  const more = brokenCount - broken.length
  const listed = (message: string): Finding => ({ code: 'filter-line-broken', severity: 'warning', message })
  return [
    silent.length === 0
      ? { code: 'dns-serves', severity: 'ok', message: say.serves }
      : { code: 'dns-silent', severity: 'error', message: say.silent(silent.join(', ')) },
    internet
      ? { code: 'dns-internet', severity: 'ok', message: say.internet }
      : { code: 'dns-internet-unreachable', severity: 'warning', message: say.unreachable },
    ...missing.map((file): Finding => ({ code: 'filter-file-missing', severity: 'error', message: say.missing(file) })),
    ...broken.map((line) => listed(say.broken(placeOf(line), line))),
    ...(more > 0 ? [listed(say.more(more))] : []),
  ]
}

function placeOf({ list, file, line }: BrokenLine): string {
  return file === '' ? `${list}[${line}]` : `${file}:${line}`
}

const sentences = {
  de: {
    serves: 'Namen des Hauses werden in allen Netzen beantwortet.',
    silent: (where: string) => `Auf ${where} wird kein Name beantwortet.`,
    internet: 'Namen des Internets werden beantwortet.',
    unreachable: 'Namen des Internets lassen sich nicht nachschlagen; die des Hauses schon.',
    missing: (file: string) => `Die Filterliste /var/lib/iserv/filters/${file} fehlt; durch sie wird nichts gefiltert.`,
    broken: (place: string, { value, list }: BrokenLine) =>
      `${place}: „${value}“ ist keine Domain, die sich sperren lässt; die Zeile fehlt in der Liste ${list}.`,
    more: (count: number) => `Und ${count} weitere fehlerhafte Zeilen in den Filterlisten.`,
  },
  en: {
    serves: 'Names of the house are answered on every network.',
    silent: (where: string) => `No name is answered on ${where}.`,
    internet: 'Names of the internet are answered.',
    unreachable: 'Names of the internet cannot be looked up; names of the house can.',
    missing: (file: string) =>
      `The filter list /var/lib/iserv/filters/${file} is not there; nothing is filtered by it.`,
    broken: (place: string, { value, list }: BrokenLine) =>
      `${place}: "${value}" is no domain that can be blocked; the line is left out of the list ${list}.`,
    more: (count: number) => `And ${count} more broken lines in the filter lists.`,
  },
} as const
