import type { Row } from '../../tables/table.ts'
import type { Column } from './header.ts'
import type { Part } from './part.ts'
import { type Content, readingOf } from './reading.ts'
import type { Field, Reading } from './record.ts'
import { readRows, type RowRules } from './rows.ts'

/** A table whose columns have their meaning by their place. */
export interface PositionalTable extends RowRules {
  readonly name: string
  readonly title: string
  /** Field and number of its column, from 1. */
  readonly columns: readonly (readonly [field: Field, number: number])[]
  readonly partial?: boolean
}

export function readPositional(
  part: Part,
  kind: PositionalTable,
  rows: readonly Row[],
  content: Partial<Content> = {},
): Reading {
  const columns = kind.columns.map(([field, number]): Column => ({ field, index: number - 1, name: String(number) }))
  const { people, faulty, findings } = readRows(part, rows, columns, kind)
  return readingOf(part, kind, {
    header: false,
    mapped: columns.map(({ name, field }) => ({ name, field })),
    people,
    faulty,
    rows: rows.length,
    partial: kind.partial ?? false,
    ...content,
    findings: [...findings, ...(content.findings ?? [])],
  })
}

/** Does something hold for most of the first rows? */
export function mostly(rows: readonly Row[], holds: (cells: readonly string[]) => boolean): boolean {
  const sample = rows.slice(0, 100)
  const count = sample.filter(({ cells }) => holds(cells.map(({ text }) => text))).length
  return sample.length > 0 && count * 2 > sample.length
}
