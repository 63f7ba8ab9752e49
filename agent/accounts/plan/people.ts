import type { PersonChange, PersonFields } from '../../model/import-plan.ts'
import { idIn, type Person, type PersonId } from '../../model/person.ts'
import type { SchoolState } from '../../model/state.ts'
import { isForeign, type Match } from '../match/matching.ts'
import { exactName, familyOf } from '../match/names.ts'
import type { Wanted } from '../match/wanted.ts'
import { loginsFor } from '../login/make.ts'
import { newPersonId } from './identity.ts'
import { type Language, roles, type Words } from './words.ts'

type NewPerson = Extract<PersonChange, { kind: 'new' }>
type ChangedPerson = Extract<PersonChange, { kind: 'changed' }>

export interface Newcomers {
  readonly changes: readonly NewPerson[]
  readonly ids: ReadonlyMap<Wanted, PersonId>
}

/**
 * Accounts for people whom nobody knows.
 * @param mailOf a mail address that nobody else has
 */
export function newcomers(
  fresh: readonly Wanted[],
  people: readonly Person[],
  rule: SchoolState['accounts']['login'],
  taken: Iterable<string>,
  source: string,
  mailOf: (one: Wanted) => string | null,
  reasonOf: (one: Wanted) => string,
): Newcomers {
  const given = new Set<string>(people.map(({ id }) => id))
  const ids = new Map(fresh.map((one) => [one, newPersonId([source, ...wordsOf(one)], given)]))
  const logins = loginsFor(
    rule,
    fresh.map(({ record }, index) => ({
      given: record.given,
      surname: record.surname,
      birth: record.birth ?? null,
      key: `${familyOf(record)} ${record.id ?? index}`,
      ...(record.wishedLogin === undefined ? {} : { wished: record.wishedLogin }),
    })),
    taken,
  )
  const changes = fresh.flatMap((one, index): readonly NewPerson[] => {
    const login = logins[index]
    const id = ids.get(one)
    if (login === undefined || id === undefined) throw new TypeError('everybody who is new has an id and a login')
    const { record } = one
    const fields: PersonFields = {
      given: record.given,
      surname: record.surname,
      birth: record.birth ?? null,
      role: record.role,
      origin: { source, id: record.id ?? null },
      mail: mailOf(one),
    }
    return [
      { kind: 'new', id, login, fields, wishedPassword: record.wishedPassword !== undefined, reason: reasonOf(one) },
    ]
  })
  return { changes, ids }
}

function wordsOf({ record }: Wanted): readonly string[] {
  const family = familyOf(record)
  if (record.id !== undefined) return [family, 'id', record.id]
  return [family, 'name', exactName(record), record.birth ?? '', record.mail ?? '', ...record.classes]
}

/** What the file changes in somebody known; undefined when nothing. */
export function changeOf(
  found: Match,
  source: string,
  mail: string | null,
  language: Language,
  words: Words,
): ChangedPerson | undefined {
  const {
    wanted: { record },
    person,
    ground,
  } = found
  const before: PersonFields = fieldsOf(person)
  if (isForeign(found, source)) return knownHere(person, before, source, record.id, words)
  const after: PersonFields = {
    given: record.given,
    surname: record.surname,
    birth: record.birth ?? person.birth,
    // Who was made an administrator by hand stays one, whatever the list of teachers says.
    role: person.role === 'administrator' ? person.role : record.role,
    origin: { source, id: record.id ?? idIn(person, source) },
    ...othersThan(source, person),
    mail: mail ?? person.mail,
  }
  const reasons = reasonsOf(before, after, language, words)
  if (reasons.length === 0) return undefined
  const confirmed = ground === 'confirmed' ? [words.confirmed] : []
  return {
    kind: 'changed',
    id: person.id,
    login: person.login,
    before,
    after,
    reason: [...reasons, ...confirmed].join('; '),
  }
}

/** Somebody of another source: only the id of this one is kept, so that names need not find them again. */
function knownHere(
  { id, login, otherIds }: Person,
  before: PersonFields,
  source: string,
  here: string | undefined,
  words: Words,
): ChangedPerson | undefined {
  if (here === undefined || otherIds?.[source] === here) return undefined
  const after = { ...before, otherIds: { ...otherIds, [source]: here } }
  return { kind: 'changed', id, login, before, after, reason: words.knownHere(here) }
}

/** What other sources call somebody who is this one's from now on. */
function othersThan(source: string, { origin, otherIds }: Person): Pick<PersonFields, 'otherIds'> {
  const before = origin === null || origin.id === null ? {} : { [origin.source]: origin.id }
  const { [source]: _, ...others } = { ...otherIds, ...before }
  return otherIds === undefined && Object.keys(others).length === 0 ? {} : { otherIds: others }
}

export function fieldsOf({ given, surname, birth, role, origin, otherIds, mail }: Person): PersonFields {
  return { given, surname, birth, role, origin, ...(otherIds === undefined ? {} : { otherIds }), mail }
}

function reasonsOf(before: PersonFields, after: PersonFields, language: Language, words: Words): readonly string[] {
  const { field, none, date } = words
  const told: readonly (readonly [keyof typeof field, string, string])[] = [
    ['given', before.given, after.given],
    ['surname', before.surname || none, after.surname || none],
    ['birth', before.birth === null ? none : date(before.birth), after.birth === null ? none : date(after.birth)],
    ['role', roles[language][before.role], roles[language][after.role]],
    ['mail', before.mail ?? none, after.mail ?? none],
  ]
  const reasons = told.filter(([, one, other]) => one !== other).map(([name, one, other]) => field[name](one, other))
  if (before.origin === null) return [...reasons, words.byHand]
  const ids = [before.origin.id ?? none, after.origin?.id ?? none] as const
  const moved = ids[0] !== ids[1] || before.origin.source !== after.origin?.source
  return moved ? [...reasons, field.origin(ids[0], ids[1])] : reasons
}

/** Who is in the files again. */
export function returningOf(found: Match, source: string, words: Words): PersonChange | undefined {
  const { id, login, state } = found.person
  if (state === 'active' || isForeign(found, source)) return undefined
  return { kind: 'returning', id, login, before: state, reason: words.back(state) }
}
