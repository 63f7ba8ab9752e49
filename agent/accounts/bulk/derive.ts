import type { Group, GroupId } from '../../model/group.ts'
import type { Person, PersonId } from '../../model/person.ts'
import { roleGroupOf, roleGroups } from '../../model/role-groups.ts'
import { groupEntry, personEntry } from './entry.ts'
import type { AddWrite, ChangeWrite, DirectoryWrite, MembersWrite, RemoveWrite } from './write.ts'

/** From what the register holds to what is to be written. Pure: the same again gives the same writes. */

/** A write and whose it is. */
export interface GroupTask {
  readonly group: Group
  readonly write: AddWrite | ChangeWrite | RemoveWrite
}

export interface PersonTask {
  readonly person: Person
  readonly write: AddWrite | ChangeWrite | RemoveWrite
}

/**
 * Groups: first those that end, for their names may be wanted; then the renamed ones, the highest class first, so that
 * each finds its new name free (10a is 11a before 9a becomes 10a); then the new ones.
 */
export function groupTasks(groups: readonly Group[], domain: string): readonly GroupTask[] {
  const living = groups.filter(({ ended }) => ended === null)
  return [
    ...groups.flatMap((group): GroupTask[] =>
      group.ended === null || group.sid === null ? [] : [{ group, write: { op: 'remove', sid: group.sid } }],
    ),
    ...living
      .toSorted((one, other) => other.name.localeCompare(one.name, 'en', { numeric: true }))
      .flatMap((group): GroupTask[] =>
        group.sid === null ? [] : [{ group, write: { op: 'change', sid: group.sid, ...groupEntry(group, domain) } }],
      ),
    ...living.flatMap((group): GroupTask[] =>
      group.sid === null ? [{ group, write: { op: 'add', ...groupEntry(group, domain), password: null } }] : [],
    ),
  ]
}

/**
 * People: first those who are removed, then changes, then the new ones.
 * @param roleSid SID of a role group in the directory.
 * @param password of somebody who has no account yet.
 */
export function personTasks(
  people: readonly Person[],
  domain: string,
  roleSid: (group: GroupId) => string | null,
  password: (person: Person) => Pick<AddWrite, 'password' | 'group'>,
): readonly PersonTask[] {
  const staying = people.filter(({ state }) => state !== 'removed')
  return [
    ...people.flatMap((person): PersonTask[] =>
      person.state !== 'removed' || person.sid === null ? [] : [{ person, write: { op: 'remove', sid: person.sid } }],
    ),
    ...staying.flatMap((person): PersonTask[] => {
      if (person.sid === null) return []
      const groups = rolesOf(person, roleSid)
      return [{ person, write: { op: 'change', sid: person.sid, ...personEntry(person, domain), groups } }]
    }),
    ...staying.flatMap((person): PersonTask[] =>
      person.sid === null
        ? [{ person, write: { op: 'add', ...personEntry(person, domain), ...password(person) } }]
        : [],
    ),
  ]
}

/** Everybody is in the group of their role and of no other. */
function rolesOf({ role }: Person, roleSid: (group: GroupId) => string | null): Readonly<Record<string, boolean>> {
  const own = roleGroupOf(role).id
  return Object.fromEntries(
    roleGroups.flatMap(({ id, everybody }) => {
      const sid = roleSid(id)
      return sid === null || !everybody ? [] : [[sid, id === own]]
    }),
  )
}

/** New people join the groups of their roles, many at once. */
export function roleJoins(
  added: readonly { readonly person: Person; readonly sid: string }[],
  roleSid: (group: GroupId) => string | null,
): readonly MembersWrite[] {
  const byRole = Map.groupBy(added, ({ person }) => person.role)
  return [...byRole].flatMap(([role, some]): MembersWrite[] => {
    const sid = roleSid(roleGroupOf(role).id)
    return sid === null ? [] : [{ op: 'members', sid, join: some.map((one) => one.sid) }]
  })
}

const byRoleOnly = new Set<string>(roleGroups.filter(({ everybody }) => everybody).map(({ id }) => id))

/** The members of groups by name; those of roles follow from the people. */
export function memberWrites(
  groups: readonly Group[],
  membersOf: (group: GroupId) => readonly PersonId[],
  sidOf: (person: PersonId) => string | null,
): ReadonlyMap<DirectoryWrite, Group> {
  return new Map(
    groups
      .filter(({ id, sid, ended }) => sid !== null && ended === null && !byRoleOnly.has(id))
      .map((group) => [
        { op: 'members', sid: group.sid ?? '', exactly: membersOf(group.id).flatMap((one) => sidOf(one) ?? []) },
        group,
      ]),
  )
}
