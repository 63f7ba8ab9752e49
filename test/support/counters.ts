import { observe } from '../../agent/resources/firewall/observe.ts'
import type { System } from '../../agent/system/system.ts'

/** Packets that the rules of this comment have counted. */
export async function counted(system: System, comment: string): Promise<number> {
  const { listing, bridge } = await observe(system)
  const chains = [listing, bridge].flatMap((table) => table?.chains ?? [])
  const rules = chains.flatMap((chain) => chain.rules).filter((rule) => rule.comment === comment)
  const packets = rules.flatMap(({ expr }) =>
    expr.flatMap((one) => (one['counter'] as { packets?: number } | undefined)?.packets ?? 0),
  )
  return packets.reduce((sum, one) => sum + one, 0)
}
