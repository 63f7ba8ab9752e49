import type { Role } from '../../model/person.ts'
import { birthOf } from './birth.ts'
import type { Finding } from './finding.ts'
import { visible } from './garbled.ts'
import { complaints } from './judge.ts'
import type { Field, GroupReference, PersonRecord } from './record.ts'
import { spreadsheetMade } from './spreadsheet.ts'

/** Where a value stands; without a column in files that have none. */
interface Value {
  readonly text: string
  readonly column?: number
}

/** What a row, or its like, says of a person. */
export type Cells = Readonly<Partial<Record<Field, Value>>>

/** Of a file without columns; what is not said is left out. */
export function cellsFrom(texts: Readonly<Partial<Record<Field, string | undefined>>>): Cells {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([field, text]) =>
      text === undefined ? [] : [[field, { text: visible(text).trim() }]],
    ),
  )
}

/** Where somebody is on the way through the school. Unknown: said in a word that nobody knows. */
export type State = 'here' | 'left' | 'waiting' | 'unknown'

export interface Facts {
  readonly file: string
  readonly line: number
  readonly role: Role
  /** Default: here. Whoever waits for a place is told and left out; of whom it is not known is told and here. */
  readonly state?: State
  /** Default: what the columns say, several apart by comma or semicolon. */
  readonly classes?: readonly string[]
  readonly groups?: readonly GroupReference[]
  readonly leads?: readonly string[]
  readonly children?: readonly string[]
}

/** All courses of somebody fit into it; what is longer is not looked at. */
const longestValue = 5000

/** More than any school has: what comes after them is not judged, for the file is refused. */
export const mostPeople = 50_000

export interface PersonReading {
  /** Absent when something is wrong with the row, or when nobody is to come of it. */
  readonly person?: PersonRecord
  /** Whom the row speaks of, when something is wrong with it: others may claim to be the same. */
  readonly faulty?: PersonRecord
  readonly findings: readonly Finding[]
}

/** Everybody of a file. */
export interface People {
  readonly people: readonly PersonRecord[]
  readonly faulty: readonly PersonRecord[]
  readonly findings: readonly Finding[]
}

export function peopleOf(readings: readonly PersonReading[]): People {
  return {
    people: readings.flatMap(({ person }) => person ?? []),
    faulty: readings.flatMap(({ faulty }) => faulty ?? []),
    findings: readings.flatMap(({ findings }) => findings),
  }
}

/** Of whom nothing tells who they are: judged by what holds for everybody. */
export const anybody: Role = 'guest'

/** One more thing is wrong with the row. */
export function unfit({ person, faulty = person, findings }: PersonReading, finding: Finding): PersonReading {
  return { ...(faulty === undefined ? {} : { faulty }), findings: [finding, ...findings] }
}

/** One person of one row, with everything that is wrong with it. */
export function personOf(cells: Cells, facts: Facts): PersonReading {
  const endless = Object.values(cells).some(({ text: { length } }) => length > longestValue)
  if (endless) return { findings: [tooLong(facts.line)] }
  const text = (field: Field): string => cells[field]?.text ?? ''
  const [given, surname] = namesOf(text('given'), text('surname'), text('name'))
  const classes = facts.classes ?? classesIn(text('class'))
  const groups = facts.groups ?? listOf(text('groups')).map((title) => ({ title, kind: 'course' as const }))
  const leads = facts.leads ?? listOf(text('leads'))
  const { file, line, role, state = 'here' } = facts
  const findings = complaints({
    text,
    has: (field) => cells[field] !== undefined || (field === 'class' && facts.classes !== undefined),
    given,
    surname,
    classes,
    groups: groups.map(({ title }) => title),
    leads,
    role,
    state,
  }).map(({ field, ...complaint }): Finding => {
    const column = cells[field]?.column
    return { ...complaint, line, ...(column === undefined ? {} : { column }), path: field }
  })
  if (state === 'waiting') return { findings }
  const birth = text('birth') === '' ? undefined : birthOf(text('birth'))
  const said = (field: Field, key: keyof PersonRecord, value = text(field)): object =>
    value === '' ? {} : { [key]: value }
  const sound = (field: 'login' | 'mail'): string => (findings.some(({ kind }) => kind === field) ? '' : text(field))
  const person: PersonRecord = {
    place: { file, line },
    columns: columnsOf(cells),
    ...said('id', 'id'),
    given,
    surname,
    ...(birth === undefined ? {} : { birth: 'date' in birth ? birth.date : text('birth') }),
    // Rights on the box are given by hand, not by a file.
    role: role === 'administrator' ? 'staff' : role,
    classes,
    ...said('year', 'year'),
    groups,
    leads,
    ...said('mail', 'mail', sound('mail').toLowerCase()),
    ...said('login', 'wishedLogin', sound('login').toLowerCase()),
    ...said('password', 'wishedPassword'),
    children: facts.children ?? listOf(text('children')),
    left: state === 'left',
  }
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return { person, findings }
  // By a wrong name nobody is known again.
  const misnamed = errors.some(({ path }) => ['given', 'surname', 'name'].includes(path))
  return { faulty: misnamed ? { ...person, given: '', surname: '' } : person, findings }
}

function tooLong(line: number): Finding {
  const message = `a value is longer than ${longestValue} characters`
  return {
    severity: 'error',
    line,
    path: '',
    kind: 'endless',
    message,
    hint: 'Is the file damaged, or a quote not closed?',
  }
}

/** `Müller, Jürgen` and `Jürgen Müller` are the same name. */
function namesOf(given: string, surname: string, name: string): readonly [given: string, surname: string] {
  if (name === '' || given !== '' || surname !== '') return [given, surname]
  const comma = name.indexOf(',')
  if (comma !== -1) return [name.slice(comma + 1).trim(), name.slice(0, comma).trim()]
  const gap = name.lastIndexOf(' ')
  return gap === -1 ? [name, ''] : [name.slice(0, gap).trim(), name.slice(gap + 1)]
}

/** Several values in one cell: apart by semicolon where there is one, else by comma. */
export function listOf(text: string): readonly string[] {
  if (text === '') return []
  const separator = text.includes(';') ? ';' : ','
  if (!text.includes(separator) || spreadsheetMade(text) !== undefined) return [text]
  return [...new Set(text.split(separator).map((part) => part.trim()))].filter((part) => part !== '')
}

/** The name of one class, of which several may be joined by a sign: `5/6` is one, `5a/5b` are two. */
const oneClass = /^(\d{1,2} ?\p{L}{1,2}|EF|Q[1-4]|E[12]|J[12]|K[12])$/iu

/** `1a+1b`, `5a / 5b` and `5a & 5b` are two classes. */
function classesIn(text: string): readonly string[] {
  const titles = listOf(text).flatMap((title) => {
    const parts = title.split(/[+/&~]/).map((part) => part.trim())
    return parts.every((part) => oneClass.test(part)) ? parts : [title]
  })
  return titles.length < 2 ? titles : [...new Set(titles)]
}

function columnsOf(cells: Cells): PersonRecord['columns'] {
  const columns: Partial<Record<Field, number>> = {}
  for (const field in cells) {
    const column = cells[field as Field]?.column
    if (column !== undefined) columns[field as Field] = column
  }
  return columns
}
