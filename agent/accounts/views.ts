import type { PersonLine, PersonView } from '../contract/account.ts'
import type { GroupLine, GroupView } from '../contract/group.ts'
import type { Ledger } from '../engine/ledger.ts'
import type { Leaving } from '../model/accounts.ts'
import type { Group, GroupId, Membership } from '../model/group.ts'
import type { Person, PersonId } from '../model/person.ts'
import { roleGroups } from '../model/role-groups.ts'
import { nextStep } from './way-out.ts'

/** People and groups as those see them who ask. */

/** What many lines share; made once for all of them. */
export interface Overview {
  /** Title of a class that lives; undefined for all other groups. */
  readonly classTitle: (group: GroupId) => string | undefined
  readonly of: (person: PersonId) => readonly Membership[]
}

/** For a few people: their memberships are asked one by one. */
export function overview({ groups }: Pick<Ledger, 'groups'>): Overview {
  const known = new Map<GroupId, string | undefined>()
  return {
    classTitle(id) {
      if (!known.has(id)) known.set(id, titleOfClass(groups.byId(id)))
      return known.get(id)
    },
    of: (person) => groups.of(person),
  }
}

/** For many: all memberships at once. */
export function wholeOverview(groups: readonly Group[], memberships: readonly Membership[]): Overview {
  const titles = new Map(groups.map((group) => [group.id, titleOfClass(group)]))
  const byPerson = Map.groupBy(memberships, ({ person }) => person)
  return { classTitle: (id) => titles.get(id), of: (person) => byPerson.get(person) ?? [] }
}

function titleOfClass(group: Group | undefined): string | undefined {
  return group?.kind === 'class' && group.ended === null ? group.title : undefined
}

export function personLine(person: Person, { classTitle, of }: Overview): PersonLine {
  const { id, login, given, surname, role, state, locked, mail } = person
  const classes = of(id).flatMap(({ group }) => classTitle(group) ?? [])
  return { id, login, given, surname, role, state, locked, mail, classes: classes.toSorted(byTitle) }
}

const byTitle = (a: string, b: string): number => a.localeCompare(b, 'de', { numeric: true })

/** @param toRoot whether the birth date is told. */
export function personView(person: Person, ledger: Ledger, leaving: Leaving, toRoot: boolean): PersonView {
  const { birth, origin, otherIds = {}, since, number, sid } = person
  const groups = ledger.groups
    .of(person.id)
    .flatMap(({ group, part }) => {
      const found = ledger.groups.byId(group)
      return found === undefined || found.ended !== null ? [] : [{ name: found.name, title: found.title, part }]
    })
    .toSorted((a, b) => byTitle(a.title, b.title))
  return {
    ...personLine(person, overview(ledger)),
    birth: toRoot ? birth : null,
    origin,
    otherIds,
    since,
    next: nextStep(person, leaving) ?? null,
    groups,
    number,
    sid,
    waiting: ledger.people.isPending(person.id),
  }
}

const everybodyOf = new Map(roleGroups.filter(({ everybody }) => everybody).map(({ id, role }) => [id, role]))

/** Memberships of every group, those of roles among them: they follow from the people. */
export function memberships(
  people: readonly Person[],
  made: readonly Membership[],
): ReadonlyMap<GroupId, readonly Membership[]> {
  const present = new Set(people.filter(({ state }) => state !== 'removed').map(({ id }) => id))
  const byGroup = new Map<GroupId, readonly Membership[]>(
    Map.groupBy(
      made.filter(({ person }) => present.has(person)),
      ({ group }) => group,
    ),
  )
  for (const [group, role] of everybodyOf) {
    const everybody = people.filter((person) => person.role === role && person.state !== 'removed')
    byGroup.set(
      group,
      everybody.map(({ id }) => ({ group, person: id, part: 'member', source: null })),
    )
  }
  return byGroup
}

export function groupLine(
  { id, name, title, kind, ended }: Group,
  members: readonly Membership[],
  person: (id: PersonId) => Person | undefined,
): GroupLine {
  const leaders = members.flatMap(({ part, person: one }) => (part === 'leader' ? (person(one)?.login ?? []) : []))
  return { id, name, title, kind, members: members.length, leaders: leaders.toSorted(), ended }
}

export function groupView(group: Group, ledger: Ledger): GroupView {
  const members = membersOf(group, ledger)
  const { origin, number, sid } = group
  return {
    ...groupLine(group, members, (id) => ledger.people.byId(id)),
    origin,
    number,
    sid,
    waiting: ledger.groups.isPending(group.id),
  }
}

export function membersOf(group: Group, ledger: Ledger): readonly Membership[] {
  const role = everybodyOf.get(group.id)
  const made = ledger.groups.members(group.id)
  if (role === undefined) return made.filter(({ person }) => ledger.people.byId(person)?.state !== 'removed')
  return memberships(ledger.people.list(), made).get(group.id) ?? []
}
