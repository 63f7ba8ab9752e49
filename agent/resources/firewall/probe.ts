import type { Finding } from '../../engine/resource.ts'
import type { System } from '../../system/system.ts'
import { foreignTables } from './observe.ts'
import type { FirewallDesired } from './schema.ts'

const switches = [
  ['/proc/sys/net/ipv4/ip_forward', 'IPv4'],
  ['/proc/sys/net/ipv6/conf/all/forwarding', 'IPv6'],
] as const

/** Rules alone carry nothing: the kernel must forward, and nobody else may decide besides us. */
export async function probe(_desired: FirewallDesired, system: System): Promise<readonly Finding[]> {
  // By a program, for these files show the network of whoever reads them.
  const { stdout } = await system.processes.run(['cat', ...switches.map(([path]) => path)])
  const values = stdout.trim().split('\n')
  const off = switches.flatMap(([, family], index) => (values[index] === '0' ? family : []))
  const foreign = await foreignTables(system)
  return [
    off.length === 0
      ? {
          code: 'firewall-serves',
          severity: 'ok',
          message: 'The firewall is in force and lets through what is allowed.',
        }
      : {
          code: 'forwarding-off',
          severity: 'error',
          message: `The server passes no packets on (${off.join(' and ')}): the networks have no internet.`,
        },
    ...foreign.map((name): Finding => ({
      code: 'firewall-foreign-table',
      severity: 'warning',
      message: `Somebody else has put firewall rules in force (nftables table "${name}"); they can block what is allowed here.`,
    })),
  ]
}
