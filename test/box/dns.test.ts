import t from 'tap'
import { internet } from '../../cli/lab/provider.ts'
import { startBox } from '../support/box.ts'
import { connectFrom } from '../support/connect.ts'
import { openDnsFlow } from '../support/dns-flow.ts'
import { exampleText } from '../support/school.ts'

/** Names as devices of the example school see them, with firewall and resolver together. */

t.setTimeout(240_000)

const box = await startBox(t)
await box.apply(exampleText())
await box.internet()
const known = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
const other = await box.client('r118-pc31', 'lan0', { mac: '52:54:00:18:31:01' })
const guest = await box.client('phone', 'guest0', { mac: '52:54:00:99:00:02' })
for (const client of [known, other, guest]) await client.dhcp()
await known.ipv6('fd20:1:')

async function statusOf(client: typeof known, ...words: readonly string[]): Promise<string> {
  const { stdout } = await client.run(['dig', '+tries=2', '+time=3', ...words], { accept: [0, 9] })
  return /status: (\w+)/.exec(stdout)?.[1] ?? 'silent'
}

/** A resolver outside, as somebody has set it by hand. */
const outside = '@203.0.113.5'

t.test('each network has its own profile', async (t) => {
  t.equal(await statusOf(known, 'games.example.org'), 'NOERROR')
  t.equal(await statusOf(guest, 'games.example.org'), 'NXDOMAIN')
})

t.test('a locked room sees the names of its examination only, whomever it asks', async (t) => {
  await box.control(['room', 'lock', 'r214', '--for', '45m'])
  for (const server of ['@10.20.0.1', '@fd20:1::1', outside]) {
    for (const transport of ['+notcp', '+tcp']) {
      t.equal(await statusOf(known, server, transport, 'exam.example.org'), 'NOERROR', `${server} ${transport}`)
      t.equal(await statusOf(known, server, transport, 'www.example.org'), 'NXDOMAIN', `${server} ${transport}`)
    }
  }
  t.equal(await statusOf(known, 'server.schule.lan'), 'NOERROR', 'and the house')
  t.equal(await statusOf(other, 'www.example.org'), 'NOERROR', 'other rooms see what they saw')
  const { stdout } = await box.control(['dns', 'lookup', 'www.example.org', '--as', 'r214-pc07'])
  t.match(stdout, /does not exist\n\n +because +profile "exam" knows only/)
  t.match(stdout, /asked as +r214-pc07 \(profile "exam", the room is locked\)/)
})

t.test('an unlocked room sees the internet again', async (t) => {
  await box.control(['room', 'unlock', 'r214'])
  t.equal(await statusOf(known, 'www.example.org'), 'NOERROR')
})

t.test('a room in examination mode sees its pages only, and reaches them', async (t) => {
  const flow = openDnsFlow(known, 'udp', '10.20.0.1')
  t.teardown(() => flow.stop())
  t.equal(await flow.ask('www.example.org'), 'NOERROR')
  await box.apply(exampleText().replace('filterWhenLocked: exam', 'filter: exam'))
  t.equal(await flow.ask('www.example.org'), 'silent', 'questions in flow end')
  for (const server of ['@10.20.0.1', '@fd20:1::1', outside]) {
    t.equal(await statusOf(known, server, 'exam.example.org'), 'NOERROR', server)
    t.equal(await statusOf(known, server, 'www.example.org'), 'NXDOMAIN', server)
  }
  t.equal(await statusOf(other, 'www.example.org'), 'NOERROR', 'other rooms see what they saw')
  const page = await known.run(['curl', '-s', '--max-time', '5', 'http://exam.example.org/'])
  t.match(page.stdout, 'this is exam.example.org.')
  const [dot, direct] = await connectFrom(known, [
    { protocol: 'tcp', host: internet.host, port: 853 },
    { protocol: 'tcp', host: internet.host, port: 80 },
  ])
  t.equal(dot, 'closed', 'DNS over TLS is refused')
  t.equal(direct, 'answered', 'an address is no name: as the guide says')
})

t.test('units keep to the rights they need', async (t) => {
  const units = ['unbound.service', 'chrony.service', 'nginx.service', 'iserv-page.service']
  for (const unit of units) {
    const { stdout } = await box.system.processes.run(['systemd-analyze', 'security', '--no-pager', unit], {
      accept: [0, 1],
    })
    const exposure = Number(/Overall exposure level[^:]*: ([\d.]+)/.exec(stdout)?.[1])
    t.ok(exposure < 4, `${unit}: ${exposure}`)
  }
})
