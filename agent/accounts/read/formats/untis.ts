import { show } from '../../../model/explain.ts'
import type { Row } from '../../../tables/table.ts'
import type { Finding } from '../finding.ts'
import type { Format } from '../format.ts'
import type { Part } from '../part.ts'
import type { Cells } from '../person.ts'
import { mostly, readPositional } from '../positional.ts'
import { readingOf } from '../reading.ts'
import type { GroupRecord, Reading } from '../record.ts'
import { misshapen, usualWidth } from '../widths.ts'
import { type Known, readLessons, readTeaching, readTerms, several } from './untis-timetable.ts'

const name = 'untis'
const title = 'Untis, GPU-Dateien'

export const untis: Format = {
  name,
  title,
  about:
    'Datei › Import/Export › Export TXT: GPU001.TXT (Stundenplan), GPU002 (Unterricht), GPU003 (Klassen), GPU004 (Lehrer), ' +
    'GPU005 (Räume) and GPU006 (Fächer); others are known and not read. Without a header; the name of the file tells what it is. ' +
    'A teacher without a given name gets the short name in its place, with a warning.',
  reads: [
    ['id', 'short name, column 1 of GPU004'],
    ['surname', 'column 2 of GPU004'],
    ['given', 'column 29 of GPU004'],
    ['mail', 'column 33 of GPU004'],
    ['class', 'short name, column 1 of GPU003; whom a teacher teaches: column 5 of GPU002, else column 2 of GPU001'],
    ['leads', 'column 30 of GPU003'],
    [
      'timetable',
      'GPU001: number, class, teacher, subject, room, day, hour, length; GPU002: number, hours a week, class, teacher, subject, ' +
        'room (columns 1, 2, 5 to 8); GPU005 and GPU006: short and long names. Raw data: import read --json gives it.',
    ],
  ],
  fits: (part) => part.kind === 'table' && numberOf(part) !== undefined,
  read(parts) {
    const rows = (number: number): readonly Row[] =>
      parts.filter((part) => numberOf(part) === number).flatMap((part) => part.table().rows)
    const known: Known = {
      ...named('class', rows(3)),
      ...named('teacher', rows(4)),
      ...named('room', rows(5)),
      ...named('subject', rows(6)),
    }
    const taught = rows(2).length > 0 ? pairs(rows(2), 5, 4) : pairs(rows(1), 2, 1)
    const led = pairs(rows(3), 29, 0)
    const readers: Readonly<Record<number, (part: Part) => Reading>> = {
      1: (part) => readLessons(part, known),
      2: (part) => readTeaching(part, known),
      3: (part) => readClasses(part, known.teacher ?? new Set()),
      4: (part) => readTeachers(part, taught, led),
      5: (part) => readTerms(part, 'rooms'),
      6: (part) => readTerms(part, 'subjects'),
    }
    const notRead = (part: Part): Reading =>
      readingOf(
        part,
        { name, title },
        { header: false, ignored: [part.name], findings: [], rows: part.table().rows.length },
      )
    return parts.map((part) => (readers[numberOf(part) ?? 0] ?? notRead)(part))
  },
}

function named(what: keyof Known, rows: readonly Row[]): Known {
  return rows.length === 0 ? {} : { [what]: new Set(rows.map(({ cells }) => cells[0]?.text ?? '')) }
}

const teachers = {
  name,
  title,
  role: 'teacher',
  columns: [
    ['id', 1],
    ['surname', 2],
    ['given', 29],
    ['mail', 33],
  ],
  skip: ({ id }: Cells) => isPlanned(id?.text ?? ''),
  adapt: withGiven,
} as const

/** Places that are planned and not yet filled. */
const isPlanned = (short: string): boolean => /^(\?|$)/.test(short)

function readTeachers(part: Part, taught: Pairs, led: Pairs): Reading {
  const { rows } = part.table()
  const findings = rows.flatMap((row) => noGiven(row) ?? [])
  const width = { exactly: usualWidth(rows, 2) }
  const reading = readPositional(part, { ...teachers, width }, rows, { findings })
  const people = reading.people.map((person) => ({
    ...person,
    classes: taught.get(person.id ?? '') ?? [],
    leads: led.get(person.id ?? '') ?? [],
  }))
  return { ...reading, people }
}

/** Many schools keep no given names in Untis: the letters of the short name stand in for these. */
function withGiven(cells: Cells): Cells {
  const { id, given } = cells
  if (id === undefined || (given !== undefined && given.text !== '')) return cells
  return { ...cells, given: { ...id, text: lettersOf(id.text) } }
}

const lettersOf = (short: string): string => short.replaceAll(/[^\p{L}\p{M}]/gu, '')

function noGiven({ line, cells }: Row): Finding | undefined {
  const [short = '', surname = ''] = cells.map(({ text }) => text)
  if ((cells[28]?.text ?? '') !== '' || isPlanned(short) || lettersOf(short) === '') return undefined
  const message = `${show(surname)} has no given name; the short name ${show(short)} stands in for it`
  const hint =
    'Add given names in Untis (Lehrer, column Vorname) and export GPU004 again: names of accounts are made of them.'
  return { severity: 'warning', line, column: cells[28]?.column ?? 1, path: 'given', kind: 'no-given', message, hint }
}

/** Which of the files this is: by its name, and the timetable also by what is in it. */
function numberOf(part: Part): number | undefined {
  const named = /^gpu(0\d\d)\b.*\.(txt|csv|dif)$/.exec(part.name)?.[1]
  if (named !== undefined) return Number(named)
  const { rows, delimiter } = part.table()
  const lesson = (cells: readonly string[]): boolean =>
    cells.length >= 7 &&
    /^\d+$/.test(cells[0] ?? '') &&
    /^[0-7]$/.test(cells[5] ?? '') &&
    /^\d{1,2}$/.test(cells[6] ?? '') &&
    !/^\d*$/.test(cells[2] ?? '')
  return delimiter !== '|' && mostly(rows, lesson) ? 1 : undefined
}

type Pairs = ReadonlyMap<string, readonly string[]>

/** What stands in one column, by what stands in the other. */
function pairs(rows: readonly Row[], by: number, of: number): Pairs {
  const found = new Map<string, Set<string>>()
  for (const { cells } of rows) {
    const key = cells[by]?.text ?? ''
    const before = found.get(key) ?? new Set()
    found.set(key, new Set([...before, ...several(cells[of]?.text ?? '')]))
  }
  return new Map([...found].map(([key, values]) => [key, [...values]]))
}

function readClasses(part: Part, teacherIds: ReadonlySet<string>): Reading {
  const { rows } = part.table()
  const findings = misshapen(part, rows, { exactly: usualWidth(rows, 1) })
  const groups = rows.flatMap(({ line, cells }): readonly GroupRecord[] => {
    const short = cells[0]?.text ?? ''
    const leaders = several(cells[29]?.text ?? '').filter((teacher) => teacherIds.has(teacher))
    return short === '' ? [] : [{ place: { file: part.file, line }, id: short, title: short, kind: 'class', leaders }]
  })
  return readingOf(
    part,
    { name, title },
    {
      header: false,
      mapped: [
        { name: '1', field: 'class' },
        { name: '30', field: 'leads' },
      ],
      groups,
      findings,
      rows: rows.length,
    },
  )
}
