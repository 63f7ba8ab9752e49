import type { Role } from '../../../model/person.ts'
import type { Finding } from '../finding.ts'
import type { Format } from '../format.ts'
import type { Part } from '../part.ts'
import { type Cells, listOf, personOf, type PersonReading } from '../person.ts'
import { readingOf } from '../reading.ts'
import type { GroupRecord, GroupReference, Reading } from '../record.ts'
import { beyond } from '../rows.ts'
import { headerIn, kindOf, type Kind, type RosterRow, rosterRows } from './oneroster-files.ts'

const name = 'oneroster'

const columns = [
  ['id', 'sourcedId'],
  ['given', 'givenName'],
  ['surname', 'familyName'],
  ['login', 'username'],
  ['mail', 'email'],
  ['year', 'grades'],
  ['password', 'password'],
] as const

export const oneroster: Format = {
  name,
  title: 'OneRoster 1.1 und 1.2',
  about:
    'The ZIP, or its files: manifest, users, roles, classes, enrollments and demographics; others are known and not read. Columns ' +
    'are found by name, wherever they stand. Who is an administrator there is staff here.',
  reads: [
    ...columns,
    ['role', 'role of users.csv (1.1), primary role of roles.csv (1.2)'],
    ['birth', 'birthDate of demographics.csv'],
    ['class', 'enrollments in classes whose classType is homeroom'],
    ['groups', 'enrollments in other classes'],
    ['leads', 'enrollments as a primary teacher'],
    ['children', 'agentSourcedIds, of parents and of pupils'],
    ['state', 'status tobedeleted has left; where the manifest says delta, nobody else has'],
  ],
  fits: (part) => kindOf(part) !== undefined,
  read(parts, options) {
    const rows = (kind: Kind): readonly RosterRow[] => parts.filter((part) => kindOf(part) === kind).flatMap(rosterRows)
    const set: RosterSet = {
      groups: new Map(
        parts
          .filter((part) => kindOf(part) === 'classes')
          .flatMap(groupsIn)
          .map((group) => [group.id ?? '', group]),
      ),
      enrollments: Map.groupBy(rows('enrollments').filter(here), ({ text }) => text('userSourcedId')),
      roles: Map.groupBy(rows('roles').filter(here), ({ text }) => text('userSourcedId')),
      births: new Map(rows('demographics').map((row) => [row.text('sourcedId'), row])),
      parentsOf: new Map(rows('users').map(({ text }) => [text('sourcedId'), listOf(text('agentSourcedIds'))])),
      role: options.role,
    }
    const manifest = new Map(rows('manifest').map(({ text }) => [text('propertyName'), text('value')]))
    const version = manifest.get('oneroster.version') ?? (rows('roles').length > 0 ? '1.2' : '1.1')
    const delta = manifest.get('file.users') === 'delta'
    return parts.map((part) => readFile(part, `OneRoster ${version}`, delta, set))
  },
}

interface RosterSet {
  readonly groups: ReadonlyMap<string, GroupRecord>
  /** By user. */
  readonly enrollments: ReadonlyMap<string, readonly RosterRow[]>
  readonly roles: ReadonlyMap<string, readonly RosterRow[]>
  readonly births: ReadonlyMap<string, RosterRow>
  readonly parentsOf: ReadonlyMap<string, readonly string[]>
  readonly role: Role | undefined
}

const gone = ({ text }: RosterRow): boolean => /^(tobedeleted|inactive)$/i.test(text('status'))
const here = (row: RosterRow): boolean => !gone(row)

function readFile(part: Part, title: string, partial: boolean, set: RosterSet): Reading {
  const kind = kindOf(part)
  const rows = rosterRows(part)
  const shifted = kind === 'other' ? [] : part.table().rows.flatMap((row) => beyond(row, headerIn(part).length) ?? [])
  const header = headerIn(part)
  const about = { name, title }
  if (kind === 'classes') {
    const groups = groupsIn(part)
    return readingOf(part, about, { header: true, groups, findings: shifted, rows: rows.length })
  }
  if (kind !== 'users') {
    const findings = kind === 'enrollments' ? lost(rows, set) : []
    return readingOf(part, about, {
      header: true,
      ignored: kind === 'other' ? header : [],
      findings: [...shifted, ...findings],
      rows: rows.length,
    })
  }
  const childrenOf = new Map<string, string[]>()
  for (const [child, parents] of set.parentsOf)
    for (const parent of parents) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), child])
  const wrong = new Set(shifted.map(({ line }) => line))
  const straight = rows.filter(({ line }) => !wrong.has(line))
  const readings = straight.map((row) => userIn(part, row, set, childrenOf.get(row.text('sourcedId')) ?? []))
  const known = new Set<string>([...columns.map(([, column]) => column), ...alsoRead])
  return readingOf(part, about, {
    header: true,
    mapped: columns.filter(([, column]) => header.includes(column)).map(([field, column]) => ({ name: column, field })),
    ignored: header.filter((column) => !known.has(column)),
    people: readings.flatMap(({ person }) => person ?? []),
    findings: [...shifted, ...readings.flatMap(({ findings }) => findings)],
    rows: rows.length,
    partial,
  })
}

const alsoRead = ['status', 'role', 'agentSourcedIds']

/** An administrator of theirs is one of the office: rights on the box are not given by a file. */
const roles: Readonly<Record<string, Role>> = {
  student: 'pupil',
  teacher: 'teacher',
  parent: 'parent',
  guardian: 'parent',
  relative: 'parent',
  aide: 'staff',
  administrator: 'staff',
  counselor: 'staff',
  districtadministrator: 'staff',
  principal: 'staff',
  proctor: 'staff',
  siteadministrator: 'staff',
  systemadministrator: 'staff',
}

function userIn(part: Part, row: RosterRow, set: RosterSet, children: readonly string[]): PersonReading {
  const { line } = row
  const id = row.text('sourcedId')
  const own = set.roles.get(id) ?? []
  const said = (own.find(({ text }) => text('roleType') === 'primary') ?? own[0])?.text('role') ?? row.text('role')
  const role = said === '' ? set.role : roles[said.toLowerCase()]
  if (role === undefined) {
    const message = said === '' ? `user ${id} has no role` : `"${said}" is no role of OneRoster`
    const hint =
      said === '' ? 'Version 1.2 keeps roles in roles.csv: give that file, too. Or say it: --role pupil.' : undefined
    const finding: Finding = { severity: 'error', line, path: 'role', kind: 'role', message }
    return { findings: [hint === undefined ? finding : { ...finding, hint }] }
  }
  const enrolled = (set.enrollments.get(id) ?? []).flatMap((enrollment) => {
    const group = set.groups.get(enrollment.text('classSourcedId'))
    return group === undefined ? [] : [{ enrollment, group }]
  })
  const birth = set.births.get(id)?.text('birthDate')
  const cells: Cells = {
    ...Object.fromEntries(columns.map(([field, column]) => [field, row.cell(column)])),
    ...(birth === undefined ? {} : { birth: { text: birth } }),
  }
  return personOf(cells, {
    file: part.file,
    line,
    role,
    state: gone(row) ? 'left' : 'here',
    classes: titles(enrolled.filter(({ group }) => group.kind === 'class')),
    groups: enrolled.filter(({ group }) => group.kind !== 'class').map(({ group }) => referenceTo(group)),
    leads: titles(
      enrolled.filter(({ enrollment }) => role === 'teacher' && /^true$/i.test(enrollment.text('primary'))),
    ),
    children: role === 'parent' ? [...new Set([...children, ...listOf(row.text('agentSourcedIds'))])] : [],
  })
}

function titles(enrolled: readonly { readonly group: GroupRecord }[]): readonly string[] {
  return [...new Set(enrolled.map(({ group }) => group.title))]
}

function referenceTo({ id, title, kind }: GroupRecord): GroupReference {
  return { ...(id === undefined ? {} : { id }), title, kind }
}

function groupsIn(part: Part): readonly GroupRecord[] {
  return rosterRows(part)
    .filter((row) => here(row) && row.text('title') !== '')
    .map(({ line, text }) => ({
      place: { file: part.file, line },
      id: text('sourcedId'),
      title: text('title'),
      kind: text('classType').toLowerCase() === 'homeroom' ? 'class' : 'course',
      ...(text('grades') === '' ? {} : { year: text('grades') }),
      leaders: [],
    }))
}

/** Enrollments of classes that are in no file. */
function lost(rows: readonly RosterRow[], { groups }: RosterSet): readonly Finding[] {
  const unknown = rows.filter((row) => here(row) && !groups.has(row.text('classSourcedId')))
  return unknown.map((row) => {
    const message = `class ${row.text('classSourcedId')} is in no classes.csv`
    return {
      severity: 'warning',
      line: row.line,
      column: row.cell('classSourcedId').column,
      path: 'classSourcedId',
      kind: 'no-class',
      message,
    }
  })
}
