import type { Ledger } from '../engine/ledger.ts'

/**
 * Names that no new person and no new group can have: every login that was ever given, and every living group's name. The
 * directory keeps one list of both.
 */
export function takenNames({ people, groups }: Ledger): ReadonlySet<string> {
  return new Set<string>([
    ...people.logins(),
    ...groups
      .list()
      .filter(({ ended }) => ended === null)
      .map(({ name }) => name),
  ])
}
