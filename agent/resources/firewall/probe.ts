import type { Finding } from '../../engine/resource.ts'
import type { System } from '../../system/system.ts'
import { claimSets } from '../../nftables/bridge.ts'
import { judge } from './judge.ts'
import { observeFrames } from './observe.ts'
import type { FirewallDesired } from './schema.ts'

const switches = [
  ['/proc/sys/net/ipv4/ip_forward', 'IPv4'],
  ['/proc/sys/net/ipv6/conf/all/forwarding', 'IPv6'],
] as const

/** Rules alone carry nothing: the kernel must forward, nobody else may decide besides us, and nobody pretend to be us. */
export async function probe(desired: FirewallDesired, system: System): Promise<readonly Finding[]> {
  // By a program, for these files show the network of whoever reads them.
  const { stdout } = await system.processes.run(['cat', ...switches.map(([path]) => path)])
  const values = stdout.trim().split('\n')
  const { bridge, foreign } = await observeFrames(system)
  const cardsIn = (set: string): readonly string[] =>
    bridge?.sets.find(({ name }) => name === set)?.elements.map(({ key }) => String(key)) ?? []
  return judge(desired, {
    off: switches.flatMap(([, family], index) => (values[index] === '0' ? family : [])),
    foreign,
    claims: cardsIn(claimSets.address),
    routers: cardsIn(claimSets.router),
  })
}
