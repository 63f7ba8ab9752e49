import type { Difference } from '../../nftables/compare.ts'
import type { Listing } from '../../nftables/listing.ts'
import type { Ruleset } from '../../nftables/ruleset.ts'
import type { Firewall } from '../../nftables/schema.ts'

/** Our tables, of family inet and of family bridge, are called so; whatever else is in force belongs to somebody else. */
export const table = 'iserv'

/** A locked room, by the number its packets carry. */
export interface DesiredLock {
  readonly room: string
  readonly number: number
  /** Milliseconds since the epoch; null: until unlocked. */
  readonly until: number | null
}

export interface FirewallDesired {
  /** Of what the school reads. */
  readonly language: 'de' | 'en'
  readonly firewall: Firewall
  /** For packets. */
  readonly ruleset: Ruleset
  /** For frames. */
  readonly bridge: Ruleset
  /** Every room that can be locked. */
  readonly rooms: Readonly<Record<string, number>>
  readonly locks: readonly DesiredLock[]
}

export interface FirewallActual {
  /** Our table for packets; undefined when it is not there. */
  readonly listing: Listing | undefined
  /** Our table for frames. */
  readonly bridge: Listing | undefined
  /** Tables of others: `ip filter`. */
  readonly foreign: readonly string[]
  /** When the kernel was asked: milliseconds since the epoch. */
  readonly at: number
}

/** One transaction for libnftables, and what it changes in words. */
export type FirewallStep =
  | { readonly kind: 'replace'; readonly changes: readonly Difference[]; readonly commands: string }
  | { readonly kind: 'locks'; readonly changes: readonly Difference[]; readonly commands: string }
