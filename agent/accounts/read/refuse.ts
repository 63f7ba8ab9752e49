import type { Problem } from '../../errors.ts'
import { exportAnew } from './finding.ts'
import type { Format } from './format.ts'
import { mostLinesAbove } from './header.ts'
import { asTitle, nearWord, quoted } from './near.ts'
import type { Part } from './part.ts'
import type { Reading } from './record.ts'
import { commonWords, type Words, wordOf } from './words.ts'

/** Files that are none of people, as readings that say so. */

export function refused(
  file: string,
  message: string,
  { severity = 'error', hint }: { readonly severity?: Problem['severity']; readonly hint: string },
): Reading {
  return {
    file,
    format: 'unknown',
    title: 'unknown',
    encoding: '',
    mapped: [],
    ignored: [],
    covers: [],
    people: [],
    groups: [],
    problems: [{ severity, file, line: 1, path: '', message, hint }],
  }
}

/** @param formats all that there are: a mistyped name of a column hides one of them */
export function unknown(part: Part, formats: readonly Format[]): Reading {
  if (part.text.trim() === '') return refused(part.file, 'the file is empty', { hint: exportAnew })
  const start = part.text.trimStart().slice(0, 60).split(/\r?\n/)[0] ?? ''
  const hint =
    part.kind === 'table'
      ? (mistyped(part, formats) ??
        'Where no line names the columns, say what they are: --map 1=surname --map 2=given --map 3=class, and what else there is.')
      : 'Known files of this kind are those of LOGINEO (XML) and SchulConneX (JSON).'
  const message = `this is no kind of file we know; it begins with ${JSON.stringify(start)}`
  const reading = refused(part.file, message, { hint })
  const broken = part.kind === 'table' ? part.table().problems.map((problem) => ({ ...problem, file: part.file })) : []
  return { ...reading, encoding: part.encoding, problems: [...reading.problems, ...broken] }
}

/** Names of columns that are nearly those we know, and the kind of file it is with these. */
function mistyped(part: Part, formats: readonly Format[]): string | undefined {
  const words = [...formats.flatMap((format) => format.words ?? []), ...commonWords]
  const { rows } = part.table()
  for (const row of rows.slice(0, mostLinesAbove)) {
    const meant = row.cells.map(({ text }) => (isKnown(text, words) ? undefined : nearWord(text, words)))
    const mended = row.cells.map((cell, index) => ({ ...cell, text: meant[index]?.word ?? cell.text }))
    const table = { ...part.table(), rows: rows.map((one) => (one === row ? { ...row, cells: mended } : one)) }
    const format = formats.find((one) => one.fits({ ...part, table: () => table }))
    const changed = row.cells.flatMap(({ text }, index) => {
      const near = meant[index]
      return near === undefined ? [] : [{ text, ...near }]
    })
    if (format === undefined || changed.length === 0) continue
    const mends = changed.map(({ text, word }) => `"${asTitle(word)}" for ${JSON.stringify(text)}`).join(', ')
    const maps = changed.map(({ text, field }) => `--map ${quoted(text)}=${field}`).join(' ')
    return `Did you mean ${mends}? Then it is ${format.title} (${format.name}). Mend line ${row.line}, or say it: ${maps}`
  }
  return undefined
}

const isKnown = (text: string, words: Words): boolean => words.some(([, ...names]) => names.includes(wordOf(text)))

const asTable = 'Save it there as CSV (UTF-8), and read that file.'

/** Files of other kinds, by their first bytes. */
const foreign: readonly (readonly [start: readonly number[], message: string, hint: string])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], 'this is a file of an old Excel or Word', asTable],
  [[0x25, 0x50, 0x44, 0x46], 'this is a PDF', 'Export the list as a table from the program that made it.'],
  [[0x1f, 0x8b], 'this is a compressed file (gzip)', 'Unpack it, or pack it as a ZIP.'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'this is a compressed file (7z)', 'Unpack it, or pack it as a ZIP.'],
]

export function foreignFile(file: string, bytes: Uint8Array): Reading | undefined {
  const found = foreign.find(([start]) => start.every((byte, index) => bytes[index] === byte))
  return found && refused(file, found[1], { hint: found[2] })
}

/** Spreadsheets are ZIPs inside. */
export function spreadsheet(file: string, names: readonly string[]): Reading | undefined {
  if (names.includes('[Content_Types].xml')) return refused(file, 'this is an Excel or Word file', { hint: asTable })
  const open = names.includes('content.xml') && names.includes('mimetype')
  return open ? refused(file, 'this is a LibreOffice file', { hint: asTable }) : undefined
}

/** Files that are read and hold nobody and nothing, all together. */
export function noneEmpty(readings: readonly Reading[]): readonly Reading[] {
  const something = readings.some(
    ({ people, groups, timetable }) => people.length + groups.length > 0 || timetable !== undefined,
  )
  const told = readings.some(({ problems }) => problems.some(({ severity }) => severity === 'error'))
  if (something || told) return readings
  return readings.map((reading) => {
    const problem: Problem = {
      severity: 'error',
      file: reading.file,
      path: '',
      message: 'nobody stands in this file',
      hint: exportAnew,
    }
    return { ...reading, problems: [...reading.problems, problem] }
  })
}
