import type { Ledger } from '../../engine/ledger.ts'
import type { Group, Membership } from '../../model/group.ts'
import type { ImportPlan, PersonChange, PersonFields } from '../../model/import-plan.ts'
import type { Person, PersonId } from '../../model/person.ts'
import type { Numbers, Wanting } from '../numbers.ts'

/** What the register held before an import, as far as the import changed it: enough to take it back. */
export interface Before {
  readonly people: readonly Person[]
  readonly groups: readonly Group[]
  /** Memberships that the import changed or ended. */
  readonly memberships: readonly Membership[]
  /** What was not there at all. */
  readonly added: {
    readonly people: readonly Person['id'][]
    readonly groups: readonly Group['id'][]
    readonly memberships: readonly Pick<Membership, 'group' | 'person'>[]
  }
}

type Change<Kind extends PersonChange['kind']> = Extract<PersonChange, { kind: Kind }>

/** Whom a plan makes, in the order in which `enterPlan` wants their numbers. */
export function newcomers({ people, groups }: ImportPlan): Wanting {
  return {
    people: people.flatMap((change) => (change.kind === 'new' ? [change.id] : [])),
    groups: groups.flatMap((change) => (change.kind === 'new' ? [change.id] : [])),
  }
}

/**
 * Writes a plan into the register. Call it within a transaction: it is all or nothing.
 * @param now milliseconds since the epoch
 * @returns what was there before
 */
export function enterPlan(plan: ImportPlan, ledger: Ledger, numbers: Numbers, now: number): Before {
  const before = beforeOf(plan, ledger)
  enterGroups(plan, ledger, numbers.groups, now)
  enterPeople(plan, ledger, numbers.people, now)
  const { memberships, source } = plan
  ledger.groups.leave(memberships.filter(({ kind }) => kind === 'leave'))
  ledger.groups.join(
    memberships
      .filter(({ kind }) => kind === 'join')
      .map(({ group, person, part }) => ({ group, person, part, source })),
  )
  return before
}

function beforeOf(plan: ImportPlan, { people, groups }: Ledger): Before {
  const known = new Map<string, Membership>()
  for (const id of new Set(plan.memberships.map(({ person }) => person))) {
    for (const one of groups.of(id)) known.set(`${one.group} ${id}`, one)
  }
  const changed = plan.memberships.map((one) => ({ one, was: known.get(`${one.group} ${one.person}`) }))
  return {
    people: [
      ...new Set(plan.people.filter(({ kind }) => kind !== 'new' && kind !== 'moved').map(({ id }) => id)),
    ].flatMap((id) => people.byId(id) ?? []),
    groups: plan.groups.filter(({ kind }) => kind !== 'new').flatMap(({ id }) => groups.byId(id) ?? []),
    memberships: changed.flatMap(({ was }) => was ?? []),
    added: {
      ...newcomers(plan),
      memberships: changed
        .filter(({ one, was }) => one.kind === 'join' && was === undefined)
        .map(({ one: { group, person } }) => ({ group, person })),
    },
  }
}

/** First those that end, for others may want their names; renames all at once; then what comes. */
function enterGroups(
  { groups: changes, source }: ImportPlan,
  { groups }: Ledger,
  numbers: readonly number[],
  now: number,
) {
  for (const change of changes) if (change.kind === 'ended') groups.patch(change.id, { ended: now })
  const renamed = changes.filter((change) => change.kind === 'renamed')
  groups.rename(renamed.map(({ id, after }) => ({ id, ...after })))
  for (const { id, origin } of renamed) if (origin?.source === source) groups.patch(id, { origin })
  for (const change of changes) {
    if (change.kind === 'revived') groups.patch(change.id, { ended: null, name: change.name })
  }
  for (const [index, change] of changes.filter(({ kind }) => kind === 'new').entries()) {
    if (change.kind !== 'new') continue
    const { id, name, title, groupKind, origin } = change
    groups.put({ id, name, title, kind: groupKind, origin, ended: null, number: numberAt(numbers, index), sid: null })
  }
}

function enterPeople(
  { people: changes }: ImportPlan,
  { people }: Ledger,
  numbers: readonly number[],
  now: number,
): void {
  const changed = changes.filter((change): change is Change<'changed'> => change.kind === 'changed')
  // Addresses may go from one to another, even in rings.
  for (const { id, before, after } of changed) if (before.mail !== after.mail) people.patch(id, { mail: null })
  for (const { id, before, after } of changed) people.patch(id, differing(before, after))
  for (const change of changes) {
    if (change.kind === 'leaving') people.patch(change.id, { state: change.state, since: now })
    if (change.kind === 'returning') people.patch(change.id, { state: 'active', since: now })
  }
  for (const [index, change] of changes.filter(({ kind }) => kind === 'new').entries()) {
    if (change.kind !== 'new') continue
    const { id, login, fields } = change
    const number = numberAt(numbers, index)
    people.put({ id, login, ...fields, state: 'active', since: now, locked: false, number, sid: null })
  }
}

/** Only what a plan changes: what else stands in it may have been left out for who read it. */
function differing(before: PersonFields, after: PersonFields): Partial<PersonFields> {
  const same = (field: keyof PersonFields): boolean => JSON.stringify(before[field]) === JSON.stringify(after[field])
  return Object.fromEntries(Object.entries(after).filter(([field]) => !same(field as keyof PersonFields)))
}

function numberAt(numbers: readonly number[], index: number): number {
  const number = numbers[index]
  if (number === undefined) throw new TypeError(`there are ${numbers.length} numbers, and one more is wanted`)
  return number
}

/**
 * Takes an import back. Call it within a transaction. People who came with it are removed and keep their numbers, like
 * everybody who was ever removed; everything else is as it was.
 * @param now milliseconds since the epoch
 */
export function takeBack(before: Before, { people, groups, firstPasswords }: Ledger, now: number): void {
  const { added } = before
  groups.leave(added.memberships)
  for (const id of added.people) people.patch(id, { state: 'removed', since: now, mail: null })
  firstPasswords.forget(added.people)
  for (const id of added.groups) groups.patch(id, { ended: now })

  const living = before.groups.filter(({ ended }) => ended === null)
  for (const { id, ended } of before.groups) if (ended !== null) groups.patch(id, { ended })
  groups.rename(living.map(({ id, name, title }) => ({ id, name, title })))
  for (const { id, origin } of living) groups.patch(id, { ended: null, origin })

  for (const { id } of before.people) people.patch(id, { mail: null })
  for (const { id, given, surname, birth, role, origin, otherIds = {}, mail, state, since } of before.people) {
    people.patch(id, { given, surname, birth, role, origin, otherIds, mail, state, since })
  }
  groups.leave(before.memberships)
  groups.join(before.memberships)
}

/** Everybody whose account an import touched. */
export function concerned({ people, memberships, added }: Before): ReadonlySet<PersonId> {
  return new Set([
    ...people.map(({ id }) => id),
    ...added.people,
    ...memberships.map(({ person }) => person),
    ...added.memberships.map(({ person }) => person),
  ])
}
