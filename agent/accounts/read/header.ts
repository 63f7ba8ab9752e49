import { didYouMean } from '../../model/nearest.ts'
import type { Row } from '../../tables/table.ts'
import type { Finding } from './finding.ts'
import type { ReadOptions } from './format.ts'
import { nearColumns } from './near.ts'
import type { Cells } from './person.ts'
import type { Field } from './record.ts'
import { type Words, wordOf } from './words.ts'

/** Which column of a table means what. */
export interface Header {
  /** The row of the names; undefined: the file names none, its first row is a person. */
  readonly row: Row | undefined
  readonly mapped: readonly Column[]
  readonly ignored: readonly string[]
  /** Number of the last column that has a name or a meaning; absent where no row names any. */
  readonly width?: number
  readonly findings: readonly Finding[]
}

export interface Column {
  readonly index: number
  readonly name: string
  readonly field: Field
}

/** Lines that people put above a table. */
export const mostLinesAbove = 5

/** The first row that names at least two things we know; words of `own` before those of `common`. */
export function headerRow(rows: readonly Row[], ...words: readonly Words[]): Row | undefined {
  const known = new Set(words.flatMap((one) => one.flatMap(([, ...names]) => names)))
  return rows.slice(0, mostLinesAbove).find(({ cells }) => {
    return cells.filter(({ text }) => known.has(wordOf(text))).length >= 2
  })
}

/** @param wanted what the user said of columns, by name or number. */
export function headerOf(rows: readonly Row[], words: readonly Words[], wanted: ReadOptions['columns'] = {}): Header {
  const names = new Set(Object.keys(wanted).map(wordOf))
  const named = rows
    .slice(0, mostLinesAbove)
    .find(({ cells }) => cells.some(({ text }) => text !== '' && names.has(wordOf(text))))
  const row = headerRow(rows, ...words) ?? named
  const cells = (row ?? rows[0])?.cells ?? []
  const said = new Map(Object.entries(wanted).map(([name, field]) => [wordOf(name), field]))
  const fields = cells.map(({ text }, index): Field | 'ignore' | undefined => {
    return said.get(row === undefined ? '' : wordOf(text)) ?? said.get(String(index + 1))
  })
  const taken = new Set(fields)
  if (row !== undefined) {
    const places = new Map(cells.map(({ text }, index) => [wordOf(text), index]).toReversed() as [string, number][])
    for (const [field, ...synonyms] of words.flat()) {
      if (taken.has(field)) continue
      const index = synonyms
        .map((word) => places.get(word))
        .find((place) => place !== undefined && fields[place] === undefined)
      if (index === undefined) continue
      fields[index] = field
      taken.add(field)
    }
    // `Name` is the surname beside a given name, and alone the whole name.
    const alone = fields.indexOf('surname')
    if (!taken.has('given') && wordOf(cells[alone]?.text ?? '') === 'name' && !said.has('name')) fields[alone] = 'name'
  }
  const name = (index: number): string => (row === undefined ? String(index + 1) : (cells[index]?.text ?? ''))
  return {
    row,
    mapped: fields.flatMap((field, index) =>
      field === undefined || field === 'ignore' ? [] : [{ index, name: name(index), field }],
    ),
    ignored: fields.flatMap((field, index) =>
      (field === undefined || field === 'ignore') && name(index) !== '' ? [name(index)] : [],
    ),
    ...(row === undefined
      ? {}
      : { width: cells.findLastIndex(({ text }, at) => text !== '' || fields[at] !== undefined) + 1 }),
    findings: [
      ...unknown(wanted, row, cells.length),
      ...(row === undefined ? [] : nearColumns(row, fields, words.flat())),
    ],
  }
}

/** What the user said of columns that are not there. */
function unknown(wanted: ReadOptions['columns'] = {}, row: Row | undefined, width: number): readonly Finding[] {
  const names = row?.cells.map(({ text }) => text) ?? []
  const words = new Set(names.map(wordOf))
  return Object.keys(wanted)
    .filter((name) => !words.has(wordOf(name)) && !(/^\d+$/.test(name) && Number(name) >= 1 && Number(name) <= width))
    .map((name) => ({
      severity: 'error',
      line: row?.line ?? 1,
      path: name,
      kind: 'no-column',
      message: `there is no column "${name}".${didYouMean(name, names)}`.replace(/\.$/, ''),
      hint: `${row === undefined ? 'No line names the columns' : `Columns are ${names.filter((one) => one !== '').join(', ')}`}; they also go by their numbers, 1 to ${width}.`,
    }))
}

export function cellsOf({ cells }: Row, mapped: readonly Column[]): Cells {
  const known: { [field in Field]?: Row['cells'][number] } = {}
  for (const { index, field } of mapped) {
    const cell = cells[index]
    if (cell !== undefined) known[field] = cell
  }
  return known
}
