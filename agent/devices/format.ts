import type { DeviceRecord, Finding } from './record.ts'
import type { Row, Table } from '../tables/table.ts'

/** One kind of file in which other programs keep devices. */
export interface Format {
  readonly name: FormatName
  /** As it is called in a preview. */
  readonly title: string
  /** Does this table look like one of this kind? */
  readonly fits: (table: Table) => boolean
  readonly read: (table: Table) => FormatReading
}

export const formatNames = ['linuxmuster', 'ucs', 'csv'] as const
export type FormatName = (typeof formatNames)[number]

export interface FormatReading {
  readonly records: readonly DeviceRecord[]
  readonly problems: readonly Finding[]
  /** Columns that mean nothing to us. */
  readonly ignored: readonly string[]
}

/** Does something hold for most of the rows? */
export function mostly(rows: readonly Row[], holds: (row: Row) => boolean): boolean {
  const sample = rows.slice(0, 100)
  return sample.length > 0 && sample.filter(holds).length * 2 > sample.length
}

/** In any spelling: `52:54:00:aa:01:1f`, `52-54-00-AA-01-1F`, `5254.00aa.011f`, `525400aa011f`. */
export const looksLikeMac = (text: string | undefined): boolean =>
  /^[0-9a-f]{2}([:-]?[0-9a-f]{2}){5}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(text ?? '')
