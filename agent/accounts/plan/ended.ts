import type { GroupId, Membership } from '../../model/group.ts'
import type { GroupChange, MembershipChange } from '../../model/import-plan.ts'
import type { Person, PersonId } from '../../model/person.ts'
import type { Register } from '../../model/register.ts'
import type { Match } from '../match/matching.ts'
import type { Words } from './words.ts'

export interface EndedInput {
  readonly register: Register
  readonly changes: readonly MembershipChange[]
  readonly going: ReadonlySet<PersonId>
  readonly displaced: ReadonlyMap<GroupId, string>
  /** Groups in which somebody is by the files. */
  readonly used: ReadonlySet<GroupId>
  readonly source: string
  readonly words: Words
}

/** Who is on the way out after an import: they are in their groups still, and keep none alive. */
export function goingOf(
  people: readonly Person[],
  staying: readonly Match[],
  leaving: readonly { readonly id: PersonId }[],
): ReadonlySet<PersonId> {
  const here = new Set(staying.map(({ person }) => person.id))
  const before = people.filter(({ id, state }) => state !== 'active' && !here.has(id))
  return new Set([...before, ...leaving].map(({ id }) => id))
}

/**
 * Groups of the source that end: that the files no longer name and whose last pupil (of classes and years) or member leaves, or whose name goes to another.
 * Whom a hand has put into a group keeps it alive.
 */
export function endedGroups({
  register: { groups, memberships, people },
  changes,
  going,
  displaced,
  used,
  source,
  words,
}: EndedInput): readonly GroupChange[] {
  const leaves = changes.filter(({ kind }) => kind === 'leave')
  const gone = new Set(leaves.map(({ group, person }) => `${group} ${person}`))
  const lost = memberships.filter((one) => one.source === source && going.has(one.person))
  const left = new Set([...leaves, ...lost].map(({ group }) => group))
  const roles = new Map(people.map(({ id, role }) => [id, role]))
  const kinds = new Map(groups.map(({ id, kind }) => [id, kind]))
  const keeps = ({ group, person, source: made }: Membership): boolean => {
    const kind = kinds.get(group)
    return (
      made === null || (!going.has(person) && ((kind !== 'class' && kind !== 'year') || roles.get(person) === 'pupil'))
    )
  }
  const staying = memberships.filter(
    (one) => left.has(one.group) && keeps(one) && !gone.has(`${one.group} ${one.person}`),
  )
  const alive = new Set([...used, ...staying.map(({ group }) => group)])
  return groups.flatMap(({ id, name, origin, ended }): readonly GroupChange[] => {
    if (ended !== null || origin?.source !== source) return []
    const by = displaced.get(id)
    if (by === undefined && (!left.has(id) || alive.has(id))) return []
    return [{ kind: 'ended', id, name, reason: by === undefined ? words.group.ended : words.group.displaced(by) }]
  })
}
