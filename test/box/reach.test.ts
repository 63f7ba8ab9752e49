import { spawn } from 'node:child_process'
import t from 'tap'
import type { Client } from '../../cli/lab/client.ts'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { connectFrom, type Attempt } from '../support/connect.ts'
import { openDnsFlow } from '../support/dns-flow.ts'
import { exampleTextWithDirectory } from '../support/school.ts'

/** What strangers reach of a school with all its daemons: from the internet, and from the network of guests. */

t.setTimeout(420_000)

const box = await startBox(t)
// So that it is the rules that stop a scan, and not its speed.
const school = exampleTextWithDirectory().replace('block: [adult] }', 'block: [adult, games] }')
await box.apply(`${school}\nlimits: { fromUplink: 100000, perSource: 10000 }\n`)
await box.internet()
const sensor = await box.client('roof-sensor', 'lan0', { mac: '52:54:00:00:09:01' })
const pc = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
const guest = await box.client('phone', 'guest0', { mac: '52:54:00:99:00:02' })
for (const client of [sensor, pc, guest]) await client.dhcp()
const sensor6 = await sensor.ipv6('fd20:1:')
await pc.ipv6('fd20:1:')
await guest.ipv6('fd20:2:')

// For both families.
const [program, ...rest] = [...sensor.enter, 'socat', 'TCP6-LISTEN:443,fork,reuseaddr', 'EXEC:cat']
const listener = spawn(program, rest, { stdio: 'ignore' })
t.teardown(() => listener.kill())
const sensorListens = ['10.20.0.9', sensor6].map((host): Attempt => ({ protocol: 'tcp', host, port: 443 }))
await until(async () => (await connectFrom(pc, sensorListens)).every((fate) => fate === 'answered'), {
  what: 'the sensor to answer its neighbours by both families',
})

/** The box's address at the provider, as it has made it by itself. */
const box6 = await until(
  async () => {
    const { stdout } = await box.system.processes.run(['ip', '-6', '-o', 'address', 'show', 'dev', 'uplink0'])
    return /inet6 (2001:db8:1:[^/ ]+)/.exec(stdout)?.[1]
  },
  { what: 'an address at the provider' },
)

/** Ports that answer in any way: open, or closed by the box itself. */
async function found(...words: readonly string[]): Promise<readonly string[]> {
  const speed = ['-Pn', '-n', '-T5', '--min-rate', '5000', '--max-retries', '1'] as const
  const { stdout } = await box.provider.run(['nmap', ...speed, '-oG', '-', ...words], { timeout: 240_000 })
  return [...stdout.matchAll(/(\d+)\/(open|closed)\/(tcp|udp)/g)].map(([, port, how, protocol]) =>
    [protocol, port, how].join(' '),
  )
}

t.test('the internet finds the one forward, and nothing else', async (t) => {
  t.strictSame(await found('-sS', '-p-', internet.boxAddress), ['tcp 8443 open'])
  t.strictSame(await found('-6', '-sS', '-p-', box6), [])
  t.strictSame(await found('-sU', '--top-ports', '200', internet.boxAddress), [])
  t.strictSame(await found('-6', '-sU', '--top-ports', '200', box6), [])
})

t.test('guests reach no device of the school', async (t) => {
  t.strictSame(await connectFrom(guest, sensorListens), ['closed', 'closed'])
  const datagrams = sensorListens.map(({ host }): Attempt => ({ protocol: 'udp', host, port: 9 }))
  t.strictSame(await connectFrom(guest, datagrams), ['rejected', 'rejected'])
})

const boxAddresses = ['10.30.0.1', 'fd20:2::1', '10.20.0.1', '10.20.0.3', 'fd20:1::1', internet.boxAddress]

t.test('guests reach no service of the box but names', async (t) => {
  const ports = [22, 80, 88, 135, 139, 389, 443, 445, 464, 636, 3268, 5400, 5401, 49152]
  const attempts = boxAddresses.flatMap((host) => ports.map((port): Attempt => ({ protocol: 'tcp', host, port })))
  const fates = await connectFrom(guest, attempts)
  // A refusal is told once a second.
  const reached = attempts.filter((_, index) => !['rejected', 'silent'].includes(fates[index] ?? ''))
  t.strictSame(reached, [])
  t.strictSame(await connectFrom(guest, [{ protocol: 'tcp', host: '10.30.0.1', port: 53 }]), ['answered'])
})

async function statusOf(client: Client, ...words: readonly string[]): Promise<string> {
  const { stdout } = await client.run(['dig', '+tries=2', '+time=3', ...words], { accept: [0, 9] })
  return /status: (\w+)/.exec(stdout)?.[1] ?? 'silent'
}

t.test('names of the house exist inside, and for no guest, whomever he asks', async (t) => {
  const names = [
    ['r214-pc07.schule.lan'],
    ['server.schule.lan'],
    ['_ldap._tcp.schule.lan', 'SRV'],
    ['-x', '10.20.14.7'],
  ] as const
  for (const name of names) {
    t.equal(await statusOf(pc, ...name), 'NOERROR', `${name.join(' ')} from inside`)
    for (const server of boxAddresses)
      t.equal(await statusOf(guest, `@${server}`, ...name), 'NXDOMAIN', `${name.join(' ')} from a guest, at ${server}`)
  }
  t.equal(await statusOf(guest, `www.${internet.domain}`), 'NOERROR', 'the internet')
  t.equal(await statusOf(guest, 'games.example.org'), 'NXDOMAIN', 'but for the filter of guests')
  const { stdout } = await box.control(['dns', 'lookup', 'r214-pc07', '--as', 'guest'])
  t.match(stdout, /does not exist\n\n +because +the house has no names for guests/)
})

t.test('computers reach the directory itself with their own names, and nothing that their filter denies', async (t) => {
  const asked = await pc.run(['dig', '+tries=2', '@10.20.0.3', 'schule.lan', 'SOA'])
  t.match(asked.stdout, /flags: qr aa /, 'the domain controller answers')
  const update = 'server 10.20.0.3\nzone schule.lan\nupdate add r214-pc07.schule.lan 60 A 10.20.14.7\nsend\n'
  const { stderr } = await pc.run(['nsupdate'], { input: update, accept: [0, 2] })
  t.match(stderr, 'REFUSED', 'and wants changes to be signed')
  const flow = openDnsFlow(pc, 'tcp', '10.20.0.3')
  t.teardown(() => flow.stop())
  t.equal(await flow.ask('www.example.org'), 'NOERROR')
  const addressOf = async (name: string) => (await pc.run(['dig', '+short', '@10.20.0.3', name])).stdout.trim()
  t.equal(await addressOf('www.example.org'), internet.host)
  t.equal(await addressOf('games.example.org'), '', 'it asks on with the filter')
  await box.control(['room', 'lock', 'r214'])
  t.equal(await flow.ask('www.example.org'), 'silent')
  t.equal(
    await statusOf(pc, '@10.20.0.3', '+tcp', 'www.example.org'),
    'NXDOMAIN',
    'of who has another filter, no longer',
  )
  await box.control(['room', 'unlock', 'r214'])
})
