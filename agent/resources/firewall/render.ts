import type { RenderedFile } from '../../engine/resource.ts'
import { fresh } from '../../nftables/transaction.ts'
import type { FirewallDesired } from './schema.ts'

/** What the box loads before its network comes up, and which number a lock of each room has in it. */
export function render({ ruleset, bridge, rooms }: FirewallDesired): readonly RenderedFile[] {
  return [
    { path: 'ruleset.json', text: `${fresh(ruleset, bridge)}\n` },
    { path: 'rooms.json', text: `${JSON.stringify(rooms)}\n` },
  ]
}
