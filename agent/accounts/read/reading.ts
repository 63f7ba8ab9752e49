import type { Delimiter } from '../../tables/table.ts'
import { doubles } from './doubles.ts'
import { type Finding, problemsOf } from './finding.ts'
import { groupComplaint } from './judge.ts'
import type { Part } from './part.ts'
import type { PersonRecord, Reading } from './record.ts'

/** What a format has found in a file. */
export interface Content extends Partial<
  Pick<Reading, 'header' | 'mapped' | 'ignored' | 'people' | 'groups' | 'timetable'>
> {
  readonly findings: readonly Finding[]
  /** Whom rows with an error speak of. */
  readonly faulty?: readonly PersonRecord[]
  /** Rows, or what is like them, that there were. */
  readonly rows: number
  /** The file says what has changed, or a part of what there is. */
  readonly partial?: boolean
}

/** Closes the reading of a file: people who stand there twice are told, and everything that is wrong in order. */
export function readingOf(
  part: Part,
  { name, title }: { readonly name: string; readonly title: string },
  content: Content,
): Reading {
  const { header, people = [], faulty = [], groups = [], findings, rows, partial = false } = content
  const complaints = groups.map((group) => groupComplaint(group))
  const groupFindings = complaints.filter((one) => one !== undefined)
  const delimiter: Delimiter | undefined = part.kind === 'table' ? part.table().delimiter : undefined
  return {
    file: part.file,
    format: name,
    title,
    encoding: part.encoding,
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(header === undefined ? {} : { header }),
    mapped: content.mapped ?? [],
    ignored: content.ignored ?? [],
    covers: partial ? [] : [...new Set(people.map(({ role }) => role))],
    people,
    ...(faulty.length === 0 ? {} : { faulty }),
    groups: groups.filter((_, index) => complaints[index] === undefined),
    ...(content.timetable === undefined ? {} : { timetable: content.timetable }),
    problems: problemsOf(
      part.file,
      [...tableFindings(part), ...findings, ...groupFindings, ...doubles(people, faulty)],
      rows,
    ),
  }
}

function tableFindings(part: Part): readonly Finding[] {
  return part.kind === 'table' ? part.table().problems.map((problem) => ({ ...problem, kind: 'table' })) : []
}
