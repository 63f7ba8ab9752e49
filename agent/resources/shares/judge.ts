import type { Finding } from '../../engine/resource.ts'
import type { Offered, SharesDesired } from './schema.ts'

/** Fractions of the data disk below which people should be told, and below which work will stop. */
const low = 0.1
const full = 0.02

export interface Seen {
  /** Undefined when the file server does not answer. */
  readonly offered: readonly Offered[] | undefined
  /** Why the share of classes cannot be opened; undefined: it can. */
  readonly refused: string | undefined
  readonly space: { readonly free: number; readonly total: number }
  /** What the last look at the folders found odd. */
  readonly remarks: readonly { readonly code: string; readonly message: string }[]
}

export function judge(
  { language, shares }: SharesDesired,
  { offered, refused, space, remarks }: Seen,
): readonly Finding[] {
  const say = sentences[language]
  const odd = remarks.map(({ code, message }): Finding => ({ code, severity: 'warning', message }))
  const storage = storageOf(space, say)
  if (offered === undefined)
    return [{ code: 'shares-silent', severity: 'error', message: say.silent }, ...storage, ...odd]
  const names = new Set(offered.map(({ name }) => name.toLowerCase()))
  const missing = shares.map(({ name }) => name).filter((name) => !names.has(name.toLowerCase()))
  const served: Finding =
    missing.length > 0
      ? { code: 'shares-missing', severity: 'error', message: say.missing(missing.join(', ')) }
      : refused === undefined
        ? { code: 'shares-serve', severity: 'ok', message: say.serve(shares.length) }
        : { code: 'shares-closed', severity: 'error', message: say.closed(refused) }
  return [served, ...storage, ...odd]
}

function storageOf({ free, total }: Seen['space'], say: (typeof sentences)['de' | 'en']): readonly Finding[] {
  if (total === 0 || free >= total * low) return []
  const percent = Math.floor((free / total) * 100)
  return free < total * full
    ? [{ code: 'storage-full', severity: 'error', message: say.full(percent) }]
    : [{ code: 'storage-low', severity: 'warning', message: say.low(percent) }]
}

const sentences = {
  de: {
    silent: 'Der Dateiserver antwortet nicht.',
    missing: (names: string) => `Der Dateiserver bietet diese Freigaben nicht an: ${names}.`,
    closed: (why: string) => `Der Dateiserver lässt niemanden in die Klassenordner (${why}).`,
    serve: (count: number) => `${count} Freigaben sind erreichbar.`,
    low: (percent: number) => `Auf dem Server sind nur noch ${percent} % des Speicherplatzes frei.`,
    full: (percent: number) => `Der Speicherplatz des Servers ist voll (${percent} % frei); Speichern misslingt.`,
  },
  en: {
    silent: 'The file server does not answer.',
    missing: (names: string) => `The file server does not offer these shares: ${names}.`,
    closed: (why: string) => `The file server lets nobody into the folders of classes (${why}).`,
    serve: (count: number) => `${count} shares can be reached.`,
    low: (percent: number) => `Only ${percent} % of the server's storage is free.`,
    full: (percent: number) => `The server's storage is full (${percent} % free); saving fails.`,
  },
} as const
