import { internet, type Provider } from '../../cli/lab/provider.ts'
import type { Client } from '../../cli/lab/client.ts'
import { startContainer, type Container, type Teardown } from './container.ts'

/** The small school's networks laid by hand, so that only the firewall is under test. */
export interface House {
  readonly box: Container
  readonly provider: Provider
  /** Switches a device on with a fixed address. */
  readonly device: (name: string, network: 'school' | 'guest', mac: string, host: string) => Promise<Client>
}

const networks = {
  school: { port: 'lan0', ipv4: '10.20.', gateway: '10.20.0.1', prefix: 16, ipv6: 'fd20:1::' },
  guest: { port: 'guest0', ipv4: '10.30.', gateway: '10.30.0.1', prefix: 22, ipv6: 'fd20:2::' },
} as const

export async function buildHouse(t: Teardown): Promise<House> {
  const box = await startContainer(t)
  const run = (...argv: readonly [string, ...string[]]) => box.system.processes.run(argv)
  for (const [name, { port, gateway, prefix, ipv6 }] of Object.entries(networks)) {
    const bridge = `br-${name}`
    await run('ip', 'link', 'add', bridge, 'type', 'bridge')
    await run('ip', 'link', 'set', port, 'master', bridge, 'up')
    await run('ip', 'link', 'set', bridge, 'up')
    await run('ip', 'address', 'add', `${gateway}/${prefix}`, 'dev', bridge)
    await run('ip', 'address', 'add', `${ipv6}1/64`, 'dev', bridge, 'nodad')
  }
  await run('ip', 'link', 'set', 'uplink0', 'up')
  await run('ip', 'address', 'add', `${internet.boxAddress}/${internet.prefix}`, 'dev', 'uplink0')
  await run('ip', 'address', 'add', `${internet.prefix6}10/64`, 'dev', 'uplink0', 'nodad')
  await run('ip', 'route', 'replace', 'default', 'via', internet.gateway)
  await run('ip', '-6', 'route', 'replace', 'default', 'via', internet.gateway6)
  await run('sysctl', '-q', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1')
  // As the image sets it; this machine's kernel may have bridges filter by themselves.
  await run('sysctl', '-q', '-e', 'net.bridge.bridge-nf-call-iptables=0', 'net.bridge.bridge-nf-call-ip6tables=0')
  // Refusals are told one a second to each host; a test asks for more.
  await run('sysctl', '-q', 'net.ipv4.icmp_ratelimit=0', 'net.ipv6.icmp.ratelimit=0')
  const provider = await box.provider()
  // An attacker on the provider's line who knows our addresses.
  await provider.run(['ip', 'route', 'add', '10.0.0.0/8', 'via', internet.boxAddress])
  await provider.run(['ip', '-6', 'route', 'add', 'fd20::/16', 'via', `${internet.prefix6}10`])
  return {
    box,
    provider,
    device: async (name, network, mac, host) => {
      const { port, ipv4, gateway, prefix, ipv6 } = networks[network]
      const client = await box.client(name, port, { mac })
      await client.run(['ip', 'address', 'add', `${ipv4}${host}/${prefix}`, 'dev', 'eth0'])
      await client.run(['ip', 'route', 'add', 'default', 'via', gateway])
      await client.run(['ip', 'address', 'add', `${ipv6}${host.replace('.', ':')}/64`, 'dev', 'eth0', 'nodad'])
      await client.run(['ip', '-6', 'route', 'replace', 'default', 'via', `${ipv6}1`])
      return client
    },
  }
}
