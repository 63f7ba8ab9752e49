import { show } from '../../../model/explain.ts'
import type { Role } from '../../../model/person.ts'
import type { Finding } from '../finding.ts'
import type { Format } from '../format.ts'
import type { Part } from '../part.ts'
import { anybody, type Cells, listOf, peopleOf, personOf, type PersonReading, unfit } from '../person.ts'
import { readingOf } from '../reading.ts'
import type { GroupRecord, GroupReference, Reading } from '../record.ts'
import { misshapen } from '../widths.ts'
import { type Described, uniqueTitles } from '../titles.ts'
import { lost, withoutId } from './oneroster-lost.ts'
import {
  gone,
  headerIn,
  holds,
  kindOf,
  type Kind,
  type RosterRow,
  type RosterSet,
  rosterRows,
  widthIn,
} from './oneroster-files.ts'

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
    'The ZIP, or its files: manifest, orgs, users, roles, classes, enrollments and demographics; others are known and not read. Columns ' +
    'are found by name, wherever they stand. Who is an administrator there is staff here.',
  reads: [
    ...columns,
    ['role', 'role of users.csv (1.1), primary role of roles.csv (1.2)'],
    ['birth', 'birthDate of demographics.csv'],
    [
      'class',
      'enrollments in classes whose classType is homeroom, until their endDate; of one title, with school or classCode',
    ],
    ['groups', 'enrollments in other classes'],
    ['leads', 'enrollments as a primary teacher'],
    ['children', 'agentSourcedIds, of parents and of pupils'],
    [
      'state',
      'status tobedeleted, enabledUser false (0) or an endDate of all roles that is past: has left; where the manifest says delta, nobody else has',
    ],
  ],
  fits: (part) => kindOf(part) !== undefined,
  read(parts, options) {
    const rows = (kind: Kind): readonly RosterRow[] => parts.filter((part) => kindOf(part) === kind).flatMap(rosterRows)
    const today = new Date(options.now).toISOString().slice(0, 10)
    const manifest = new Map(rows('manifest').map(({ text }) => [text('propertyName'), text('value')]))
    const users = rows('users')
    const schools = new Map(rows('orgs').map(({ text }) => [text('sourcedId'), text('name')]))
    const classes = uniqueTitles(
      parts.filter((part) => kindOf(part) === 'classes').flatMap((part) => groupsIn(part, schools)),
    )
    const set: RosterSet = {
      groups: classes.groups,
      sameTitles: classes.findings,
      enrollments: Map.groupBy(
        rows('enrollments').filter((row) => holds(row, today)),
        ({ text }) => text('userSourcedId'),
      ),
      roles: Map.groupBy(rows('roles'), ({ text }) => text('userSourcedId')),
      births: new Map(rows('demographics').map((row) => [row.text('sourcedId'), row])),
      parentsOf: new Map(users.map(({ text }) => [text('sourcedId'), listOf(text('agentSourcedIds'))])),
      users: users.length === 0 || delta(manifest) ? undefined : new Set(users.map(({ text }) => text('sourcedId'))),
      role: options.role,
      today,
    }
    const version = manifest.get('oneroster.version') ?? (rows('roles').length > 0 ? '1.2' : '1.1')
    return parts.map((part) => readFile(part, `OneRoster ${version}`, delta(manifest), set))
  },
}

const delta = (manifest: ReadonlyMap<string, string>): boolean => manifest.get('file.users') === 'delta'

function readFile(part: Part, title: string, partial: boolean, set: RosterSet): Reading {
  const kind = kindOf(part)
  const rows = rosterRows(part)
  const shifted = kind === 'other' ? [] : misshapen(part, part.table().rows.slice(1), widthIn(part))
  const header = headerIn(part)
  const about = { name, title }
  if (kind === 'classes') {
    const groups = [...set.groups.values()].filter(({ place }) => place.file === part.file)
    const findings = [...shifted, ...withoutId(rows), ...set.sameTitles]
    return readingOf(part, about, { header: true, groups, findings, rows: rows.length })
  }
  if (kind !== 'users') {
    const findings = kind === 'enrollments' ? lost(rows, set) : kind === 'demographics' ? withoutId(rows) : []
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
  const { people, faulty, findings } = peopleOf(readings)
  const known = new Set<string>([...columns.map(([, column]) => column), ...alsoRead])
  return readingOf(part, about, {
    header: true,
    mapped: columns.filter(([, column]) => header.includes(column)).map(([field, column]) => ({ name: column, field })),
    ignored: header.filter((column) => !known.has(column)),
    people,
    faulty,
    findings: [...shifted, ...withoutId(straight), ...findings],
    rows: rows.length,
    partial,
  })
}

const alsoRead = ['status', 'role', 'agentSourcedIds', 'enabledUser']

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
  const every = set.roles.get(id) ?? []
  const held = every.filter((one) => holds(one, set.today))
  // Who has no role any more is told by the last.
  const own = held.length > 0 ? held : every
  const said = (own.find(({ text }) => text('roleType') === 'primary') ?? own[0])?.text('role') ?? row.text('role')
  const role = said === '' ? set.role : roles[said.toLowerCase()]
  const over = gone(row) || /^(false|0|no)$/i.test(row.text('enabledUser')) || (every.length > 0 && held.length === 0)
  const enrolled = (set.enrollments.get(id) ?? []).flatMap((enrollment) => {
    const group = set.groups.get(enrollment.text('classSourcedId'))
    return group === undefined ? [] : [{ enrollment, group }]
  })
  const birth = set.births.get(id)?.text('birthDate')
  const cells: Cells = {
    ...Object.fromEntries(columns.map(([field, column]) => [field, row.cell(column)])),
    ...(birth === undefined ? {} : { birth: { text: birth } }),
  }
  const reading = personOf(cells, {
    file: part.file,
    line,
    role: role ?? anybody,
    state: over ? 'left' : 'here',
    classes: titles(enrolled.filter(({ group }) => group.kind === 'class')),
    groups: enrolled.filter(({ group }) => group.kind !== 'class').map(({ group }) => referenceTo(group)),
    leads: enrolled.flatMap(({ enrollment, group: { title } }) =>
      role === 'teacher' && /^(true|1|yes)$/i.test(enrollment.text('primary')) ? [title] : [],
    ),
    children: role === 'parent' ? [...new Set([...children, ...listOf(row.text('agentSourcedIds'))])] : [],
  })
  return role === undefined
    ? unfit(reading, noRole(line, id, said))
    : id === ''
      ? { findings: reading.findings }
      : reading
}

function noRole(line: number, id: string, said: string): Finding {
  const message = said === '' ? `user ${show(id)} has no role` : `${show(said)} is no role of OneRoster`
  const hint =
    said === ''
      ? 'Version 1.2 keeps roles in roles.csv: give that file, too. Or say it: --role pupil.'
      : `Known are ${Object.keys(roles).join(', ')}. Mend it in the source, or leave the user out.`
  return { severity: 'error', line, path: 'role', kind: 'role', message, hint }
}

function titles(enrolled: readonly { readonly group: GroupRecord }[]): readonly string[] {
  return [...new Set(enrolled.map(({ group }) => group.title))]
}

function referenceTo({ id, title, kind }: GroupRecord): GroupReference {
  return { ...(id === undefined ? {} : { id }), title, kind }
}

function groupsIn(part: Part, schools: ReadonlyMap<string, string>): readonly Described[] {
  return rosterRows(part)
    .filter((row) => !gone(row) && row.text('title') !== '')
    .map(({ line, text }) => ({
      place: { file: part.file, line },
      id: text('sourcedId'),
      key: text('sourcedId'),
      title: text('title'),
      kind: text('classType').toLowerCase() === 'homeroom' ? 'class' : 'course',
      ...(text('grades') === '' ? {} : { year: text('grades') }),
      leaders: [],
      marks: [schools.get(text('schoolSourcedId')) ?? text('schoolSourcedId'), text('classCode')],
    }))
}
