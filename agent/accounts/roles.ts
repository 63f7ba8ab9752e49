import type { Ledger } from '../engine/ledger.ts'
import { roleGroupEntry, roleGroups } from '../model/role-groups.ts'
import type { SchoolState } from '../model/state.ts'

/** Puts the role groups that every school has into the register, and their titles into the school's language. */
export function ensureRoleGroups(
  ledger: Pick<Ledger, 'groups' | 'transaction'>,
  language: SchoolState['school']['language'],
): void {
  const { groups } = ledger
  ledger.transaction(() => {
    for (const role of roleGroups) {
      const entry = roleGroupEntry(role, language)
      const known = groups.byId(role.id)
      if (known === undefined) groups.put(entry)
      else if (known.title !== entry.title) groups.patch(role.id, { title: entry.title })
    }
  })
}
