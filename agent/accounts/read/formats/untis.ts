import type { Row } from '../../../tables/table.ts'
import type { Finding } from '../finding.ts'
import type { Format } from '../format.ts'
import { titleComplaints } from '../judge.ts'
import type { Part } from '../part.ts'
import { mostly, readPositional } from '../positional.ts'
import { readingOf } from '../reading.ts'
import type { GroupRecord, LessonRecord, Reading } from '../record.ts'

const name = 'untis'
const title = 'Untis, GPU-Dateien'

export const untis: Format = {
  name,
  title,
  about:
    'Datei › Import/Export › Export TXT: GPU001.TXT (Stundenplan), GPU002 (Unterricht), GPU003 (Klassen), GPU004 (Lehrer); rooms ' +
    'and subjects (GPU005, GPU006) are known and not read. Without a header; the name of the file tells what it is.',
  reads: [
    ['id', 'short name, column 1 of GPU004'],
    ['surname', 'column 2 of GPU004'],
    ['given', 'column 29 of GPU004'],
    ['mail', 'column 33 of GPU004'],
    ['class', 'short name, column 1 of GPU003; whom a teacher teaches: column 5 of GPU002, else column 2 of GPU001'],
    ['leads', 'column 30 of GPU003'],
    ['lessons', 'GPU001: number, class, teacher, subject, room, day, hour'],
  ],
  fits: (part) => part.kind === 'table' && numberOf(part) !== undefined,
  read(parts) {
    const rows = (number: number): readonly Row[] =>
      parts.filter((part) => numberOf(part) === number).flatMap((part) => part.table().rows)
    const known = new Set(rows(4).map(({ cells }) => cells[0]?.text ?? ''))
    const taught = rows(2).length > 0 ? pairs(rows(2), 5, 4) : pairs(rows(1), 2, 1)
    const led = pairs(rows(3), 29, 0)
    const readers: Readonly<Record<number, (part: Part) => Reading>> = {
      1: readTimetable,
      2: (part) => notRead(part, titleComplaints(part.table().rows, 4, several)),
      3: (part) => readClasses(part, known),
      4: (part) => {
        const reading = readPositional(part, teachers, part.table().rows)
        const people = reading.people.map((person) => ({
          ...person,
          classes: taught.get(person.id ?? '') ?? [],
          leads: led.get(person.id ?? '') ?? [],
        }))
        return { ...reading, people }
      },
    }
    const notRead = (part: Part, findings: readonly Finding[] = []): Reading =>
      readingOf(part, { name, title }, { header: false, findings, rows: part.table().rows.length })
    return parts.map((part) => (readers[numberOf(part) ?? 0] ?? notRead)(part))
  },
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
  // Places that are planned and not yet filled.
  skip: ({ id }: { readonly id?: { readonly text: string } }) => id === undefined || /^(\?|$)/.test(id.text),
} as const

/** Which of the files this is: by its name, and the timetable also by what is in it. */
function numberOf(part: Part): number | undefined {
  const named = /^gpu(0\d\d)\b.*\.(txt|csv|dif)$/.exec(part.name)?.[1]
  if (named !== undefined) return Number(named)
  const { rows, delimiter } = part.table()
  const lesson = (cells: readonly string[]): boolean =>
    cells.length >= 7 &&
    /^\d+$/.test(cells[0] ?? '') &&
    /^[1-7]$/.test(cells[5] ?? '') &&
    /^\d{1,2}$/.test(cells[6] ?? '') &&
    !/^\d*$/.test(cells[2] ?? '')
  return delimiter !== '|' && mostly(rows, lesson) ? 1 : undefined
}

/** `5a~5b` are two. */
const several = (text: string): readonly string[] =>
  text.split(/[~,]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))

/** What stands in one column, by what stands in the other. */
function pairs(rows: readonly Row[], by: number, of: number): ReadonlyMap<string, readonly string[]> {
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
      findings: [],
      rows: rows.length,
    },
  )
}

function readTimetable(part: Part): Reading {
  const { rows } = part.table()
  const findings: Finding[] = [...titleComplaints(rows, 1, several)]
  const lessons = rows.flatMap(({ line, cells }): readonly LessonRecord[] => {
    const [number = '', classes = '', teacher = '', subject = '', room = '', day = '', hour = ''] = cells.map(
      ({ text }) => text,
    )
    if (day === '' && hour === '') return []
    if (!/^[1-7]$/.test(day) || !/^\d{1,2}$/.test(hour)) {
      const message = `"${day}" and "${hour}" are no day (1 to 7) and hour`
      findings.push({ severity: 'error', line, column: cells[5]?.column ?? 1, path: 'day', kind: 'day', message })
      return []
    }
    return [
      {
        place: { file: part.file, line },
        number,
        classes: several(classes),
        teacher,
        subject,
        room,
        day: Number(day),
        hour: Number(hour),
      },
    ]
  })
  return readingOf(part, { name, title }, { header: false, lessons, findings, rows: rows.length })
}
