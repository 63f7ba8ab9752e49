import type { Group, Membership } from '../../model/group.ts'
import type { Login, Person } from '../../model/person.ts'
import type { Register } from '../../model/register.ts'
import type { Cell, Row, Store } from '../store.ts'

/**
 * People and groups as one thing: its revision, and all of it at once. What a row holds was parsed before it was written and
 * is guarded by the table's own checks, so rows become people and groups without being parsed again: there are thousands.
 */
export interface Registers {
  revision(): number
  /** Everything, at one revision. */
  snapshot(): Register
  /**
   * People and groups changed after a revision, with all memberships of those groups: a group changes when somebody joins
   * or leaves. Everything, when the register is younger than that: an older one was restored.
   */
  changedSince(revision: number): Register
}

export const personColumns =
  'id, login, given, surname, birth, role, source, origin, mail, state, since, locked, number, sid, revision, other_ids'
export const groupColumns = 'id, name, title, kind, source, origin, ended, number, sid, revision'
export const membershipColumns = '"group", person, part, source'

export function registersTable(store: Store): Registers {
  const people = (where: string, ...values: readonly Cell[]): readonly Person[] =>
    store.all(`select ${personColumns} from people ${where}`, ...values).map(personOf)
  const groups = (where: string, ...values: readonly Cell[]): readonly Group[] =>
    store.all(`select ${groupColumns} from groups ${where}`, ...values).map(groupOf)
  const revision = (): number => Number(store.get('select revision from register')?.['revision'])
  const formerLogins = (): readonly Login[] =>
    store.all('select login from former_logins').map((row) => row['login'] as Login)
  return {
    revision,
    snapshot: () =>
      store.transaction(() => ({
        revision: revision(),
        people: people(''),
        formerLogins: formerLogins(),
        groups: groups(''),
        memberships: store.all(`select ${membershipColumns} from memberships`).map(membershipOf),
      })),
    changedSince(after) {
      return store.transaction(() => {
        if (after > revision()) return this.snapshot()
        return {
          revision: revision(),
          people: people('where revision > ? order by revision', after),
          formerLogins: formerLogins(),
          groups: groups('where revision > ? order by revision', after),
          memberships: store
            .all(
              `select ${membershipColumns} from memberships where "group" in (select id from groups where revision > ?)`,
              after,
            )
            .map(membershipOf),
        }
      })
    },
  }
}

/** One change more. @returns the register's revision after it. */
export function advance(store: Store): number {
  return Number(store.get('update register set revision = revision + 1 returning revision')?.['revision'])
}

export function personOf(row: Row): Person {
  const others = row['other_ids'] as string | null
  return {
    id: row['id'] as Person['id'],
    login: row['login'] as Person['login'],
    given: row['given'] as string,
    surname: row['surname'] as string,
    birth: row['birth'] as string | null,
    role: row['role'] as Person['role'],
    origin: originOf(row),
    ...(others === null ? {} : { otherIds: JSON.parse(others) as Record<string, string> }),
    mail: row['mail'] as string | null,
    state: row['state'] as Person['state'],
    since: row['since'] as number,
    locked: row['locked'] === 1,
    number: row['number'] as number,
    sid: row['sid'] as string | null,
    revision: row['revision'] as number,
  }
}

export function groupOf(row: Row): Group {
  return {
    id: row['id'] as Group['id'],
    name: row['name'] as Group['name'],
    title: row['title'] as string,
    kind: row['kind'] as Group['kind'],
    origin: originOf(row),
    ended: row['ended'] as number | null,
    number: row['number'] as number,
    sid: row['sid'] as string | null,
    revision: row['revision'] as number,
  }
}

export function membershipOf(row: Row): Membership {
  return {
    group: row['group'] as Membership['group'],
    person: row['person'] as Membership['person'],
    part: row['part'] as Membership['part'],
    source: row['source'] as string | null,
  }
}

function originOf(row: Row): Person['origin'] {
  const source = row['source'] as string | null
  return source === null ? null : { source, id: row['origin'] as string | null }
}
