import type { Role } from '../../../model/person.ts'
import type { Cell } from '../../../tables/table.ts'
import type { Finding } from '../finding.ts'
import type { Part } from '../part.ts'
import type { GroupRecord } from '../record.ts'
import type { Width } from '../widths.ts'
import { wordOf } from '../words.ts'

/** The files of a OneRoster set, told apart by their headers, and their rows by the names of columns. */

export const kinds = ['manifest', 'orgs', 'users', 'roles', 'classes', 'enrollments', 'demographics', 'other'] as const
export type Kind = (typeof kinds)[number]

export interface RosterRow {
  readonly line: number
  /** By the standard's name of the column; a cell without text where there is none. */
  readonly cell: (column: string) => Cell
  readonly text: (column: string) => string
}

const nothing: Cell = { text: '', column: 1 }

export function headerIn(part: Part): readonly string[] {
  return part.kind === 'table' ? (part.table().rows[0]?.cells.map(({ text }) => text) ?? []) : []
}

/** Undefined: no file of such a set. */
export function kindOf(part: Part): Kind | undefined {
  const words = new Set(headerIn(part).map(wordOf))
  const has = (...names: readonly string[]): boolean => names.every((word) => words.has(word))
  if (has('propertyname', 'value')) return 'manifest'
  if (!has('sourcedid')) return undefined
  if (has('givenname', 'familyname')) return 'users'
  if (has('usersourcedid', 'classsourcedid')) return 'enrollments'
  if (has('usersourcedid', 'role')) return 'roles'
  if (has('title', 'coursesourcedid') || has('title', 'classtype')) return 'classes'
  if (has('name', 'type') && !has('schoolyear')) return 'orgs'
  return has('birthdate') ? 'demographics' : 'other'
}

export function rosterRows(part: Part): readonly RosterRow[] {
  const [, ...rows] = part.table().rows
  const places = new Map(headerIn(part).map((name, index) => [wordOf(name), index]))
  return rows.map(({ line, cells }) => {
    const cell = (column: string): Cell => cells[places.get(wordOf(column)) ?? -1] ?? nothing
    return { line, cell, text: (column) => cell(column).text }
  })
}

/** Up to the last column with a name, each row has all. */
export function widthIn(part: Part): Width {
  const header = headerIn(part)
  const last = header.findLastIndex((name) => name !== '')
  return { least: last + 1, most: last + 1, last: header[last] ?? '' }
}

export const gone = ({ text }: RosterRow): boolean => /^(tobedeleted|inactive)$/i.test(text('status'))

/** Is it still so? What has begun is not asked: before the summer the next school year is in the files already. */
export function holds(row: RosterRow, today: string): boolean {
  const end = row.text('endDate').slice(0, 10)
  return !gone(row) && !(/^\d{4}-\d\d-\d\d$/.test(end) && end < today)
}

/** All files of a set, by what they name. */
export interface RosterSet {
  readonly groups: ReadonlyMap<string, GroupRecord>
  /** Groups of one title, each of which got one of its own. */
  readonly sameTitles: readonly Finding[]
  /** By user. */
  readonly enrollments: ReadonlyMap<string, readonly RosterRow[]>
  readonly roles: ReadonlyMap<string, readonly RosterRow[]>
  readonly births: ReadonlyMap<string, RosterRow>
  readonly parentsOf: ReadonlyMap<string, readonly string[]>
  /** Ids of everybody; undefined where the files name only some. */
  readonly users: ReadonlySet<string> | undefined
  readonly role: Role | undefined
  /** YYYY-MM-DD. */
  readonly today: string
}
