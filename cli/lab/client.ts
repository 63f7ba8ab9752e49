import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { BoxError } from '../../agent/errors.ts'
import type { Argv, RunOptions, RunResult } from '../../agent/system/system.ts'
import { cable, plugged, up } from './fabric.ts'
import { type Ground, inGroup, runInGroup } from './group.ts'
import { until } from './until.ts'
import { clientNamePattern, clientNamespace, namespaceOf } from './layout.ts'

/** A device of the school: a network namespace with one cable to a switch. */
export interface Client {
  readonly name: string
  readonly mac: string
  readonly namespace: string
  /** Put in front of an argv to run it on the client. */
  readonly enter: Argv
  run(argv: Argv, options?: RunOptions): Promise<RunResult>
  /**
   * Asks for a lease as a PC does when it is switched on, takes the address, route and resolver, and keeps renewing.
   * @throws LAB_FAILED when nobody offers one
   */
  dhcp(options?: DhcpOptions): Promise<Lease>
  /** Its addresses, but link-local ones. */
  addresses(): Promise<readonly string[]>
  /** Has it got a lease before? */
  leased(): Promise<boolean>
  /**
   * Waits until router advertisements have given the client an address of the IPv6 prefix, `fd20:1:` for example.
   * @throws LAB_FAILED when none comes within 15 seconds
   */
  ipv6(prefix: string): Promise<string>
}

export interface DhcpOptions {
  /** The name the client tells the server; default its own. */
  readonly hostname?: string
  /** How often it asks, once a second, before it gives up. Default 15. */
  readonly tries?: number
}

/** What a client was given; as written by dhcp-client. */
export const Lease = z.object({
  address: z.string(),
  prefix: z.coerce.number().int(),
  /** Empty when none was given; several are separated by blanks. */
  gateway: z.string(),
  dns: z.string(),
  domain: z.string(),
  hostname: z.string(),
  ntp: z.string(),
  /** Seconds. */
  lease: z.coerce.number().int(),
  server: z.string(),
})
export type Lease = z.infer<typeof Lease>

export interface ClientOptions {
  /** A port of the box: the client is plugged into the same switch. */
  readonly port: string
  /** Six octets in hex with colons. */
  readonly mac: string
}

/** What the DHCP client runs at each change of the lease. */
const dhcpScript = fileURLToPath(new URL('dhcp-client', import.meta.url))

/** What every client looks like to its programs: no waiting for duplicates or for the next router advertisement. */
const settings = [
  'default.accept_dad=0',
  'all.accept_dad=0',
  'default.router_solicitation_delay=0',
  'default.router_solicitation_interval=1',
]

/** Switches a device on, but does not ask for a lease yet; IPv6 addresses come by themselves. */
export async function addClient(ground: Ground, name: string, { port, mac }: ClientOptions): Promise<Client> {
  if (!clientNamePattern.test(name)) {
    throw new BoxError('USAGE', `"${name}" is no name for a client`, {
      hint: 'Small letters, digits and hyphens, at most 15.',
    })
  }
  const namespace = clientNamespace(ground.layout, name)
  const switchNamespace = namespaceOf(ground.layout, 'switch')
  const { files } = ground.host
  await runInGroup(ground, ['ip', 'netns', 'add', namespace])
  await files.makeFolder(`/etc/netns/${namespace}`)
  await files.write(`/etc/netns/${namespace}/resolv.conf`, '')
  const client = clientOf(ground, name, mac)
  await client.run(['sysctl', '-q', ...settings.map((setting) => `net.ipv6.conf.${setting}`)])
  await runInGroup(ground, ['ip', '-batch', '-'], {
    input: cable({ namespace, interfaceName: 'eth0', mac, end: name, switchNamespace }),
  })
  await runInGroup(ground, ['ip', '-n', switchNamespace, '-batch', '-'], { input: plugged([{ end: name, port }]) })
  await runInGroup(ground, ['ip', '-n', namespace, '-batch', '-'], { input: up(['lo', 'eth0']) })
  return client
}

/** A client that is already there. */
export function clientOf(ground: Ground, name: string, mac: string): Client {
  const { layout, host } = ground
  const namespace = clientNamespace(layout, name)
  const enter: Argv = [...inGroup(ground, 'world'), 'ip', 'netns', 'exec', namespace]
  const leaseFile = `${layout.folder}/${name}.lease`
  const pidFile = `${layout.folder}/${name}.pid`
  const run = (argv: Argv, options?: RunOptions) => host.processes.run([...enter, ...argv], options)
  /** Ends the DHCP client of an earlier lease; its process number may long be somebody else's. */
  const hangUp = async () => {
    const pid = (await host.files.read(pidFile))?.trim() ?? ''
    const groups = pid === '' ? undefined : await host.files.read(`/proc/${pid}/cgroup`)
    if (groups?.includes(layout.group) === true) await host.processes.run(['kill', pid], { accept: [0, 1] })
    await host.files.remove(leaseFile)
  }
  return {
    name,
    mac,
    namespace,
    enter,
    run,
    async dhcp({ hostname = name, tries = 15 } = {}) {
      await hangUp()
      const ask: Argv = [
        'busybox',
        'udhcpc',
        '-n',
        '-i',
        'eth0',
        '-t',
        String(tries),
        '-T',
        '1',
        '-A',
        '1',
        '-p',
        pidFile,
      ]
      const { status, stderr } = await run([...ask, '-x', `hostname:${hostname}`, '-s', dhcpScript], {
        accept: [0, 1],
        timeout: (tries + 10) * 1000,
        env: { LEASE_FILE: leaseFile, RESOLV_CONF: `/etc/netns/${namespace}/resolv.conf` },
      })
      const text = await host.files.read(leaseFile)
      if (status !== 0 || text === undefined) {
        throw new BoxError('LAB_FAILED', `${name} (${mac}) got no lease: ${stderr.trim().split('\n').at(-1) ?? ''}`)
      }
      return Lease.parse(JSON.parse(text))
    },
    addresses: () => addressesOf(run),
    leased: async () => (await host.files.stat(leaseFile)) !== undefined,
    ipv6: (prefix) =>
      until(async () => (await addressesOf(run)).find((address) => address.startsWith(prefix)), {
        what: `${name} to get an address of ${prefix}`,
        timeout: 15_000,
      }),
  }
}

async function addressesOf(run: Client['run']): Promise<readonly string[]> {
  const { stdout } = await run(['ip', '-o', 'address', 'show', 'dev', 'eth0', 'scope', 'global'])
  return stdout.split('\n').flatMap((line) => line.match(/inet6? ([^/ ]+)/)?.[1] ?? [])
}
