import type { GroupId } from '../../model/group.ts'
import type { Person, PersonId, Role } from '../../model/person.ts'
import { groupsOfOtherRoles, refuseOtherRole } from '../../model/role-groups.ts'
import type { Store } from '../store.ts'
import { advance } from './register.ts'

/** Who may be in the groups of roles: kept here, below everybody who writes the register, whichever road they come. */

/** @throws `AGENT_REFUSED` when somebody of another role would come into a group of a role. */
export function refuseMember(store: Store, group: GroupId, person: PersonId): void {
  // Rows hold what was parsed before it was written.
  const found = store.get('select login, role from people where id = ?', person) as unknown as
    | Pick<Person, 'login' | 'role'>
    | undefined
  if (found !== undefined) refuseOtherRole(group, found)
}

/** Whoever gets another role leaves the groups that are not for it. */
export function leaveOtherRoles(store: Store, person: PersonId, role: Role): void {
  for (const id of groupsOfOtherRoles(role)) {
    const left = store.get('delete from memberships where "group" = ? and person = ? returning person', id, person)
    if (left !== undefined) store.run('update groups set revision = ? where id = ?', advance(store), id)
  }
}
