import t, { type Test } from 'tap'
import { RoomLock } from '../../agent/model/lock.ts'
import { SchoolState, type SchoolStateInput } from '../../agent/model/state.ts'
import { apply } from '../../agent/resources/firewall/apply.ts'
import { derive } from '../../agent/resources/firewall/derive.ts'
import { lockCommands, unlockCommands } from '../../agent/resources/firewall/locks.ts'
import { observe } from '../../agent/resources/firewall/observe.ts'
import { describe, plan } from '../../agent/resources/firewall/plan.ts'
import { probe } from '../../agent/resources/firewall/probe.ts'
import type { Client } from '../../cli/lab/client.ts'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { connectFrom } from '../support/connect.ts'
import { counted } from '../support/counters.ts'
import { buildHouse, type House } from '../support/house.ts'
import { startPush } from '../support/push.ts'
import { exampleInput } from '../support/school.ts'
import { flowing, startStreams, still } from '../support/stream.ts'

const stateWith = (change: Partial<SchoolStateInput> = {}): SchoolState =>
  SchoolState.parse({ ...exampleInput(), ...change })
const state = stateWith()

const lockOf = (room: string, seconds: number | null): RoomLock => {
  const since = Date.now()
  return RoomLock.parse({ room, since, until: seconds === null ? null : since + seconds * 1000, by: 'm.weber' })
}

/** Looks, plans and acts once; what was done. */
async function settle(
  { box }: House,
  wanted: SchoolState,
  locks: readonly RoomLock[] = [],
): Promise<readonly string[]> {
  const desired = derive({ state: wanted, locks })
  const steps = plan(desired, await observe(box.system))
  for (const step of steps) await apply(step, box.system)
  t.strictSame(plan(desired, await observe(box.system)), [], 'afterwards nothing is left to do')
  return steps.flatMap((step) => describe(step).split('\n'))
}

const nft = ({ box }: House, ...words: readonly string[]) => box.system.processes.run(['nft', words.join(' ')])
const setIn = async ({ box }: House, name: string) =>
  (await observe(box.system)).listing?.sets.find((set) => set.name === name)?.elements ?? []

/** A thousand, as fast as one device can, to a port where nobody listens. */
const datagrams = `
const socket = require('node:dgram').createSocket('udp4').on('error', () => undefined)
const send = (left) => (left > 0 ? socket.send('.', () => send(left - 1)) : socket.close())
socket.connect(9, process.argv[1], () => send(1000))`

t.setTimeout(180_000)

t.test('firewall', async (t) => {
  const house = await buildHouse(t)
  const { box, provider, device } = house
  const pc = await device('r214-pc07', 'school', '52:54:00:14:07:01', '14.7')
  const other = await device('r118-pc31', 'school', '52:54:00:18:31:01', '18.31')
  const cnc = await device('workshop-cnc', 'school', '52:54:00:40:01:01', '40.1')
  t.match(await settle(house, state), ['+ table inet iserv: 2 networks, 3 rooms, 6 devices'])

  await t.test('while the uplink has no address of its own, nothing leaves with one of the inside', async (t) => {
    const echo = { protocol: 'udp', host: internet.host6, port: 7 } as const
    t.same(await connectFrom(pc, [echo]), ['answered'])
    const own = [`${internet.prefix6}10/64`, 'dev', 'uplink0'] as const
    await box.system.processes.run(['ip', 'address', 'del', ...own])
    t.same(await connectFrom(pc, [echo]), ['silent'])
    const { stdout } = await nft(house, 'list chain inet iserv leaving')
    t.match(stdout, /ip6 saddr @box6 counter packets [1-9]/)
    await box.system.processes.run(['ip', 'address', 'add', ...own, 'nodad'])
    await box.system.processes.run(['ip', '-6', 'route', 'replace', 'default', 'via', internet.gateway6])
    t.same(await connectFrom(pc, [echo]), ['answered'])
  })

  await t.test('a stream that nobody answers is one connection, however many packets', async (t) => {
    await pc.run([process.execPath, '-e', datagrams, internet.host])
    const { stdout } = await nft(house, 'list chain inet iserv forward')
    t.match(stdout, /limit rate over 200\/second burst 200 packets \} counter packets 0 /)
    t.match(stdout, /oifname "uplink0" counter packets [1-9]\d* .*comment "internet"/)
  })

  await t.test('whatever is changed by hand is seen and put right', async (t) => {
    const handle = async (chain: string, word: string) => {
      const { stdout } = await box.system.processes.run(['nft', '-a', 'list', 'chain', 'inet', 'iserv', chain])
      return /handle (\d+)/.exec(stdout.split('\n').find((line) => line.includes(word)) ?? '')?.[1] ?? ''
    }
    const deeds: readonly (readonly [line: string, ...words: string[]])[] = [
      [
        '+ rule forward: locked room',
        'delete',
        'rule',
        'inet',
        'iserv',
        'forward',
        'handle',
        await handle('forward', 'locked'),
      ],
      ['- rule input: number 1', 'insert', 'rule', 'inet', 'iserv', 'input', 'accept'],
      ['- rule forward: number 13', 'add', 'rule', 'inet', 'iserv', 'forward', 'tcp', 'dport', '22', 'accept'],
      ['+ device r214-pc07 in room r214', 'delete', 'element', 'inet', 'iserv', 'device_mark', '{ 52:54:00:14:07:01 }'],
      [
        '- device_mark 52:54:00:00:00:99',
        'add',
        'element',
        'inet',
        'iserv',
        'device_mark',
        '{ 52:54:00:00:00:99 : 1 }',
      ],
      ['~ chain forward', 'add', 'chain', 'inet', 'iserv', 'forward', '{ policy accept; }'],
      ['- chain mine', 'add', 'chain', 'inet', 'iserv', 'mine'],
      ['- set mine', 'add', 'set', 'inet', 'iserv', 'mine', '{ type ipv4_addr; elements = { 10.0.0.1 }; }'],
      ['- counter mine', 'add', 'counter', 'inet', 'iserv', 'mine'],
      ['+ table inet iserv: 2 networks, 3 rooms, 6 devices', 'delete', 'table', 'inet', 'iserv'],
    ]
    for (const [line, ...words] of deeds) {
      await nft(house, ...words)
      const done = await settle(house, state)
      t.ok(done.includes(line), `${words.join(' ')}: ${done.join('; ')}`)
    }
  })

  await t.test('tables of others are left alone and reported', async (t) => {
    await nft(house, 'add table ip theirs; add chain ip theirs keep')
    t.match(
      (await probe(derive({ state, locks: [] }), box.system)).map(({ code }) => code),
      ['firewall-serves', 'firewall-foreign-table'],
    )
    await nft(house, 'delete table inet iserv')
    await settle(house, state)
    t.match((await nft(house, 'list chain ip theirs keep')).stdout, 'chain keep')
    await nft(house, 'delete table ip theirs')
    t.strictSame(
      (await probe(derive({ state, locks: [] }), box.system)).map(({ code }) => code),
      ['firewall-serves'],
    )
  })

  await t.test('a lock stops streams in use, in both families, and ends by itself', async (t) => {
    const streams = startStreams(pc, internet.host, internet.host6)
    const neighbour = startStreams(other, internet.host, internet.host6)
    t.teardown(() => [streams, neighbour].forEach((one) => one.stop()))
    await flowing(streams)
    await flowing(neighbour)

    const lock = lockOf('r214', 600)
    await box.system.nftables.run(lockCommands(state, [lock]))
    await still(streams)
    const before = streams.count()
    const [server] = await connectFrom(pc, [{ protocol: 'tcp', host: '10.20.0.1', port: 80 }])
    t.ok(server === 'closed' || server === 'answered', 'the server is there')

    const [held] = await setIn(house, 'locked')
    await settle(house, stateWith({ services: [{ name: 'files', protocol: 'tcp', ports: [445], from: ['school'] }] }), [
      lock,
    ])
    const [kept] = await setIn(house, 'locked')
    t.equal(kept?.key, held?.key, 'other rules, the same lock')
    t.ok(Number(kept?.expires) <= Number(held?.expires), 'and its timer runs on')
    t.strictSame(streams.count(), before, 'nothing slipped through meanwhile')
    await flowing(neighbour)

    const short = lockOf('r214', 3)
    await box.system.nftables.run(lockCommands(state, [short]))
    await flowing(streams)
    t.ok(Date.now() >= Number(short.until) - 50, 'open again no earlier than said')
    await settle(house, state)
  })

  await t.test('a lock stops what comes in unasked, also between the ports of DHCP', async (t) => {
    const push = startPush(provider, pc, internet.host, { from: 68, to: 67 })
    t.teardown(() => push.stop())
    const arrived = { count: () => ({ push: push.count() }) }
    await flowing(arrived)
    await box.system.nftables.run(lockCommands(state, [lockOf('r214', null)]))
    await still(arrived)
    await box.system.nftables.run(unlockCommands(state, ['r214']))
    await flowing(arrived)
  })

  await t.test('locks follow the ledger, whatever the kernel says', async (t) => {
    await box.system.nftables.run(lockCommands(state, [lockOf('r118', null)]))
    await settle(house, state)
    t.equal((await setIn(house, 'locked')).length, 1, 'one that is newer than the ledger was read may stay')
    await box.system.nftables.run(lockCommands(state, [{ ...lockOf('r118', null), since: Date.now() - 60_000 }]))
    t.strictSame(await settle(house, state), ['- lock of room r118'])
    const lock = lockOf('r118', 600)
    t.strictSame(await settle(house, state, [lock]), ['+ lock of room r118'])
    await nft(house, 'flush set inet iserv locked')
    t.strictSame(await settle(house, state, [lock]), ['+ lock of room r118'])
    t.strictSame(await settle(house, state, [{ ...lock, until: Number(lock.until) + 600_000 }]), [
      '~ lock of room r118',
    ])
    await box.system.nftables.run(unlockCommands(state, ['r118', 'r214']))
    t.strictSame(await setIn(house, 'locked'), [])
  })

  await t.test('a set of locks that is made anew is not empty for a moment', async (t) => {
    const now = derive({ state, locks: [] })
    const sets = now.ruleset.sets.map((set) => (set.name === 'locked' ? { ...set, size: 1000 } : set))
    const other = { ...now, ruleset: { ...now.ruleset, sets } }
    for (const step of plan(other, await observe(box.system))) await apply(step, box.system)
    const [known, justSet] = [lockOf('r118', 600), lockOf('r214', null)]
    await box.system.nftables.run(lockCommands(state, [known, justSet]))
    const desired = derive({ state, locks: [known] })
    const [step, ...more] = plan(desired, await observe(box.system))
    if (step === undefined) throw new Error('nothing to do')
    t.match(describe(step), '~ set locked')
    await apply(step, box.system)
    t.equal(more.length, 0)
    const timers = (await setIn(house, 'locked')).map(({ expires }) => expires ?? Infinity)
    t.equal(timers.length, 2)
    t.ok(Math.min(...timers) > 500 && Math.min(...timers) <= 600, 'with the time that is left')
    t.equal(Math.max(...timers), Infinity, 'also one that is newer than the ledger was read')
    t.strictSame(plan(desired, await observe(box.system)), [])
    await box.system.nftables.run(unlockCommands(state, ['r118', 'r214']))
  })

  await t.test('a strange card with the reserved address of a device is locked with it, by IPv4', async (t) => {
    await pc.run(['ip', 'link', 'set', 'eth0', 'down'])
    const strange = await device('strange', 'school', '52:54:00:66:66:66', '14.7')
    const echoes = [internet.host, internet.host6].map((host) => ({ protocol: 'tcp', host, port: 7 }) as const)
    t.strictSame(await connectFrom(strange, echoes), ['answered', 'answered'])
    await box.system.nftables.run(lockCommands(state, [lockOf('r214', null)]))
    t.strictSame(await connectFrom(strange, echoes), ['closed', 'answered'], 'as the guide says')
    await box.system.nftables.run(unlockCommands(state, ['r214']))
    await strange.run(['ip', 'address', 'flush', 'dev', 'eth0'])
    await pc.run(['ip', 'link', 'set', 'eth0', 'up'])
    await pc.run(['ip', 'route', 'replace', 'default', 'via', '10.20.0.1'])
    await pc.run(['ip', 'address', 'replace', 'fd20:1::14:7/64', 'dev', 'eth0', 'nodad'])
    await pc.run(['ip', '-6', 'route', 'replace', 'default', 'via', 'fd20:1::1'])
    await until(async () => (await connectFrom(pc, echoes)).every((fate) => fate === 'answered'), {
      what: 'the device to be back',
    })
  })

  await t.test('a room without permission reaches the server, not the internet', async (t) => {
    const fates = await connectFrom(cnc, [
      { protocol: 'tcp', host: '10.20.0.1', port: 443 },
      { protocol: 'tcp', host: internet.host, port: 80 },
      { protocol: 'udp', host: internet.host6, port: 7 },
    ])
    t.strictSame(fates, ['closed', 'closed', 'rejected'], 'no program, a reset, a refusal')
    await cnc.run(['ping', '-c1', '-W2', '10.20.0.1'])
    await cnc.run(['ping', '-6', '-c1', '-W2', 'fd20:1::1'])
    t.equal(
      (await pc.run(['curl', '-sS', `http://${internet.host}/`])).stdout.includes(internet.boxAddress),
      true,
      'translated',
    )
    t.equal(
      (await pc.run(['curl', '-sS', `http://[${internet.host6}]/`])).stdout.includes('2001:db8:1::10'),
      true,
      'translated, too',
    )
  })

  await t.test('a forged sender address gets nowhere', async (t) => {
    await pc.run(['ip', 'address', 'add', '10.30.1.77/32', 'dev', 'lo'])
    await forged(t, pc, ['ping', '-c1', '-W1', '-I', '10.30.1.77', internet.host])
    await provider.run(['ip', 'address', 'add', '10.20.14.99/32', 'dev', 'lo'])
    await forged(t, provider, ['ping', '-c1', '-W1', '-I', '10.20.14.99', internet.boxAddress])
    await provider.run(['ip', 'address', 'del', '10.20.14.99/32', 'dev', 'lo'])
  })

  async function forged(t: Test, sender: Pick<Client, 'run'>, argv: [string, ...string[]]): Promise<void> {
    const before = await counted(box.system, 'forged sender address')
    t.equal((await sender.run(argv, { accept: [0, 1] })).status, 1)
    t.ok((await counted(box.system, 'forged sender address')) > before, argv.join(' '))
  }
})
