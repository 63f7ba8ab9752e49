import type { Group, Membership } from './group.ts'
import type { Login, Person } from './person.ts'

/** Everything the box knows of people and groups, at one revision. Removed people and ended groups are in it. */
export interface Register {
  /** Grows by one with every change; a plan made from an older one is refused. */
  readonly revision: number
  readonly people: readonly Person[]
  /** Logins that people had before they were renamed; they are given to nobody else. */
  readonly formerLogins?: readonly Login[]
  readonly groups: readonly Group[]
  readonly memberships: readonly Membership[]
}
