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
import { type Described, uniqueTitles } from '../titles.ts'

const name = 'schulconnex'
const title = 'SchulConneX (JSON)'

const columns = [
  ['id', 'person.id, else pid'],
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
    'Either lists "personen", "personenkontexte", "gruppen" and "gruppenzugehoerigkeiten" in one object, or a list of people (or one), ' +
    'each with "person", or its fields, and "personenkontexte" and the groups in these; the id stands in "person" or beside it.',
  reads: [
    ...columns.slice(0, 4),
    ['role', 'rolle: Lern, Lehr and Leit, SorgBer, Extern; OrgAdmin, SysAdmin, SchB and NLehr are staff'],
    ...columns.slice(5),
    ['class', 'groups of type Klasse'],
    ['groups', 'groups of type Kurs and Sonstig'],
    ['leads', 'KlLeit and GLeit in a group'],
    ['state', 'personenstatus Inaktiv, and whose loeschung.zeitpunkt is past, has left'],
  ],
  fits: ({ kind, text }) =>
    kind === 'json' && /"personenkontexte?"/.test(text) && /"(person|personen|familienname)"/.test(text),
  read: (parts, { now }) => parts.map((part) => read(part, now)),
}

interface Context {
  readonly person: Somebody
  readonly context: object
  readonly groups: readonly { readonly group: Described; readonly roles: readonly string[] }[]
}

/** Producers write the id into the person, or as `pid` beside it. */
interface Somebody {
  readonly person: object
  readonly id: string | undefined
}

function read(part: Part, now: number): Reading {
  const json = readJson(part.text)
  const mapped = columns.map(([field, from]) => ({ name: from, field }))
  if ('severity' in json) return readingOf(part, { name, title }, { mapped, findings: [json], rows: 1 })
  const entries = nestedEntries(json.value)
  const contexts = entries === undefined ? flat(part, json) : nested(part, json, entries)
  const { groups, findings: sameTitles } = uniqueTitles(
    contexts.flatMap((context) => context.groups).map(({ group }) => group),
  )
  const people = Map.groupBy(contexts, ({ person }) => person)
  const readings = [...people]
    .slice(0, mostPeople + 1)
    .map(([person, own]) => personIn(part, json, person, own, groups, now))
  const { faulty, findings, people: read } = peopleOf(readings)
  return readingOf(
    part,
    { name, title },
    {
      mapped,
      people: read,
      faulty,
      groups: [...groups.values()],
      findings: [...findings, ...sameTitles, ...(entries === undefined ? lost(json) : [])],
      rows: readings.length,
    },
  )
}

/** A list of people, or one, each with all that is theirs; undefined for lists that name one another's ids. */
function nestedEntries(value: unknown): readonly object[] | undefined {
  const whole = Array.isArray(value) ? listAt({ value }, 'value') : undefined
  if (whole !== undefined) return whole
  if (isObject(valueAt(value, 'person'))) return [value as object]
  const people = listAt(value, 'personen')
  return people.length > 0 && people.every((one) => isObject(valueAt(one, 'person'))) && contextsOf(value).length === 0
    ? people
    : undefined
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const contextsOf = (value: unknown): readonly object[] => listAt(value, 'personenkontexte')

/** The person of an entry, with its id wherever it stands. */
function somebodyIn(entry: object): Somebody {
  const inner = valueAt(entry, 'person')
  const person = isObject(inner) ? inner : entry
  const ids = [textAt(person, 'id'), textAt(person, 'pid'), textAt(entry, 'pid'), textAt(entry, 'id')]
  return { person, id: [...ids, textAt(person, 'referrer')].find((id) => id !== undefined && id !== '') }
}

/** Four lists that name one another's ids. */
function flat(part: Part, { value, lineOf }: Json): readonly Context[] {
  const groups = new Map(listAt(value, 'gruppen').map((one) => [textAt(one, 'id'), groupOf(part, one, lineOf(one))]))
  const members = Map.groupBy(listAt(value, 'gruppenzugehoerigkeiten'), (one) => textAt(one, 'ktid'))
  const contexts = Map.groupBy(contextsOf(value), personOfContext)
  return listAt(value, 'personen').flatMap((entry) => {
    const person = somebodyIn(entry)
    const own = contexts.get(person.id) ?? contextsOf(entry)
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
  const within = listAt(value, 'personen').flatMap(contextsOf)
  const contexts = ids('personenkontexte').union(new Set(within.map((one) => textAt(one, 'id'))))
  const people = new Set(listAt(value, 'personen').map((one) => somebodyIn(one).id))
  const groups = ids('gruppen')
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
function nested(part: Part, { lineOf }: Json, entries: readonly object[]): readonly Context[] {
  return entries.flatMap((entry) => {
    const person = somebodyIn(entry)
    if (!isObject(valueAt(person.person, 'name'))) return []
    const own = contextsOf(entry)
    return (own.length === 0 ? [{}] : own).map((context) => ({
      person,
      context,
      groups: listAt(context, 'gruppen').flatMap((one) => {
        const inner = valueAt(one, 'gruppe')
        const group = isObject(inner) ? groupOf(part, inner, lineOf(one)) : undefined
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
  { person, id }: Somebody,
  contexts: readonly Context[],
  known: ReadonlyMap<string, GroupRecord>,
  now: number,
): PersonReading {
  const line = lineOf(person)
  const said = contexts.map(({ context }) => textAt(context, 'rolle') ?? '')
  const role = roles.find(([code]) => said.some((one) => one.toLowerCase() === code))?.[1]
  const groups = contexts
    .flatMap((context) => context.groups)
    .map(({ group, roles: held }) => ({ group: known.get(group.key) ?? group, roles: held }))
  const reachable = contexts.flatMap(({ context }) => listAt(context, 'erreichbarkeiten'))
  const context = contexts[0]?.context
  const cells = cellsFrom({
    id,
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
    groups: groups.flatMap(({ group: { id: own, title: label, kind } }) =>
      kind === 'class' ? [] : [{ ...(own === undefined ? {} : { id: own }), title: label, kind }],
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

function groupOf(part: Part, value: object, line: number): Described | undefined {
  const label = visible(textAt(value, 'bezeichnung') ?? '')
  const id = textAt(value, 'id')
  const kind = kinds[(textAt(value, 'typ') ?? '').toLowerCase()] ?? 'custom'
  const school = textAt(value, 'organisation', 'name') ?? textAt(value, 'orgid') ?? ''
  return label === ''
    ? undefined
    : {
        place: { file: part.file, line },
        ...(id === undefined ? {} : { id }),
        key: id ?? `${kind} ${label}`,
        title: label,
        kind,
        leaders: [],
        marks: [school],
      }
}
