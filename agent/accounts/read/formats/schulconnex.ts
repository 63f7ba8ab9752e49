import type { GroupKind } from '../../../model/group.ts'
import type { Role } from '../../../model/person.ts'
import type { Format } from '../format.ts'
import { visible } from '../garbled.ts'
import { type Json, listAt, readJson, textAt, valueAt } from '../json.ts'
import type { Part } from '../part.ts'
import { cellsFrom, personOf, type PersonReading } from '../person.ts'
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
    ['state', 'personenstatus Inaktiv, and what has a time of deletion, has left'],
  ],
  fits: ({ kind, text }) => kind === 'json' && /"personenkontexte?"/.test(text) && /"(person|personen)"/.test(text),
  read: (parts) => parts.map(read),
}

interface Context {
  readonly person: object
  readonly context: object
  readonly groups: readonly { readonly group: GroupRecord; readonly roles: readonly string[] }[]
}

function read(part: Part): Reading {
  const json = readJson(part.text)
  const mapped = columns.map(([field, from]) => ({ name: from, field }))
  if ('severity' in json) return readingOf(part, { name, title }, { mapped, findings: [json], rows: 1 })
  const contexts = Array.isArray(json.value) ? nested(part, json) : flat(part, json)
  const people = Map.groupBy(contexts, ({ person }) => person)
  const readings = [...people].map(([person, own]) => personIn(part, json, person, own))
  const groups = new Map(
    contexts.flatMap((context) => context.groups).map(({ group }) => [group.id ?? group.title, group]),
  )
  return readingOf(
    part,
    { name, title },
    {
      mapped,
      people: readings.flatMap(({ person }) => person ?? []),
      groups: [...groups.values()],
      findings: readings.flatMap(({ findings }) => findings),
      rows: readings.length,
    },
  )
}

/** Four lists that name one another's ids. */
function flat(part: Part, { value, lineOf }: Json): readonly Context[] {
  const groups = new Map(listAt(value, 'gruppen').map((one) => [textAt(one, 'id'), groupOf(part, one, lineOf(one))]))
  const members = Map.groupBy(listAt(value, 'gruppenzugehoerigkeiten'), (one) => textAt(one, 'ktid'))
  const contexts = Map.groupBy(
    listAt(value, 'personenkontexte'),
    (one) => textAt(one, 'person') ?? textAt(one, 'personid') ?? textAt(one, 'pid'),
  )
  return listAt(value, 'personen').flatMap((person) => {
    const own = contexts.get(textAt(person, 'id')) ?? listAt(person, 'personenkontexte')
    return (own.length === 0 ? [{}] : own).map((context) => ({
      person,
      context,
      groups: (members.get(textAt(context, 'id') ?? '') ?? []).flatMap((one) => {
        const group = groups.get(textAt(one, 'gruppe') ?? textAt(one, 'gruppenid') ?? textAt(one, 'grupid'))
        return group === undefined ? [] : [{ group, roles: words(one, 'rollen') }]
      }),
    }))
  })
}

/** Each person with its contexts, each context with its groups. */
function nested(part: Part, { value, lineOf }: Json): readonly Context[] {
  return (Array.isArray(value) ? value : []).flatMap((entry: unknown) => {
    const person = valueAt(entry, 'person')
    if (typeof person !== 'object' || person === null) return []
    return listAt(entry, 'personenkontexte').map((context) => ({
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

function personIn(part: Part, { lineOf }: Json, person: object, contexts: readonly Context[]): PersonReading {
  const line = lineOf(person)
  const said = contexts.map(({ context }) => textAt(context, 'rolle') ?? '')
  const role = roles.find(([code]) => said.some((one) => one.toLowerCase() === code))?.[1]
  if (role === undefined) {
    const shown = said.filter((one) => one !== '').join(', ')
    const message = shown === '' ? 'somebody here has no role' : `"${shown}" is no role of SchulConneX`
    return { findings: [{ severity: 'error', line, path: 'rolle', kind: 'role', message }] }
  }
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
  const left = contexts.every((one) => hasLeft(one.context))
  return personOf(cells, {
    file: part.file,
    line,
    role,
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
}

function hasLeft(context: object): boolean {
  return (
    /^inaktiv$/i.test(textAt(context, 'personenstatus') ?? '') ||
    textAt(context, 'loeschung', 'zeitpunkt') !== undefined
  )
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
