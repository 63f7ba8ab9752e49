import type { Problem } from '../../errors.ts'
import type { GroupKind } from '../../model/group.ts'
import type { Role } from '../../model/person.ts'

/** What every reader makes of a file, whatever the program it came from. Texts are trimmed and in NFC. */

/** What a column of a table may mean. `name` holds given name and surname together. */
export const fields = [
  'id',
  'given',
  'surname',
  'name',
  'birth',
  'role',
  'class',
  'year',
  'groups',
  'leads',
  'mail',
  'login',
  'password',
  'children',
  'state',
] as const
export type Field = (typeof fields)[number]

/** Where a record stands, for messages. */
export interface Place {
  readonly file: string
  /** 1-based; for XML and JSON the line on which the record begins, where that is known. */
  readonly line: number
}

export interface PersonRecord {
  readonly place: Place
  /** 1-based column of each field in its line, where the file has columns: a message can point to it. */
  readonly columns: Readonly<Partial<Record<Field, number>>>
  /** Id in the source; absent when the format has none. */
  readonly id?: string
  readonly given: string
  readonly surname: string
  /** YYYY-MM-DD. */
  readonly birth?: string
  readonly role: Role
  /** Titles of classes as the file says them; a pupil has one, a teacher any number. */
  readonly classes: readonly string[]
  /** Year group where the file says it: "5", "EF". */
  readonly year?: string
  /** Courses and other groups the person belongs to. */
  readonly groups: readonly GroupReference[]
  /** Classes and groups the person leads, by title or id. */
  readonly leads: readonly string[]
  readonly mail?: string
  /** Wishes count only when the account is made. */
  readonly wishedLogin?: string
  readonly wishedPassword?: string
  /** Ids of the children, for parents. */
  readonly children: readonly string[]
  /** The source itself says that the person has left. */
  readonly left: boolean
}

export interface GroupReference {
  readonly id?: string
  readonly title: string
  readonly kind: GroupKind
}

export interface GroupRecord extends GroupReference {
  readonly place: Place
  readonly year?: string
  /** Title of the class that this one becomes next school year (SchILD's Folgeklasse). */
  readonly successor?: string
  /** Who leads it, where the file does not say who that is: the short name of a teacher. */
  readonly leaders: readonly string[]
}

/** One hour of the timetable. */
export interface LessonRecord {
  readonly place: Place
  readonly number: string
  readonly classes: readonly string[]
  readonly teacher: string
  readonly subject: string
  readonly room: string
  /** 1 Monday … 7. */
  readonly day: number
  readonly hour: number
  /** In minutes, where the source plans by these. */
  readonly minutes: number | null
}

/** Who teaches whom what in a week, whenever that is. */
export interface TeachingRecord {
  readonly place: Place
  readonly number: string
  readonly classes: readonly string[]
  readonly teacher: string
  readonly subject: string
  readonly room: string
  /** A week; null: not said. */
  readonly hours: number | null
}

/** What a room or a subject is called in full. */
export interface TermRecord {
  readonly place: Place
  readonly short: string
  readonly title: string
}

/** Raw data of the timetable as Untis gives it, for whoever plans with it. */
export interface Timetable {
  readonly lessons: readonly LessonRecord[]
  readonly teaching: readonly TeachingRecord[]
  readonly rooms: readonly TermRecord[]
  readonly subjects: readonly TermRecord[]
}

/** One file, read. */
export interface Reading {
  readonly file: string
  /** Stable name of the format: `schild`, `oneroster`. */
  readonly format: string
  /** In words, for the preview: "SchILD-NRW, text export". */
  readonly title: string
  readonly encoding: string
  /** Absent for XML and JSON. */
  readonly delimiter?: string
  /** Whether the file names its columns; absent where the question has no sense. */
  readonly header?: boolean
  /** Columns that are read, as named in the file (`1`, `2` … where it names none), and what they mean. */
  readonly mapped: readonly { readonly name: string; readonly field: Field }[]
  /** Columns nobody reads, as named in the file. */
  readonly ignored: readonly string[]
  /** Roles this file is a full list of: whoever has such a role, comes from the same source and is missing is leaving. */
  readonly covers: readonly Role[]
  readonly people: readonly PersonRecord[]
  /** Whom rows with an error speak of, dates as they stand there: only to tell who stands there twice. */
  readonly faulty?: readonly PersonRecord[]
  readonly groups: readonly GroupRecord[]
  /** Only of files that hold some of it. */
  readonly timetable?: Timetable
  /** Everything that is wrong, in one pass and in the order of the file. A row with an error is not among the people. */
  readonly problems: readonly Problem[]
}
