import type { Group } from '../../model/group.ts'
import type { Emptied, LeavingPerson, PersonChange } from '../../model/import-plan.ts'
import { type Person, type PersonId, type Role, Role as RoleSchema } from '../../model/person.ts'
import type { SchoolState } from '../../model/state.ts'
import type { z } from 'zod'
import type { Matching } from '../match/matching.ts'
import type { Wanted } from '../match/wanted.ts'
import type { Reading } from '../read/record.ts'
import { isEmptied } from './guard.ts'
import { alphabetical } from './sort.ts'
import type { Words } from './words.ts'

/** Roles of which the files are full lists. One of whom they name nobody is not: nobody sends an empty list on purpose. */
export function coveredRoles(readings: readonly Reading[], wanted: readonly Wanted[]): readonly Role[] {
  const named = new Set(wanted.map(({ record }) => record.role))
  const covered = new Set(readings.flatMap(({ covers }) => covers))
  return RoleSchema.options.filter((role) => covered.has(role) && named.has(role))
}

/** Does this source answer for somebody with an account, and are the files a full list of such people? */
export function isManaged({ origin, state, role }: Person, source: string, covered: readonly Role[]): boolean {
  return origin?.source === source && state === 'active' && covered.includes(role)
}

/** Who is in no file, or said to have left. Not those who may be meant by an open question. */
export function leaversOf(
  people: readonly Person[],
  { matches, questions }: Matching,
  covered: readonly Role[],
  source: string,
  leaving: SchoolState['accounts']['leaving'],
  words: Words,
): readonly z.infer<typeof LeavingPerson>[] {
  const here = new Map<PersonId, Wanted>(matches.map(({ person, wanted }) => [person.id, wanted]))
  const asked = new Set(questions.flatMap(({ candidates }) => candidates.map(({ person }) => person.id)))
  return people.flatMap((person) => {
    const { id, login, role } = person
    const wanted = here.get(id)
    const saidGone = wanted?.record.left === true && person.state === 'active' && person.origin?.source === source
    const missing = wanted === undefined && !asked.has(id) && isManaged(person, source, covered)
    if (!saidGone && !missing) return []
    const state = leaving[role].tolerated > 0 ? ('tolerated' as const) : ('disabled' as const)
    return [
      {
        kind: 'leaving' as const,
        id,
        login,
        role,
        state,
        reason: saidGone ? words.saidGone : words.missing,
      } satisfies PersonChange,
    ]
  })
}

/** Roles and classes of which so many leave that the sum would hide them: measured by who of this source was there before. */
export function emptiedBy(
  leaving: readonly z.infer<typeof LeavingPerson>[],
  people: readonly Person[],
  classes: ReadonlyMap<PersonId, readonly Group[]>,
  source: string,
): readonly Emptied[] {
  const going = new Set(leaving.map(({ id }) => id))
  const roles = new Set(leaving.map(({ role }) => role))
  const before = people.filter(({ origin, state, role }) => {
    return origin?.source === source && state === 'active' && roles.has(role)
  })
  const pupils = before.filter(({ role }) => role === 'pupil')
  const members = pupils.flatMap(({ id }) => (classes.get(id) ?? []).map(({ title }) => ({ id, title })))
  const count = (some: readonly { readonly id: PersonId }[]) => ({
    leaving: some.filter(({ id }) => going.has(id)).length,
    of: some.length,
  })
  return [
    ...[...Map.groupBy(before, ({ role }) => role)]
      .map(([role, some]): Emptied => ({ role, class: null, ...count(some) }))
      .filter((one) => isEmptied(one.leaving, one.of, 'role')),
    ...[...Map.groupBy(members, ({ title }) => title)]
      .map(([title, some]): Emptied => ({ role: 'pupil', class: title, ...count(some) }))
      .filter((one) => isEmptied(one.leaving, one.of, 'class'))
      .toSorted((a, b) => alphabetical.compare(a.class ?? '', b.class ?? '')),
  ]
}
