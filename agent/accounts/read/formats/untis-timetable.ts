import { show } from '../../../model/explain.ts'
import type { Cell, Row } from '../../../tables/table.ts'
import type { Finding } from '../finding.ts'
import { titleComplaints } from '../judge.ts'
import type { Part } from '../part.ts'
import { readingOf } from '../reading.ts'
import type { LessonRecord, Reading, Timetable } from '../record.ts'
import { misshapen, usualWidth } from '../widths.ts'

/** The timetable of Untis: raw data, of which only is said what cannot be. */

const about = { name: 'untis', title: 'Untis, GPU-Dateien' }

/** Short names that the other files describe; absent: that file is not given. */
export interface Known {
  readonly teacher?: ReadonlySet<string>
  readonly class?: ReadonlySet<string>
  readonly room?: ReadonlySet<string>
  readonly subject?: ReadonlySet<string>
}

/** `5a~5b` are two. */
export const several = (text: string): readonly string[] =>
  text.split(/[~,]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))

const minutesOf = (text: string): number | undefined => {
  const [, hours = '0', minutes = ''] = /^(?:(\d{1,2}):)?(\d{1,3})$/.exec(text) ?? []
  return minutes === '' ? undefined : Number(hours) * 60 + Number(minutes)
}

/** GPU001. */
export function readLessons(part: Part, known: Known): Reading {
  return readRowsOf(
    part,
    7,
    [titlesIn(1), referencesIn({ class: 1, teacher: 2, subject: 3, room: 4 }, known), unplaced],
    (row) => {
      const [number, classes, teacher, subject, room, day, hour, length] = textsOf(row)
      if (isUnplaced(row)) return {}
      const minutes = length === '' ? null : minutesOf(length)
      const findings = [
        ...(/^\d+$/.test(number)
          ? []
          : [wrong(row, 0, 'number', 'is no number of a lesson', 'Untis counts lessons from 1.')]),
        ...(/^[1-7]$/.test(day) ? [] : [wrong(row, 5, 'day', 'is no day', 'Days are 1 (Monday) to 7 (Sunday).')]),
        ...(/^\d{1,2}$/.test(hour)
          ? []
          : [wrong(row, 6, 'hour', 'is no hour of the day', 'Hours are counted: 1, 2, 3 …')]),
        ...(minutes === undefined
          ? [wrong(row, 7, 'length', 'is no length of a lesson', 'It is empty, or hours and minutes: 0:45')]
          : []),
      ]
      if (findings.length > 0) return { findings }
      const lesson: LessonRecord = {
        place: { file: part.file, line: row.line },
        number,
        classes: several(classes),
        teacher,
        subject,
        room,
        day: Number(day),
        hour: Number(hour),
        minutes: minutes ?? null,
      }
      return { lessons: [lesson] }
    },
  )
}

/** Lessons that Untis has not placed yet have no day, or day 0; hour 0 alone is the one before the first. */
const isUnplaced = ({ cells }: Row): boolean => /^0?$/.test(cells[5]?.text ?? '') || (cells[6]?.text ?? '') === ''

/** There may be hundreds: one warning tells them all. */
function unplaced(rows: readonly Row[]): readonly Finding[] {
  const [first, ...others] = rows.filter(isUnplaced)
  if (first === undefined) return []
  const [number, classes, teacher, subject] = textsOf(first)
  const what = [subject, classes, teacher].filter((text) => text !== '').join(', ')
  const lesson = `lesson ${number}${what === '' ? '' : ` (${what})`}`
  const more = others.length === 0 ? '' : `, and so it is of ${others.length} further lines`
  const message = `${lesson} has no day or no hour: it is not in the timetable${more}`
  const hint = 'It is left out, all else is read. Place it in Untis, and export again.'
  const column = first.cells[5]?.column ?? 1
  return [{ severity: 'warning', line: first.line, column, path: 'day', kind: 'unplaced', message, hint }]
}

/** GPU002. */
export function readTeaching(part: Part, known: Known): Reading {
  return readRowsOf(
    part,
    7,
    [titlesIn(4), referencesIn({ class: 4, teacher: 5, subject: 6, room: 7 }, known)],
    (row) => {
      const [number, week, , , classes, teacher, subject, room] = textsOf(row)
      const findings = [
        ...(/^\d+$/.test(number)
          ? []
          : [wrong(row, 0, 'number', 'is no number of a lesson', 'Untis counts lessons from 1.')]),
        ...(/^(\d+([.,]\d+)?)?$/.test(week)
          ? []
          : [wrong(row, 1, 'hours', 'is no number of hours a week', 'It is a number, or empty.')]),
      ]
      if (findings.length > 0) return { findings }
      const hours = week === '' ? null : Number(week.replace(',', '.'))
      const place = { file: part.file, line: row.line }
      return { teaching: [{ place, number, classes: several(classes), teacher, subject, room, hours }] }
    },
  )
}

/** GPU005 and GPU006. */
export function readTerms(part: Part, what: 'rooms' | 'subjects'): Reading {
  return readRowsOf(part, 1, [titlesIn(0), titlesIn(1)], (row) => {
    const [short, title] = textsOf(row)
    return short === '' ? {} : { [what]: [{ place: { file: part.file, line: row.line }, short, title }] }
  })
}

interface RowReading extends Partial<Timetable> {
  readonly findings?: readonly Finding[]
}

type Check = (rows: readonly Row[]) => readonly Finding[]

function readRowsOf(part: Part, least: number, checks: readonly Check[], read: (row: Row) => RowReading): Reading {
  const { rows } = part.table()
  const shapes = misshapen(part, rows, { exactly: usualWidth(rows, least) })
  const astray = new Set(shapes.map(({ line }) => line))
  const whole = rows.filter(({ line }) => !astray.has(line))
  const readings = whole.map(read)
  const timetable: Timetable = {
    lessons: readings.flatMap(({ lessons = [] }) => lessons),
    teaching: readings.flatMap(({ teaching = [] }) => teaching),
    rooms: readings.flatMap(({ rooms: some = [] }) => some),
    subjects: readings.flatMap(({ subjects = [] }) => subjects),
  }
  const findings = [
    ...shapes,
    ...checks.flatMap((check) => check(whole)),
    ...readings.flatMap((one) => one.findings ?? []),
  ]
  return readingOf(part, about, { header: false, timetable, findings, rows: rows.length })
}

type Texts = readonly [string, string, string, string, string, string, string, string]

const textsOf = ({ cells }: Row): Texts => {
  const text = (index: number): string => cells[index]?.text ?? ''
  return [text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7)]
}

function wrong({ line, cells }: Row, index: number, path: string, what: string, hint: string): Finding {
  const cell: Cell = cells[index] ?? { text: '', column: 1 }
  return { severity: 'error', line, column: cell.column, path, kind: path, message: `${show(cell.text)} ${what}`, hint }
}

const titlesIn =
  (index: number): Check =>
  (rows) =>
    titleComplaints(rows, index, several)

/** Which short names stand in which column. */
type Places = Readonly<Record<keyof Known, number>>

/** Short names that the file which describes them does not have. */
const referencesIn =
  (places: Places, known: Known): Check =>
  (rows) =>
    (Object.keys(places) as (keyof Known)[]).flatMap((what) => {
      const names = known[what]
      if (names === undefined) return []
      return rows.flatMap(({ line, cells }) => {
        const cell = cells[places[what]]
        return several(cell?.text ?? '')
          .filter((name) => !names.has(name))
          .map((name): Finding => ({
            severity: 'warning',
            line,
            column: cell?.column ?? 1,
            path: what,
            kind: `lost-${what}`,
            message: `${what} ${show(name)} is not in the file that describes these`,
            hint: 'It is kept as it is. Export all files of Untis on one day.',
          }))
      })
    })
