import type { Group, GroupId } from '../../model/group.ts'
import type { GroupChange, PersonChange } from '../../model/import-plan.ts'
import type { PersonId } from '../../model/person.ts'
import type { Register } from '../../model/register.ts'
import type { Match } from '../match/matching.ts'
import type { Way } from './altered.ts'
import type { Placed } from './members.ts'
import type { Words } from './words.ts'

type Moved = Extract<PersonChange, { kind: 'moved' }>

/** Classes of the register by who is in them; only what the source has said. */
export function classesByPerson(
  { groups, memberships }: Register,
  source: string,
): ReadonlyMap<PersonId, readonly Group[]> {
  const classes = new Map(
    groups.filter(({ kind, ended }) => kind === 'class' && ended === null).map((group) => [group.id, group]),
  )
  const found = new Map<PersonId, Group[]>()
  for (const { group: id, person, source: made } of memberships) {
    const group = made === source ? classes.get(id) : undefined
    if (group === undefined) continue
    const known = found.get(person)
    if (known === undefined) found.set(person, [group])
    else known.push(group)
  }
  return found
}

/** Titles of groups after the changes. */
export function titlesAfter(groups: readonly Group[], changes: readonly GroupChange[]): ReadonlyMap<GroupId, string> {
  const titles = new Map(groups.map(({ id, title }) => [id, title]))
  for (const change of changes) {
    if (change.kind === 'new') titles.set(change.id, change.title)
    if (change.kind === 'renamed') titles.set(change.id, change.after.title)
  }
  return titles
}

/** Where the pupils have gone who were in a class. */
export function waysOf(
  staying: readonly Match[],
  before: ReadonlyMap<PersonId, readonly Group[]>,
  placed: ReadonlyMap<PersonId, Placed>,
  isClass: (group: GroupId) => boolean,
  titles: ReadonlyMap<GroupId, string>,
): ReadonlyMap<PersonId, Way> {
  return new Map(
    staying.flatMap(({ person: { id, role } }) => {
      const [first] = before.get(id) ?? []
      if (role !== 'pupil' || first === undefined) return []
      const after = [...(placed.get(id)?.groups.keys() ?? [])].filter(isClass)
      const now = after.includes(first.id) ? first.id : after[0]
      return [[id, { from: first.title, to: now === undefined ? undefined : titles.get(now) }] as const]
    }),
  )
}

/**
 * A pupil who is in another class than the one theirs has become, or in none; undefined for everybody else.
 * @param loses whether a class of theirs is taken from them, and not only left out of files that say nothing of classes
 */
export function movedOf(
  { wanted, person: { id, login } }: Match,
  before: readonly Group[],
  { groups }: Placed,
  isClass: (group: GroupId) => boolean,
  titles: ReadonlyMap<GroupId, string>,
  loses: boolean,
  words: Words,
): Moved | undefined {
  if (wanted.record.role !== 'pupil' || before.length === 0) return undefined
  const after = [...groups.keys()].filter(isClass)
  const same = after.length === before.length && before.every((group) => groups.has(group.id))
  if (same || (after.length === 0 && !loses)) return undefined
  const [first] = before
  const becomes = first === undefined ? undefined : titles.get(first.id)
  const from = before.map(({ title }) => title)
  const to = after.map((group) => titles.get(group) ?? '')
  const otherwise = becomes === first?.title ? undefined : becomes
  const again = otherwise !== undefined && from.join() === to.join() ? words.again(to.join(', '), otherwise) : undefined
  const reason = after.length === 0 ? words.classless : (again ?? words.moved(otherwise))
  return {
    kind: 'moved',
    id,
    login,
    from,
    to,
    reason,
  }
}
