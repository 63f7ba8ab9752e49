import { show } from '../../model/explain.ts'
import type { Row } from '../../tables/table.ts'
import type { Finding } from './finding.ts'
import type { Part } from './part.ts'

/** How many cells a row has: where one is missing or too many, all behind it mean something else. */
export type Width = { readonly exactly: number } | Span

interface Span {
  /** What each row has at least. */
  readonly least: number
  /** Name of the last column of these. */
  readonly last?: string
  /** Number of the last column there is; absent: nobody knows. */
  readonly most?: number
}

/** Rows that have lost a cell or hold one too many, and a file that ends within a row. */
export function misshapen({ text }: Part, rows: readonly Row[], width: Width): readonly Finding[] {
  const least = 'least' in width ? width.least : width.exactly
  const unfinished = text.endsWith('\n') || rows.length < 2 ? undefined : rows.at(-1)
  return rows.flatMap((row) => {
    if (row === unfinished && row.cells.length < least) return cutOff(row)
    return ('least' in width ? (tooShort(row, width) ?? beyond(row, width)) : uneven(row, width.exactly)) ?? []
  })
}

/** How many cells most rows have, of those that have enough; of two numbers that are as frequent, the first. */
export function usualWidth(rows: readonly Row[], least: number): number {
  const counts = new Map<number, number>()
  for (const { cells } of rows) {
    if (cells.length >= least) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [least, 0])[0]
}

const counted = (count: number): string => `${count} value${count === 1 ? '' : 's'}`

function tooShort({ line, cells }: Row, { least, last }: Span): Finding | undefined {
  if (cells.length >= least) return undefined
  const upTo = last === undefined || last === String(least) ? '' : `, up to ${show(last)}`
  const message = `this line ends after ${counted(cells.length)}; it needs ${least}${upTo}`
  const hint = 'A value or a separator is missing, and all behind it has moved. Mend the line, or export the list anew.'
  return { severity: 'error', line, path: '', kind: 'short', message, hint }
}

function cutOff({ line }: Row): Finding {
  const message = 'the file ends in the middle of a line'
  const hint = 'Was it copied whole? Export it anew.'
  return { severity: 'error', line, path: '', kind: 'cut', message, hint }
}

/** Something stands behind the last column: one of the cells is two, and all behind it have moved on by one. */
function beyond({ line, cells }: Row, { most = Infinity }: Span): Finding | undefined {
  const cell = cells.length > most ? cells.slice(most).find(({ text }) => text !== '') : undefined
  if (cell === undefined) return undefined
  const message = `${show(cell.text)} stands behind the last of the ${most} columns`
  const hint = 'Does a cell hold a separator, with no quotes around it? Or has a column no name?'
  return { severity: 'error', line, column: cell.column, path: '', kind: 'beyond', message, hint }
}

/** Where a format wants each separator, also an empty cell too many has moved the others. */
function uneven({ line, cells }: Row, usual: number): Finding | undefined {
  if (cells.length === usual) return undefined
  const message = `this line has ${counted(cells.length)}, where the others have ${usual}`
  const wrong = cells.length < usual ? 'missing' : 'too many'
  const hint = `A separator is ${wrong}, and all behind it has moved. Export the file anew, or mend the line.`
  return { severity: 'error', line, path: '', kind: 'uneven', message, hint }
}
