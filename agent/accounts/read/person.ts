import type { Role } from '../../model/person.ts'
import { birthOf } from './birth.ts'
import type { Finding } from './finding.ts'
import { visible } from './garbled.ts'
import { complaints } from './judge.ts'
import type { Field, GroupReference, PersonRecord } from './record.ts'

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

/** Where somebody is on the way through the school. */
export type State = 'here' | 'left' | 'waiting'

export interface Facts {
  readonly file: string
  readonly line: number
  readonly role: Role
  /** Default: here. Whoever waits for a place is told and left out. */
  readonly state?: State
  /** Default: what the columns say, several apart by comma or semicolon. */
  readonly classes?: readonly string[]
  readonly groups?: readonly GroupReference[]
  readonly leads?: readonly string[]
  readonly children?: readonly string[]
}

/** All courses of somebody fit into it; what is longer is not looked at. */
const longestValue = 5000

export interface PersonReading {
  /** Absent when something is wrong with the row. */
  readonly person?: PersonRecord
  readonly findings: readonly Finding[]
}

/** One person of one row, with everything that is wrong with it. */
export function personOf(cells: Cells, facts: Facts): PersonReading {
  const endless = Object.values(cells).some(({ text: { length } }) => length > longestValue)
  if (endless) return { findings: [tooLong(facts.line)] }
  const text = (field: Field): string => cells[field]?.text ?? ''
  const [given, surname] = namesOf(text('given'), text('surname'), text('name'))
  const classes = facts.classes ?? listOf(text('class'))
  const groups = facts.groups ?? listOf(text('groups')).map((title) => ({ title, kind: 'course' as const }))
  const leads = facts.leads ?? listOf(text('leads'))
  const { file, line, role, state = 'here' } = facts
  const findings = complaints({
    text,
    has: (field) => cells[field] !== undefined,
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
  if (state === 'waiting' || findings.some(({ severity }) => severity === 'error')) return { findings }
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
    ...(birth !== undefined && 'date' in birth ? { birth: birth.date } : {}),
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
  return { person, findings }
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
  if (!text.includes(separator)) return [text]
  return [...new Set(text.split(separator).map((part) => part.trim()))].filter((part) => part !== '')
}

function columnsOf(cells: Cells): PersonRecord['columns'] {
  const columns: Partial<Record<Field, number>> = {}
  for (const field in cells) {
    const column = cells[field as Field]?.column
    if (column !== undefined) columns[field as Field] = column
  }
  return columns
}
