import { fileURLToPath } from 'node:url'
import type { Argv, RunOptions, RunResult } from '../../agent/system/system.ts'
import { cable, plugged, up } from './fabric.ts'
import { type Ground, inGroup, runInGroup, startInGroup } from './group.ts'
import { namespaceOf } from './layout.ts'
import { until } from './until.ts'

/**
 * The internet provider of the lab: gives the box its uplink address by DHCP, announces an IPv6 prefix, answers names,
 * and stands for the whole internet with one host behind it. Addresses are those reserved for documentation.
 */
export const internet = {
  /** The provider's router, its resolver too. */
  gateway: '198.51.100.1',
  prefix: 24,
  /** What the box gets. */
  boxAddress: '198.51.100.10',
  gateway6: '2001:db8:1::1',
  prefix6: '2001:db8:1::',
  /** A host on the internet: HTTP on 80, echo on TCP and UDP 7, time on UDP 123. */
  host: '203.0.113.5',
  host6: '2001:db8:5::5',
  /** The host's name; every name below it is the same host. All other names do not exist. */
  domain: 'example.org',
} as const

/** MAC addresses of the box's ports, locally administered; `index` counts the ports. */
export function boxMac(index: number): string {
  return `02:15:e2:00:00:${index.toString(16).padStart(2, '0')}`
}

export interface Provider {
  readonly namespace: string
  readonly enter: Argv
  /** Runs a program on the provider's router. */
  run(argv: Argv, options?: RunOptions): Promise<RunResult>
}

/** Pure: DHCP, router advertisements and names in one dnsmasq. */
export function dnsmasqArgv(leases: string): Argv {
  const names = [internet.domain, 'ptb.de'].flatMap((domain) => [
    `--address=/${domain}/${internet.host}`,
    `--address=/${domain}/${internet.host6}`,
  ])
  return [
    ...dnsmasq,
    `--dhcp-leasefile=${leases}`,
    `--dhcp-host=${boxMac(0)},${internet.boxAddress}`,
    `--dhcp-range=${internet.prefix6},ra-only,64,1h`,
    ...names,
    // Long enough to be remembered by the box for a moment; 0 would forbid it.
    '--local-ttl=1',
    '--address=/#/',
  ]
}

const dnsmasq = [
  'dnsmasq',
  '--keep-in-foreground',
  '--conf-file=/dev/null',
  '--user=root',
  '--group=root',
  '--pid-file=',
  '--log-facility=-',
  '--interface=eth0',
  '--bind-interfaces',
  '--no-hosts',
  '--no-resolv',
  // The box is the only one who asks: nobody needs to be asked whether the address is free.
  '--no-ping',
  '--log-dhcp',
  '--dhcp-authoritative',
  '--dhcp-range=198.51.100.100,198.51.100.150,1h',
  '--enable-ra',
  '--ra-param=eth0,10,1800',
] as const

/** Plugs the provider into a port's switch and starts its services. */
export async function startProvider(ground: Ground, port: string): Promise<Provider> {
  const { layout } = ground
  const namespace = namespaceOf(layout, 'provider')
  const switchNamespace = namespaceOf(layout, 'switch')
  const provider = providerOf(ground)
  await runInGroup(ground, ['ip', '-batch', '-'], {
    input: cable({ namespace, interfaceName: 'eth0', end: 'provider', switchNamespace }),
  })
  await runInGroup(ground, ['ip', '-n', switchNamespace, '-batch', '-'], {
    input: plugged([{ end: 'provider', port }]),
  })
  await provider.run(['sysctl', '-q', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1'])
  await runInGroup(ground, ['ip', '-n', namespace, '-batch', '-'], { input: addresses + up(['lo', 'eth0']) })
  const start = (name: string, argv: Argv) =>
    startInGroup(ground, 'world', `${layout.folder}/${name}.log`, ['ip', 'netns', 'exec', namespace, ...argv])
  await start('provider', dnsmasqArgv(`${layout.folder}/provider.leases`))
  const program = fileURLToPath(new URL('internet.ts', import.meta.url))
  await start('internet', [process.execPath, program, internet.host, internet.host6])
  await until(
    async () => {
      const { stdout } = await provider.run(['ss', '-Hlntu'])
      return [':53 ', ':67 ', ':80 ', ':7 ', ':123 '].every((listening) => stdout.includes(listening))
    },
    { what: 'the provider to answer' },
  )
  return provider
}

export function providerOf(ground: Ground): Provider {
  const namespace = namespaceOf(ground.layout, 'provider')
  const enter: Argv = [...inGroup(ground, 'world'), 'ip', 'netns', 'exec', namespace]
  return {
    namespace,
    enter,
    run: (argv, options) => ground.host.processes.run([...enter, ...argv], options),
  }
}

const addresses = [
  `address add ${internet.gateway}/${internet.prefix} dev eth0`,
  `address add ${internet.gateway6}/64 dev eth0 nodad`,
  `address add ${internet.host}/32 dev lo`,
  `address add ${internet.host6}/128 dev lo nodad`,
  '',
].join('\n')
