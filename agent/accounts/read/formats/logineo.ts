import type { GroupKind } from '../../../model/group.ts'
import { show } from '../../../model/explain.ts'
import type { Role } from '../../../model/person.ts'
import type { Finding } from '../finding.ts'
import type { Format } from '../format.ts'
import { visible } from '../garbled.ts'
import type { Part } from '../part.ts'
import { anybody, cellsFrom, mostPeople, peopleOf, personOf, type PersonReading, unfit } from '../person.ts'
import { readingOf } from '../reading.ts'
import type { GroupRecord, Reading } from '../record.ts'
import { childAt, type Element, readXml } from '../xml.ts'
import { stateOf } from './schild.ts'

const name = 'logineo'
const title = 'SchILD-NRW, Export für LOGINEO (XML)'

const columns = [
  ['id', 'sourcedid'],
  ['given', 'name/n/given'],
  ['surname', 'name/n/family'],
  ['birth', 'demographics/bday'],
  ['mail', 'email'],
  ['role', 'institutionroletype'],
  ['year', 'x-schildnrw-grade'],
  ['state', 'x-schildnrw-person-state'],
] as const

export const logineo: Format = {
  name,
  title,
  about: 'The XML file, mostly in a ZIP with a password: people, classes, courses and subjects with their members.',
  reads: [
    ...columns.slice(0, 5),
    ['role', 'institutionroletype: Student, faculty, extern'],
    ['year', 'x-schildnrw-grade'],
    ['state', 'x-schildnrw-person-state, as Status in the text export; recstatus 3 has left'],
    ['class', 'membership in groups "raum-klasse", of pupils and of teachers'],
    ['groups', 'membership in groups "raum-kurs" and "raum-fach"'],
  ],
  fits: ({ kind, text }) => kind === 'xml' && /<(\w+:)?enterprise[\s>]/.test(text.slice(0, 4000)),
  read: (parts) => parts.map(read),
}

function read(part: Part): Reading {
  const elements: Element[] = []
  const groups = new Map<string, GroupRecord>()
  const byTitle = new Map<string, GroupRecord>()
  const groupsOf = new Map<string, Set<string>>()
  const described = new Set<string>()
  const memberships: Membership[] = []
  const broken = readXml(part.text, (element) => {
    if (element.name === 'person' && elements.length <= mostPeople) elements.push(element)
    if (element.name === 'group') {
      described.add(idOf(element))
      const group = groupOf(part, element)
      if (group === undefined) return
      // Pupils and teachers of a class are two groups there.
      const key = `${group.kind} ${group.title}`
      const first = byTitle.get(key) ?? group
      byTitle.set(key, first)
      groups.set(idOf(element), first)
    }
    if (element.name !== 'membership') return
    for (const member of element.children.filter((child) => child.name === 'member')) {
      groupsOf.set(idOf(member), (groupsOf.get(idOf(member)) ?? new Set()).add(idOf(element)))
      memberships.push({ line: member.line, person: idOf(member), group: idOf(element) })
    }
  })
  const readings = elements.map((element) => {
    const own = [...(groupsOf.get(idOf(element)) ?? [])].flatMap((id) => groups.get(id) ?? [])
    return personIn(part, element, [...new Set(own)])
  })
  const { people, faulty, findings } = peopleOf(readings)
  const known = new Set(elements.map(idOf))
  const lost = memberships.flatMap((one) => [
    ...(known.has(one.person) ? [] : [lostMember(one.line, 'person', one.person)]),
    ...(described.has(one.group) ? [] : [lostMember(one.line, 'group', one.group)]),
  ])
  const content = {
    mapped: columns.map(([field, path]) => ({ name: path, field })),
    people,
    faulty,
    groups: [...byTitle.values()],
    findings: [...broken, ...findings, ...lost],
    rows: elements.length,
  }
  return readingOf(part, { name, title }, content)
}

const idOf = (element: Element): string => childAt(element, 'sourcedid', 'id')?.text ?? ''

interface Membership {
  readonly line: number
  readonly person: string
  readonly group: string
}

function lostMember(line: number, what: 'person' | 'group', id: string): Finding {
  const message = `this membership names ${what} ${show(id)}, which is not in the file`
  const hint = 'It is left out. Export the file anew, with all people and groups.'
  return { severity: 'warning', line, path: 'membership', kind: `lost-${what}`, message, hint }
}

const roles: Readonly<Record<string, Role>> = { student: 'pupil', faculty: 'teacher', extern: 'guest' }

function personIn(part: Part, element: Element, groups: readonly GroupRecord[]): PersonReading {
  const { line } = element
  const at = (...path: readonly string[]): string | undefined => childAt(element, ...path)?.text
  const said = childAt(element, 'institutionrole')?.attributes['institutionroletype'] ?? ''
  const role = roles[said.toLowerCase()]
  const deleted = element.attributes['recstatus'] === '3'
  const state = deleted ? 'left' : stateOf(at('extension', 'x-schildnrw-person-state') ?? '')
  const cells = cellsFrom({
    id: idOf(element),
    given: at('name', 'n', 'given'),
    surname: at('name', 'n', 'family'),
    birth: at('demographics', 'bday'),
    mail: at('email'),
    year: at('extension', 'x-schildnrw-grade'),
    state: at('extension', 'x-schildnrw-person-state'),
  })
  const reading = personOf(cells, {
    file: part.file,
    line,
    role: role ?? anybody,
    state,
    classes: groups.filter(({ kind }) => kind === 'class').map((group) => group.title),
    groups: groups.flatMap(({ id, title: label, kind }) =>
      kind === 'class' ? [] : [{ ...(id === undefined ? {} : { id }), title: label, kind }],
    ),
  })
  if (role !== undefined) return reading
  const message = `institutionroletype "${said}" is no role we know`
  const hint = 'Known are Student, faculty and extern.'
  return unfit(reading, { severity: 'error', line, path: 'role', kind: 'role', message, hint })
}

const kinds: Readonly<Record<string, GroupKind>> = { klasse: 'class', kurs: 'course', fach: 'subject' }

/** `Klasse 07D - Schueler` is class 07D. Groups of anything else are none of ours. */
function groupOf(part: Part, element: Element): GroupRecord | undefined {
  const id = idOf(element)
  const kind = kinds[/raum-(klasse|kurs|fach)/.exec(id)?.[1] ?? '']
  const short = visible(childAt(element, 'description', 'short')?.text ?? '')
  const label = short
    .replace(/ - (Schueler|Schüler|Lehrer)$/, '')
    .replace(/^(Klasse|Kurs|Fach) /, '')
    .trim()
  if (kind === undefined || label === '') return undefined
  return { place: { file: part.file, line: element.line }, id, title: label, kind, leaders: [] }
}
