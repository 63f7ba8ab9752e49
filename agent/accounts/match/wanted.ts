import type { Problem } from '../../errors.ts'
import type { PersonRecord, Place, Reading } from '../read/record.ts'
import { exactName, familyOf } from './names.ts'

/** Somebody whom the files name: one person, in however many lines and files. */
export interface Wanted {
  /** The first record, with classes, groups, children and what else the others add. */
  readonly record: PersonRecord
  /** Where the first record stands; how people speak of this one. */
  readonly place: Place
}

export interface Gathering {
  readonly wanted: readonly Wanted[]
  readonly problems: readonly Problem[]
}

/**
 * One for each person of all files. Lines of one id are one person; so are, where there are no ids, those of one name and birth date
 * in different files, and parents of one mail address. What cannot be told apart is a problem.
 */
export function gather(readings: readonly Reading[]): Gathering {
  const problems: Problem[] = []
  const byKey = new Map<string, PersonRecord>()
  for (const record of readings.flatMap(({ people }) => people)) {
    const key = keyOf(record)
    const known = byKey.get(key)
    if (known === undefined) {
      byKey.set(key, record)
      continue
    }
    problems.push(...clash(known, record))
    byKey.set(key, merged(known, record))
  }
  return { wanted: [...byKey.values()].map((record) => ({ record, place: record.place })), problems }
}

/** What makes a line the same person as another. Without an id the class belongs to it: two of one name may be at one school. */
function keyOf(record: PersonRecord): string {
  const family = familyOf(record)
  if (record.id !== undefined) return `${family}#${record.id}`
  const name = `${family}|${exactName(record)}`
  if (family === 'parent') return `${name}|${record.mail ?? [...record.children].toSorted().join()}`
  return `${name}|${record.birth ?? ''}|${family === 'pupil' ? record.classes.join() : ''}`
}

function clash(known: PersonRecord, record: PersonRecord): readonly Problem[] {
  const names = exactName(known) !== exactName(record)
  const births = known.birth !== undefined && record.birth !== undefined && known.birth !== record.birth
  if (record.id !== undefined && (names || births)) {
    const message = `${record.id} is the id of ${tell(known)} (${at(known, record)}) and of ${tell(record)}`
    return [
      problem(
        'error',
        record,
        'id',
        message,
        'Each person needs an id of their own; ask the program the file comes from.',
      ),
    ]
  }
  const again = known.place.file === record.place.file && adds(known, record) === 0
  if (!again) return []
  const message = `${tell(record)} stands here a second time, after ${at(known, record)}`
  if (record.id !== undefined || familyOf(record) === 'parent') return [problem('warning', record, 'id', message)]
  return [
    problem(
      'error',
      record,
      'surname',
      message,
      'Take one of the lines out; if they are two people, export an id with each.',
    ),
  ]
}

/** How many classes, groups and children a line adds. */
function adds(known: PersonRecord, record: PersonRecord): number {
  const after = merged(known, record)
  const size = ({ classes, groups, leads, children }: PersonRecord): number =>
    classes.length + groups.length + leads.length + children.length
  return size(after) - size(known)
}

function merged(known: PersonRecord, record: PersonRecord): PersonRecord {
  const titles = new Set(known.groups.map(({ kind, id, title }) => `${kind} ${id ?? title}`))
  return {
    ...record,
    ...known,
    classes: [...new Set([...known.classes, ...record.classes])],
    groups: [...known.groups, ...record.groups.filter(({ kind, id, title }) => !titles.has(`${kind} ${id ?? title}`))],
    leads: [...new Set([...known.leads, ...record.leads])],
    children: [...new Set([...known.children, ...record.children])],
    // Who is listed anywhere as being there has not left.
    left: known.left && record.left,
  }
}

function problem(
  severity: Problem['severity'],
  record: PersonRecord,
  field: 'id' | 'surname',
  message: string,
  hint?: string,
): Problem {
  const column = record.columns[field]
  return { severity, ...record.place, ...(column === undefined ? {} : { column }), path: field, message, hint }
}

/** `line 5`, with the file where it is another. */
function at(known: PersonRecord, record: PersonRecord): string {
  return known.place.file === record.place.file ? `line ${known.place.line}` : `${known.place.file}:${known.place.line}`
}

/** `Anna Müller (2013-03-31)` */
export function tell({ given, surname, birth }: Pick<PersonRecord, 'given' | 'surname' | 'birth'>): string {
  return `${given} ${surname}${birth === undefined ? '' : ` (${birth})`}`.trim()
}
