import { show } from '../../model/explain.ts'
import type { Row } from '../../tables/table.ts'
import { exportAnew, type Finding } from './finding.ts'
import type { ReadOptions } from './format.ts'
import { type Column, type Header, headerOf, headerRow } from './header.ts'
import { joined } from './join.ts'
import type { Part } from './part.ts'
import { anybody, type People } from './person.ts'
import { readingOf } from './reading.ts'
import type { PersonRecord, Reading } from './record.ts'
import { noRole, readRows, type RowRules, widthOf } from './rows.ts'
import { commonWords, type Words, wordOf } from './words.ts'

/** What is special about a kind of table that names its columns. */
export interface NamedTable extends Omit<RowRules, 'role'> {
  readonly name: string
  readonly title: string
  /** Words for columns that go before the common ones. */
  readonly words?: Words
  /** Role of everybody in the file, as its columns tell it; undefined: they do not. */
  readonly role: (mapped: readonly Column[]) => RowRules['role'] | undefined
  /** The same for rows that speak of one person; absent: each row is one. */
  readonly sameWhen?: (person: PersonRecord) => string
  /** The file says what has changed, or a part of what there is. */
  readonly partial?: boolean
}

/** A table with a header, one person a row. */
export function readNamed(part: Part, kind: NamedTable, options: ReadOptions): Reading {
  const table = part.table()
  // A status that nobody understands is not read.
  const words = commonWords.filter(([field]) => field !== 'state' || kind.state !== undefined)
  const header = headerOf(table.rows, [kind.words ?? [], words], options.columns)
  const body = header.row === undefined ? table.rows : table.rows.slice(table.rows.indexOf(header.row) + 1)
  const rows = body.filter((row) => !isHeaderAgain(row, header))
  const role = kind.role(header.mapped)
  const wrong = [
    ...header.findings.filter(({ severity }) => severity === 'error'),
    ...noNames(header.mapped, header.row, table.rows),
    ...(role === undefined ? [noRole(header.row?.line ?? 1)] : []),
    ...(rows.length === 0 && table.problems.length === 0 ? [nobody(header.row?.line ?? 1)] : []),
  ]
  const width = widthOf(header.mapped, header.width)
  const read = readRows(part, rows, header.mapped, { ...kind, role: role ?? anybody, width })
  const { people, faulty, findings } = wrong.length === 0 ? read : judgedOnly(read, wrong)
  return readingOf(part, kind, {
    header: header.row !== undefined,
    mapped: header.mapped.map(({ name, field }) => ({ name, field })),
    ignored: header.ignored,
    ...(kind.sameWhen === undefined ? { people, faulty } : { people: joined(people, kind.sameWhen) }),
    findings: [...header.findings.filter(({ severity }) => severity === 'warning'), ...findings],
    rows: rows.length,
    partial: kind.partial ?? false,
  })
}

/** Where columns are missing nobody is read, but everything that is wrong with the others is told all the same. */
function judgedOnly({ people, faulty, findings }: People, wrong: readonly Finding[]): People {
  const nameless = wrong.some(({ kind }) => kind === 'no-names')
  const follows = ({ kind }: Finding): boolean => nameless && ['nameless', 'no-given', 'no-surname'].includes(kind)
  const rest = findings.filter((finding) => !follows(finding) && finding.severity === 'error')
  // Half a name is none by which somebody is known again.
  const unnamed = (person: PersonRecord): PersonRecord => (nameless ? { ...person, given: '', surname: '' } : person)
  return { people: [], faulty: [...people, ...faulty].map(unnamed), findings: [...wrong, ...rest] }
}

/** Exports that were put together have the header more than once. */
function isHeaderAgain({ cells }: Row, { row, mapped }: Header): boolean {
  if (row === undefined || mapped.length === 0) return false
  return mapped.every(({ index }) => cells[index]?.text === row.cells[index]?.text)
}

/** The names of columns as words, in order; empty where there is no header. */
export function headerWords(part: Part, words: Words = []): readonly string[] {
  if (part.kind !== 'table') return []
  return headerRow(part.table().rows, words, commonWords)?.cells.map(({ text }) => wordOf(text)) ?? []
}

function noNames(mapped: readonly Column[], header: Row | undefined, rows: readonly Row[]): readonly Finding[] {
  const has = (field: Column['field']): boolean => mapped.some((column) => column.field === field)
  if (has('name') || (has('given') && has('surname'))) return []
  const wanted = has('given') ? 'surnames' : has('surname') ? 'given names' : 'names'
  const cells = (header ?? rows[0])?.cells ?? []
  const seen = cells.slice(0, 8).map(({ text }, index) => `${index + 1} ${show(text)}`)
  const message = `no column holds ${wanted}; the first line has ${seen.join(', ')}`
  const hint =
    cells.length < 2
      ? 'Only one column is seen: are the columns apart by ; or , or tabs?'
      : 'Say it: --map COLUMN=given --map COLUMN=surname, with the number of a column or its name in the header.'
  return [{ severity: 'error', line: (header ?? rows[0])?.line ?? 1, path: '', kind: 'no-names', message, hint }]
}

function nobody(line: number): Finding {
  return { severity: 'error', line, path: '', kind: 'empty', message: 'nobody stands in this file', hint: exportAnew }
}
