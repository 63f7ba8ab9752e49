import type { Group, GroupId, Membership } from '../../model/group.ts'
import type { Origin, PersonId } from '../../model/person.ts'
import { firstGroupNumber } from '../../model/role-groups.ts'
import type { Cell, Store } from '../store.ts'
import { advance, groupColumns, groupOf, membershipColumns, membershipOf } from './register.ts'
import { refuseMember } from './role-members.ts'

/** Another name and title for a group that stays itself. */
export type Renaming = Pick<Group, 'id' | 'name' | 'title'>

/**
 * Groups and who belongs to them. Everybody of a role belongs to its role group without a membership of its own; the
 * memberships are all others. A group that has ended keeps its number, but its name is free again.
 */
export interface Groups {
  /** Also those that have ended; by name. */
  list(): readonly Group[]
  byId(id: GroupId): Group | undefined
  /** A living group. */
  byName(name: string): Group | undefined
  /** Several only where an id was given twice by a hand. */
  byOrigin(origin: Origin): readonly Group[]
  /** The highest gidNumber ever given; below the first when there is none. */
  highestNumber(): number
  /** Adds a group, or replaces the one with this id. The revision is the register's next. */
  put(group: Omit<Group, 'revision'>): Group
  /** @returns the group as changed; undefined when none has this id. */
  patch(id: GroupId, fields: Partial<Omit<Group, 'id' | 'revision'>>): Group | undefined
  /** Renames many at once, whatever names they pass on to one another. */
  rename(renamings: readonly Renaming[]): void
  members(group: GroupId): readonly Membership[]
  of(person: PersonId): readonly Membership[]
  /**
   * Who is a member already changes the part; what a hand has made stays a hand's.
   * @throws `AGENT_REFUSED` for somebody whose role the group is not for; then nobody has joined.
   */
  join(memberships: readonly Membership[]): void
  /** Silent about those who are no members. */
  leave(memberships: readonly Pick<Membership, 'group' | 'person'>[]): void
  /** Groups whose last change the directory does not have yet, the longest waiting first. */
  pending(limit: number): readonly Group[]
  isPending(id: GroupId): boolean
  /** The directory holds a group and its members as at this revision. */
  projected(id: GroupId, revision: number, sid: string | null): void
}

const places = groupColumns.replaceAll(/\w+/g, '?')
const updates = groupColumns
  .split(', ')
  .filter((name) => name !== 'id')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')

export function groupsTable(store: Store): Groups {
  const all = (rest: string, ...values: readonly Cell[]): readonly Group[] =>
    store.all(`select ${groupColumns} from groups ${rest}`, ...values).map(groupOf)
  const touch = (groups: Iterable<GroupId>): void => {
    for (const id of new Set(groups)) store.run('update groups set revision = ? where id = ?', advance(store), id)
  }
  return {
    list: () => all('order by name, number'),
    byId: (id) => all('where id = ?', id)[0],
    byName: (name) => all('where name = ? and ended is null', name)[0],
    byOrigin: ({ source, id }) => (id === null ? [] : all('where source = ? and origin = ?', source, id)),
    highestNumber: () =>
      Number(store.get('select max(coalesce(max(number), 0), ?) as n from groups', firstGroupNumber - 1)?.['n']),
    put(group) {
      return store.transaction(() => {
        const revision = advance(store)
        store.run(
          `insert into groups (${groupColumns}) values (${places}) on conflict (id) do update set ${updates}`,
          group.id,
          group.name,
          group.title,
          group.kind,
          group.origin?.source ?? null,
          group.origin?.id ?? null,
          group.ended,
          group.number,
          group.sid,
          revision,
        )
        return { ...group, revision }
      })
    },
    patch(id, fields) {
      return store.transaction(() => {
        const known = this.byId(id)
        return known && this.put({ ...known, ...fields })
      })
    },
    rename(renamings) {
      store.transaction(() => {
        // By way of names that no group can have: 5a becomes 6a while 6a becomes 7a.
        for (const { id } of renamings) store.run("update groups set name = '/' || id where id = ?", id)
        for (const { id, name, title } of renamings) {
          store.run('update groups set name = ?, title = ? where id = ?', name, title, id)
        }
        touch(renamings.map(({ id }) => id))
      })
    },
    members: (group) =>
      store.all(`select ${membershipColumns} from memberships where "group" = ?`, group).map(membershipOf),
    of: (person) =>
      store.all(`select ${membershipColumns} from memberships where person = ?`, person).map(membershipOf),
    join(memberships) {
      store.transaction(() => {
        for (const { group, person, part, source } of memberships) {
          refuseMember(store, group, person)
          store.run(
            `insert into memberships (${membershipColumns}) values (?, ?, ?, ?) on conflict do update set
             part = excluded.part, source = case when source is null then null else excluded.source end`,
            group,
            person,
            part,
            source,
          )
        }
        touch(memberships.map(({ group }) => group))
      })
    },
    leave(memberships) {
      store.transaction(() => {
        for (const { group, person } of memberships) {
          store.run('delete from memberships where "group" = ? and person = ?', group, person)
        }
        touch(memberships.map(({ group }) => group))
      })
    },
    pending: (limit) => all('where projected <> revision order by revision limit ?', limit),
    isPending: (id) => store.get('select 1 from groups where id = ? and projected <> revision', id) !== undefined,
    projected: (id, revision, sid) =>
      store.run('update groups set projected = ?, sid = ? where id = ?', revision, sid, id),
  }
}
