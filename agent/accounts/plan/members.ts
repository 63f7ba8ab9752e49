import type { GroupId, GroupKind, Membership } from '../../model/group.ts'
import type { MembershipChange } from '../../model/import-plan.ts'
import type { PersonId, Role } from '../../model/person.ts'
import { familyOf } from '../match/names.ts'

/** Somebody of the files with the groups that the files say. */
export interface Placed {
  readonly id: PersonId
  readonly role: Role
  readonly groups: ReadonlyMap<GroupId, 'member' | 'leader'>
}

export interface MembersInput {
  readonly memberships: readonly Membership[]
  readonly placed: readonly Placed[]
  readonly source: string
  readonly kindOf: (group: GroupId) => GroupKind | undefined
}

/**
 * Who joins and leaves which group. Only what this source has said is taken back, and only in kinds of groups of which it says something: a
 * list without courses ends no course. What a hand has made stays, and whoever leaves keeps everything until they are removed: a
 * mistake in a list costs nobody the groups. Who is at the primary level follows from year and class: wherever files say one.
 */
export function membersOf({ memberships, placed, source, kindOf }: MembersInput): readonly MembershipChange[] {
  const told = new Set(
    placed.flatMap((one) => [...one.groups.keys()].map((group) => `${familyOf(one)} ${kindOf(group)}`)),
  )
  const byPerson = Map.groupBy(memberships, ({ person }) => person)
  const changes: MembershipChange[] = []
  for (const one of placed) {
    const current = new Map((byPerson.get(one.id) ?? []).map((membership) => [membership.group, membership]))
    for (const [group, part] of one.groups) {
      const known = current.get(group)
      if (known === undefined || (known.source === source && known.part !== part))
        changes.push({ kind: 'join', group, person: one.id, part })
    }
    const kinds = new Set([...one.groups.keys()].map(kindOf))
    const classStays = [...current.values()].every(
      ({ group, source: made }) => made !== source || kindOf(group) !== 'class' || one.groups.has(group),
    )
    for (const known of current.values()) {
      // Whose class is the same is still in its year, also when no file of today says so.
      if (kindOf(known.group) === 'year' && !kinds.has('year') && classStays) continue
      const said =
        kindOf(known.group) === 'role'
          ? one.role !== 'pupil' || kinds.has('class') || kinds.has('year')
          : told.has(`${familyOf(one)} ${kindOf(known.group)}`)
      if (known.source === source && said && !one.groups.has(known.group)) changes.push(leave(known))
    }
  }
  return changes
}

const leave = ({ group, person, part }: Membership): MembershipChange => ({ kind: 'leave', group, person, part })
