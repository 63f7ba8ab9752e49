import type { System } from '../../system/system.ts'
import type { FirewallStep } from './schema.ts'

/** One transaction: the kernel goes from the old rules to the new between two packets, or stays with the old. */
export async function apply(step: FirewallStep, { nftables }: System): Promise<void> {
  await nftables.run(step.commands)
}
