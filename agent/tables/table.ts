import type { Problem } from '../errors.ts'

/** Text with separators as rows of cells, each with its place. */

export interface Cell {
  readonly text: string
  /** 1-based, counted in characters of its line. */
  readonly column: number
}

export interface Row {
  /** 1-based line on which the row begins. */
  readonly line: number
  readonly cells: readonly Cell[]
}

export const delimiters = [';', '\t', ',', '|'] as const
export type Delimiter = (typeof delimiters)[number]

export interface Table {
  readonly delimiter: Delimiter
  readonly rows: readonly Row[]
  readonly problems: readonly TableProblem[]
}

type TableProblem = Omit<Problem, 'file' | 'hint'> & { readonly hint: string }

export interface TableOptions {
  /** Absent: as the first lines tell. */
  readonly delimiter?: Delimiter
  /** Whether a cell in double quotes may hold anything (RFC 4180); default true. */
  readonly quotes?: boolean
}

/** SchILD can say about a hundred things of one person. */
const mostColumns = 1000

/** 40,000 rows of a hundred cells. */
const mostCells = 4_000_000

/** More quotes left over than these help nobody. */
const mostStray = 500

/** Lines that are empty or begin with `#` say nothing. */
export function readTable(text: string, { delimiter = delimiterOf(text), quotes = true }: TableOptions = {}): Table {
  const untilNext = new RegExp(String.raw`[^${delimiter}\n]*`, 'y')
  const endOfCell = (from: number): number => {
    untilNext.lastIndex = from
    return from + (untilNext.exec(text)?.[0].length ?? 0)
  }
  const rows: Row[] = []
  const problems: TableProblem[] = []
  const ends = (problem: TableProblem): Table => ({ delimiter, rows, problems: [...problems, problem] })
  let at = 0
  let line = 1
  let count = 0
  let widest = 0
  while (at < text.length) {
    const begin = at
    const row = { line, cells: [] as Cell[] }
    const comment = text[at] === '#'
    for (;;) {
      const column = at - begin + 1
      let content = ''
      if (quotes && text[at] === '"' && !comment) {
        const close = closingQuote(text, at)
        if (close === undefined) return ends(neverClosed(line, column))
        const held = text.slice(at + 1, close)
        const behind = text.slice(close + 1, endOfCell(close + 1))
        if (takesOthers(held, behind, delimiter, widest)) {
          if (problems.length === mostStray) return ends(stray(line, column))
          problems.push(stray(line, column))
        } else {
          content = held.replaceAll('""', '"')
          if (content.includes('\n')) line += content.split('\n').length - 1
          at = close + 1
        }
      }
      const end = endOfCell(at)
      count += 1
      if (row.cells.length === mostColumns) return ends(tooMany(line, mostColumns, 'columns'))
      if (count > mostCells) return ends(tooMany(line, mostCells, 'values'))
      row.cells.push({ text: (content + text.slice(at, end)).trim(), column })
      at = end + 1
      if (text[end] !== delimiter) break
    }
    if (!comment && row.cells.some((cell) => cell.text !== '')) {
      rows.push(row)
      widest = Math.max(widest, row.cells.length)
    }
    line += 1
  }
  return { delimiter, rows, problems }
}

/**
 * Is this no quoted cell, but a quote left over, with everything up to the next one? Then that opens a cell itself, and text
 * stands behind it; or the rest of one row and the start of another make up a whole one.
 */
function takesOthers(held: string, behind: string, delimiter: Delimiter, widest: number): boolean {
  const lines = held.includes('\n')
  const separators = held.split(delimiter).length - 1
  return behind.trim() === '' ? lines && widest > 1 && separators >= widest - 1 : lines || separators > 0
}

function stray(line: number, column: number): TableProblem {
  const message = 'a quote is opened here and takes in what belongs to other columns'
  return { severity: 'error', line, column, path: '', message, hint: 'Take the quote out of the source, or double it.' }
}

function neverClosed(line: number, column: number): TableProblem {
  const hint = 'Close it, or take it out; or was the file copied in part? What stands behind it is not read.'
  return { severity: 'error', line, column, path: '', message: 'a quote is opened here and never closed', hint }
}

function tooMany(line: number, most: number, what: string): TableProblem {
  const hint = 'Export people only, with the columns that are needed.'
  return { severity: 'error', line, path: '', message: `there are more than ${most} ${what}`, hint }
}

/** What stands in quotes, behind the sign before it. */
const quoted = /(^|[;\t,|])"(?:[^"]|"")*"/gm

/**
 * The separator that most of the first lines have equally often: what stands within cells varies. Of several such the one that
 * the first line has most of, since names of columns are plain; where there is none, the most frequent.
 */
export function delimiterOf(text: string): Delimiter {
  const lines = text.slice(0, 20_000).replaceAll(quoted, '$1').split(/\r?\n/)
  const sample = lines.filter((one) => one !== '' && !one.startsWith('#')).slice(0, 20)
  const scores = delimiters.map((delimiter) => {
    const counts = sample.map((one) => one.split(delimiter).length - 1)
    const [first = 0] = counts
    const alike = Math.max(
      ...counts.map((count) => (count === 0 ? 0 : counts.filter((one) => one === count).length)),
      0,
    )
    const all = counts.reduce((sum, count) => sum + count, 0)
    return { delimiter, score: alike * 2 > sample.length ? [first, alike, all] : [-1, 0, all] }
  })
  return scores.reduce((best, one) => (isMore(one.score, best.score) ? one : best)).delimiter
}

/** Where two are equal, the next decides. */
function isMore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index])
  return (one[at] ?? 0) > (other[at] ?? 0)
}

function closingQuote(text: string, open: number): number | undefined {
  let at = open + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return undefined
    if (text[quote + 1] !== '"') return quote
    at = quote + 2
  }
}
