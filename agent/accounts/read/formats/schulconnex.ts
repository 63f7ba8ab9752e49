import type { GroupKind } from '../../../model/group.ts'
import { show } from '../../../model/explain.ts'
import type { Role } from '../../../model/person.ts'
import type { Finding } from '../finding.ts'
import type { Format } from '../format.ts'
import { visible } from '../garbled.ts'
import { type Json, listAt, readJson, textAt, valueAt } from '../json.ts'
import type { Part } from '../part.ts'
import { anybody, type Cells, cellsFrom, mostPeople, peopleOf, personOf, type PersonReading, unfit } from '../person.ts'
import { readingOf } from '../reading.ts'
import type { GroupRecord, Reading } from '../record.ts'

const name = 'schulconnex'
const title = 'SchulConneX (JSON)'

const columns = [
  ['id', 'person.id'],
  ['given', 'name.rufname, else name.vorname'],
  ['surname', 'name.familienname'],
  ['birth', 'geburt.datum'],
  ['role', 'personenkontext.rolle'],
  ['year', 'personenkontext.jahrgangsstufe'],
  ['mail', 'erreichbarkeiten: E-Mail'],
] as const

export const schulconnex: Format = {
  name,
  title,
  about:
    'Either lists "personen", "personenkontexte", "gruppen" and "gruppenzugehoerigkeiten" in one object, or a list of people, each ' +
    'with "person" and "personenkontexte" and the groups in these.',
  reads: [
    ...columns.slice(0, 4),
    ['role', 'rolle: Lern, Lehr and Leit, SorgBer, Extern; OrgAdmin, SysAdmin, SchB and NLehr are staff'],
    ...columns.slice(5),
    ['class', 'groups of type Klasse'],
    ['groups', 'groups of type Kurs and Sonstig'],
    ['leads', 'KlLeit and GLeit in a group'],
    ['state', 'personenstatus Inaktiv, and whose loeschung.zeitpunkt is past, has left'],
  ],
  fits: ({ kind, text }) => kind === 'json' && /"personenkontexte?"/.test(text) && /"(person|personen)"/.test(text),
  read: (parts, { now }) => parts.map((part) => read(part, now)),
}

interface Context {
  readonly person: object
  readonly context: object
  readonly groups: readonly { readonly group: GroupRecord; readonly roles: readonly string[] }[]
}

function read(part: Part, now: number): Reading {
  const json = readJson(part.text)
  const mapped = columns.map(([field, from]) => ({ name: from, field }))
  if ('severity' in json) return readingOf(part, { name, title }, { mapped, findings: [json], rows: 1 })
  const contexts = Array.isArray(json.value) ? nested(part, json) : flat(part, json)
  const people = Map.groupBy(contexts, ({ person }) => person)
  const readings = [...people].slice(0, mostPeople + 1).map(([person, own]) => personIn(part, json, person, own, now))
  const { faulty, findings, people: read } = peopleOf(readings)
  const groups = new Map(
    contexts.flatMap((context) => context.groups).map(({ group }) => [group.id ?? group.title, group]),
  )
  return readingOf(
    part,
    { name, title },
    {
      mapped,
      people: read,
      faulty,
      groups: [...groups.values()],
      findings: [...findings, ...(Array.isArray(json.value) ? [] : lost(json))],
      rows: readings.length,
    },
  )
}

/** Four lists that name one another's ids. */
function flat(part: Part, { value, lineOf }: Json): readonly Context[] {
  const groups = new Map(listAt(value, 'gruppen').map((one) => [textAt(one, 'id'), groupOf(part, one, lineOf(one))]))
  const members = Map.groupBy(listAt(value, 'gruppenzugehoerigkeiten'), (one) => textAt(one, 'ktid'))
  const contexts = Map.groupBy(listAt(value, 'personenkontexte'), personOfContext)
  return listAt(value, 'personen').flatMap((person) => {
    const own = contexts.get(textAt(person, 'id')) ?? listAt(person, 'personenkontexte')
    return (own.length === 0 ? [{}] : own).map((context) => ({
      person,
      context,
      groups: (members.get(textAt(context, 'id') ?? '') ?? []).flatMap((one) => {
        const group = groups.get(groupOfMember(one))
        return group === undefined ? [] : [{ group, roles: words(one, 'rollen') }]
      }),
    }))
  })
}

const personOfContext = (one: object): string | undefined =>
  textAt(one, 'person') ?? textAt(one, 'personid') ?? textAt(one, 'pid')
const groupOfMember = (one: object): string | undefined =>
  textAt(one, 'gruppe') ?? textAt(one, 'gruppenid') ?? textAt(one, 'grupid')

/** What the lists name and do not hold. */
function lost({ value, lineOf }: Json): readonly Finding[] {
  const ids = (key: string): ReadonlySet<string | undefined> =>
    new Set(listAt(value, key).map((one) => textAt(one, 'id')))
  const within = listAt(value, 'personen').flatMap((one) => listAt(one, 'personenkontexte'))
  const contexts = ids('personenkontexte').union(new Set(within.map((one) => textAt(one, 'id'))))
  const [people, groups] = [ids('personen'), ids('gruppen')]
  const among = (
    list: string,
    what: string,
    known: ReadonlySet<string | undefined>,
    idOf: (one: object) => string | undefined,
  ) =>
    listAt(value, list)
      .filter((one) => !known.has(idOf(one)))
      .map((one) => lostReference(lineOf(one), list, `${what} ${show(idOf(one) ?? '')}`))
  return [
    ...among('personenkontexte', 'person', people, personOfContext),
    ...among('gruppenzugehoerigkeiten', 'personenkontext', contexts, (one) => textAt(one, 'ktid')),
    ...among('gruppenzugehoerigkeiten', 'gruppe', groups, groupOfMember),
  ]
}

function lostReference(line: number, path: string, what: string): Finding {
  const message = `this entry of ${path} names ${what}, which is not in the file`
  const hint = 'It is left out. Export the lists anew, all of them at once.'
  return { severity: 'warning', line, path, kind: `lost-${what.split(' ', 1).join()}`, message, hint }
}

/** Each person with its contexts, each context with its groups. */
function nested(part: Part, { value, lineOf }: Json): readonly Context[] {
  return (Array.isArray(value) ? value : []).flatMap((entry: unknown) => {
    const person = valueAt(entry, 'person')
    if (typeof person !== 'object' || person === null) return []
    const own = listAt(entry, 'personenkontexte')
    return (own.length === 0 ? [{}] : own).map((context) => ({
      person,
      context,
      groups: listAt(context, 'gruppen').flatMap((one) => {
        const inner = valueAt(one, 'gruppe')
        const group = typeof inner === 'object' && inner !== null ? groupOf(part, inner, lineOf(one)) : undefined
        return group === undefined ? [] : [{ group, roles: words(valueAt(one, 'gruppenzugehoerigkeit'), 'rollen') }]
      }),
    }))
  })
}

const words = (value: unknown, key: string): readonly string[] => {
  const list = valueAt(value, key)
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : []
}

/** What somebody with several contexts is: the first of these. Rights on the box are not given by a file. */
const roles: readonly (readonly [code: string, role: Role])[] = [
  ['lehr', 'teacher'],
  ['leit', 'teacher'],
  ['lern', 'pupil'],
  ['orgadmin', 'staff'],
  ['sysadmin', 'staff'],
  ['schb', 'staff'],
  ['nlehr', 'staff'],
  ['sorgber', 'parent'],
  ['extern', 'guest'],
]

function personIn(
  part: Part,
  { lineOf }: Json,
  person: object,
  contexts: readonly Context[],
  now: number,
): PersonReading {
  const line = lineOf(person)
  const said = contexts.map(({ context }) => textAt(context, 'rolle') ?? '')
  const role = roles.find(([code]) => said.some((one) => one.toLowerCase() === code))?.[1]
  const groups = contexts.flatMap((context) => context.groups)
  const reachable = contexts.flatMap(({ context }) => listAt(context, 'erreichbarkeiten'))
  const context = contexts[0]?.context
  const cells = cellsFrom({
    id: textAt(person, 'id') ?? textAt(person, 'referrer'),
    given: textAt(person, 'name', 'rufname') ?? textAt(person, 'name', 'vorname'),
    surname: textAt(person, 'name', 'familienname'),
    birth: textAt(person, 'geburt', 'datum'),
    mail: textAt(
      reachable.find((one) => /e-?mail/i.test(textAt(one, 'typ') ?? '')),
      'kennung',
    ),
    year: textAt(context, 'jahrgangsstufe'),
  })
  const left = contexts.every((one) => hasLeft(one.context, now))
  const reading = personOf(cells, {
    file: part.file,
    line,
    role: role ?? anybody,
    state: left ? 'left' : 'here',
    classes: [...new Set(groups.filter(({ group }) => group.kind === 'class').map(({ group }) => group.title))],
    groups: groups.flatMap(({ group: { id, title: label, kind } }) =>
      kind === 'class' ? [] : [{ ...(id === undefined ? {} : { id }), title: label, kind }],
    ),
    leads: groups
      .filter((one) => one.roles.some((code) => /^(KlLeit|GLeit)$/i.test(code)))
      .map(({ group }) => group.title),
    children: [],
  })
  return role === undefined ? unfit(reading, noRole(line, cells, said)) : reading
}

function noRole(line: number, { id, given, surname }: Cells, said: readonly string[]): Finding {
  const shown = said.filter((one) => one !== '').join(', ')
  const who = [given, surname].flatMap((value) => value?.text ?? []).join(' ') || 'somebody'
  const whose = id === undefined ? who : `${who} (${id.text})`
  const message = shown === '' ? `${whose} has no role` : `${show(shown)} of ${whose} is no role of SchulConneX`
  const hint =
    shown === ''
      ? 'It stands in personenkontexte, as rolle: export these, too.'
      : `Known are ${roles.map(([code]) => code).join(', ')}.`
  return { severity: 'error', line, path: 'rolle', kind: 'role', message, hint }
}

/** A time of deletion that is still to come says until when somebody is here. */
function hasLeft(context: object, now: number): boolean {
  if (/^inaktiv$/i.test(textAt(context, 'personenstatus') ?? '')) return true
  const deleted = textAt(context, 'loeschung', 'zeitpunkt') ?? ''
  return deleted !== '' && !(Date.parse(deleted) > now)
}

const kinds: Readonly<Record<string, GroupKind>> = { klasse: 'class', kurs: 'course', sonstig: 'custom' }

function groupOf(part: Part, value: object, line: number): GroupRecord | undefined {
  const label = visible(textAt(value, 'bezeichnung') ?? '')
  const id = textAt(value, 'id')
  const kind = kinds[(textAt(value, 'typ') ?? '').toLowerCase()] ?? 'custom'
  return label === ''
    ? undefined
    : { place: { file: part.file, line }, ...(id === undefined ? {} : { id }), title: label, kind, leaders: [] }
}
