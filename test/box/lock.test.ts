import t from 'tap'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { openDnsFlow, type DnsFlow } from '../support/dns-flow.ts'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'

/** Locks on the built image, by its own command line, as a teacher would see them. */

t.setTimeout(300_000)

const box = await startBox(t)
const { system } = box
const atFirst = (await system.processes.run(['nft', 'list', 'ruleset'])).stdout
await box.apply(exampleText())
await box.internet()
const pc = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
await pc.dhcp()
await pc.ipv6('fd20:1:')

const pages = async () => {
  const open = async (family: '-4' | '-6', host: string) =>
    (
      await pc.run(['curl', family, '-s', '-o', '/dev/null', '--max-time', '3', `http://${host}/`], {
        accept: [0, 7, 28],
      })
    ).status === 0
  return [await open('-4', internet.host), await open('-6', `[${internet.host6}]`)]
}
const status = async (words: readonly string[]) => (await box.control(words, { accept: [0, 2, 3, 4, 5, 6] })).status
const lookup = async (name: string, ...whom: readonly string[]) =>
  (await pc.run(['dig', '+tries=1', '+short', name, ...whom])).stdout.trim()

t.test('a box without a state is closed from its start', async (t) => {
  t.match(atFirst, /chain input \{\s+type filter hook input priority filter; policy drop;/)
  t.match(atFirst, /chain forward \{\s+type filter hook forward priority filter; policy drop;\s+\}/)
  t.notMatch(atFirst, 'dport 22')
})

t.test('a locked room has no internet, its own filter, and still the server', async (t) => {
  await until(async () => (await pages()).every(Boolean), { what: 'both families of the internet' })
  t.equal(await lookup('www.example.org'), internet.host)
  await box.control(['room', 'lock', 'r214', '--for', '45m', '--by', 'm.weber'])
  t.strictSame(await pages(), [false, false])
  t.equal(await lookup('www.example.org'), '', 'the filter for locked rooms knows only the examination')
  t.equal(await lookup('exam.example.org'), internet.host)
  t.equal(await lookup('r118-pc31.schule.lan'), '10.20.18.31')
  for (const whom of [`@${internet.host}`, `@${internet.host6}`, '@fd20:1::1']) {
    t.equal(await lookup('www.example.org', whom), '', `nor does ${whom}`)
    t.equal(await lookup('exam.example.org', whom), internet.host, `${whom} is answered by the server`)
  }
  await pc.run(['ping', '-c1', '-W2', '10.20.0.1'])

  const { rooms } = JSON.parse((await box.control(['room', 'list', '--locked', '--json'])).stdout)
  t.match(rooms, [{ name: 'r214', filter: 'exam', lock: { room: 'r214', by: 'm.weber' } }])
  const words = ['firewall', 'trace', '--from', 'room-214', '--to', `${internet.host}:443`, '--json']
  t.match(JSON.parse((await box.control(words)).stdout), {
    verdict: 'rejected',
    decidedBy: /^lock of room r214, set by m\.weber/,
    wouldThen: { verdict: 'accepted' },
  })
})

t.test('questions in flow change with the lock, too, whatever their transport and family', async (t) => {
  await box.control(['room', 'unlock', 'r214'])
  const flows = () =>
    (['udp', 'tcp'] as const).flatMap((protocol) =>
      ['10.20.0.1', 'fd20:1::1', internet.host].map((server) => openDnsFlow(pc, protocol, server)),
    )
  const asked = (some: readonly DnsFlow[], name: string) => Promise.all(some.map((flow) => flow.ask(name)))
  const before = flows()
  t.teardown(() => before.forEach((flow) => flow.stop()))
  t.strictSame(
    await asked(before, 'www.example.org'),
    before.map(() => 'NOERROR'),
  )
  await box.control(['room', 'lock', 'r214', '--for', '45m', '--by', 'm.weber'])
  t.strictSame(
    await asked(before, 'games.example.org'),
    before.map(() => 'silent'),
    'begun before the lock',
  )
  const during = flows()
  t.teardown(() => during.forEach((flow) => flow.stop()))
  t.strictSame(
    await asked(during, 'exam.example.org'),
    during.map(() => 'NOERROR'),
  )
  await box.control(['room', 'unlock', 'r214'])
  t.strictSame(
    await asked(during, 'exam.example.org'),
    during.map(() => 'silent'),
    'begun while it was locked',
  )
  t.equal(await lookup('www.example.org'), internet.host)
  await box.control(['room', 'lock', 'r214', '--for', '45m', '--by', 'm.weber'])
})

t.test('it outlives the agent, and the way a box starts', async (t) => {
  await system.processes.run([
    'systemctl',
    'stop',
    'iserv-agent.socket',
    'iserv-agent-platform.socket',
    'iserv-agent.service',
  ])
  t.strictSame(await pages(), [false, false], 'without the agent')
  await system.processes.run(['nft', 'flush', 'ruleset'])
  t.strictSame(await pages(), [false, false], 'without rules nothing is translated either')
  await system.processes.run(['systemctl', 'restart', 'iserv-firewall.service'])
  const { stdout } = await system.processes.run(['nft', 'list', 'set', 'inet', 'iserv', 'locked'])
  t.match(stdout, /timeout 4[0-5]m/, 'the time that is left, not the whole')
  t.strictSame(await pages(), [false, false], 'locked before the agent is there')

  const ledger = '/var/lib/iserv/ledger.sqlite'
  const atStart = async (...change: readonly string[]) => {
    await system.processes.run(['sh', '-c', change.join('; ')])
    await system.processes.run(['systemctl', 'restart', 'iserv-firewall.service'])
    const told = await system.processes.run(['nft', '-j', 'list', 'set', 'inet', 'iserv', 'locked'])
    const { nftables } = JSON.parse(told.stdout) as { nftables: readonly { set?: { elem?: readonly unknown[] } }[] }
    return nftables.flatMap(({ set }) => set?.elem ?? []).length
  }
  // Byte 60 of a database of SQLite is its user_version.
  const version = (number: number) => `printf '\\${number}' | dd of=${ledger} bs=1 seek=63 conv=notrunc`
  t.equal(await atStart(`cp ${ledger} ${ledger}.kept`, version(77)), 1, 'a ledger of a much newer system')
  t.equal(await atStart(`echo nothing > ${ledger}`), 3, 'where the ledger cannot be read, every room is locked')
  t.equal(await atStart(`rm ${ledger}`), 3, 'or is not there')
  t.strictSame(await system.files.list('/run/iserv-firewall'), [])
  t.equal(await atStart(`mv ${ledger}.kept ${ledger}`), 1)
  await system.processes.run([
    'systemctl',
    'start',
    'iserv-agent.socket',
    'iserv-agent-platform.socket',
    'iserv-agent.service',
  ])
  await until(async () => (await status(['room', 'list'])) === 0, { what: 'the agent to answer' })
  t.strictSame(await pages(), [false, false])
})

t.test('a lock while the rules are gone puts them back', async (t) => {
  await system.processes.run(['nft', 'flush', 'ruleset'])
  await box.control(['room', 'lock', 'r118'])
  const { stdout } = await system.processes.run(['nft', 'list', 'table', 'inet', 'iserv'])
  t.match(stdout, 'policy drop')
  t.match(JSON.parse((await box.control(['firewall', 'show', '--json'])).stdout), {
    inForce: true,
    lockedRooms: 2,
    foreign: [],
  })
})

t.test('unlocked, the internet is there at once', async (t) => {
  const { stdout } = await box.control(['room', 'unlock', '--all', '--json'])
  t.strictSame(JSON.parse(stdout), { unlocked: ['r214', 'r118'] })
  t.strictSame(await pages(), [true, true])
  t.equal(await lookup('www.example.org'), internet.host)
})

t.test('a room that is not there is refused with the nearest name, and nothing is locked', async (t) => {
  const { status: code, stderr } = await box.control(['room', 'lock', 'r118', 'r241'], { accept: [0, 3] })
  t.equal(code, 3)
  t.match(stderr, 'There is no room "r241". Did you mean "r214"?')
  t.match(JSON.parse((await box.control(['firewall', 'show', '--json'])).stdout), { lockedRooms: 0 })
  t.equal(await status(['room', 'lock']), 2, 'nor is any room meant when none is named')
})
