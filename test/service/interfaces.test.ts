import t, { type Test } from 'tap'
import { Ipv4Interface, Ipv6Interface } from '../../agent/model/scalars.ts'
import type { Network } from '../../agent/model/network.ts'
import type { SchoolState } from '../../agent/model/state.ts'
import { interfaces } from '../../agent/resources/interfaces/index.ts'
import { until } from '../../cli/lab/until.ts'
import { type Container, startContainer } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { exampleSchool } from '../support/school.ts'

t.setTimeout(300_000)

const overlay = new URL('../../image/school/overlay', import.meta.url).pathname
const unchanged = { interfaces: { lines: [] } }

const networkOf = (state: SchoolState, name: string): Network => {
  const found = state.networks.find((network) => network.name === name)
  if (found === undefined) throw new Error(`the example school has no network ${name}`)
  return found
}

async function boxWith(t: Test, ports: readonly string[] = ['uplink0', 'lan0', 'guest0']) {
  const box = await startContainer(t, { ports, overlay: [overlay] })
  return {
    box,
    run: (...argv: [string, ...string[]]) => box.system.processes.run(argv),
    ...enactorOn(t, box.system, [interfaces]),
  }
}

t.test('the example school', async (t) => {
  const { box, run, enact, tend, prove } = await boxWith(t)
  await box.provider()
  const state = exampleSchool()
  await enact(state)
  t.match(await tend(), unchanged, 'a second look finds nothing to do')

  await t.test('addresses', async (t) => {
    t.same(await addressesOf(box, 'br-school'), ['10.20.0.1/16', 'fd20:1::1/64'])
    t.same(await addressesOf(box, 'br-guest'), ['10.30.0.1/22', 'fd20:2::1/64'])
    t.same(await portsOf(box, 'br-school'), ['lan0'])
    const got = await until(async () => (await addressesOf(box, 'uplink0')).find((one) => one.startsWith('198.')), {
      what: 'an address from the provider',
    })
    t.equal(got, '198.51.100.10/24')
    t.match(await prove(), { interfaces: [{ code: 'interfaces-up' }] })
  })

  await t.test('devices get IPv6 addresses, and traffic is routed', async (t) => {
    const pc = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
    t.match(await pc.ipv6('fd20:1:'), /^fd20:1::5054:ff:fe14:701/)
    const { stdout } = await pc.run(['ip', '-6', 'route', 'show', 'default'])
    t.match(stdout, /proto ra/, 'the box is their router')
    await pc.run(['ip', 'address', 'add', '10.20.14.7/16', 'dev', 'eth0'])
    await pc.run(['ip', 'route', 'add', 'default', 'via', '10.20.0.1'])
    const phone = await box.client('phone', 'guest0', { mac: '52:54:00:99:99:01' })
    await phone.run(['ip', 'address', 'add', '10.30.0.99/22', 'dev', 'eth0'])
    await phone.run(['ip', 'route', 'add', 'default', 'via', '10.30.0.1'])
    // No firewall here: whatever comes is passed on.
    await pc.run(['ping', '-c1', '-W5', '10.30.0.99'])
    await pc.run(['ping', '-c1', '-W5', await phone.ipv6('fd20:2:')])
  })

  await t.test('the resolver of the provider is not taken', async (t) => {
    const { stdout } = await run('networkctl', 'status', 'uplink0', '--json=short')
    t.notMatch(stdout, /"DNS":/)
  })

  await t.test('what somebody changes by hand', async (t) => {
    const repaired = async (line: string, ...argv: [string, ...string[]]) => {
      await run(...argv)
      t.match(await tend(), { interfaces: { lines: [line] } }, argv.join(' '))
      t.match(await tend(), unchanged)
    }
    await repaired(
      '~ link br-school: has lost 10.20.0.1/16',
      'ip',
      'address',
      'del',
      '10.20.0.1/16',
      'dev',
      'br-school',
    )
    await repaired('~ link br-guest: has lost fd20:2::1/64', 'ip', 'address', 'del', 'fd20:2::1/64', 'dev', 'br-guest')
    await repaired(
      '~ link br-guest: has 10.99.0.1/24, which nobody declared',
      ...(['ip', 'address', 'add', '10.99.0.1/24', 'dev', 'br-guest'] as const),
    )
    await repaired('~ link br-guest: is switched off', 'ip', 'link', 'set', 'br-guest', 'down')
    await repaired('~ link lan0: is switched off', 'ip', 'link', 'set', 'lan0', 'down')
    await repaired('~ routing between networks', 'sysctl', '-w', 'net.ipv4.ip_forward=0')
    await repaired('~ routing between networks', 'sysctl', '-w', 'net.ipv6.conf.all.forwarding=0')
    // systemd-networkd itself may be quicker than we are.
    await run('ip', 'link', 'set', 'lan0', 'nomaster')
    await tend()
    t.same(await portsOf(box, 'br-school'), ['lan0'])
    await run('systemctl', 'stop', 'systemd-networkd.socket', 'systemd-networkd.service')
    await tend()
    t.match(await tend(), unchanged, 'also a networkd that was stopped')
    t.equal((await box.system.units.status('systemd-networkd.service')).active, 'active')
  })
})

t.test('a changed network leaves the others alone', async (t) => {
  const { box, run, enact, tend } = await boxWith(t)
  const state = exampleSchool()
  await enact(state)
  const pc = await box.client('pc', 'lan0', { mac: '52:54:00:14:07:01' })
  await pc.run(['ip', 'address', 'add', '10.20.14.7/16', 'dev', 'eth0'])
  await run('systemd-run', '--unit=witness', 'ip', '-oneline', 'monitor', 'link', 'address')
  await until(async () => (await box.system.units.status('witness.service')).active === 'active', {
    what: 'the witness',
  })

  const guest = { ...networkOf(state, 'guest'), ipv4: Ipv4Interface.parse('10.31.0.1/22') }
  t.match(await enact({ ...state, networks: [networkOf(state, 'school'), guest] }), {
    interfaces: { lines: ['~ link br-guest'] },
  })
  t.same(await addressesOf(box, 'br-guest'), ['10.31.0.1/22', 'fd20:2::1/64'])
  await pc.run(['ping', '-c1', '-W2', '10.20.0.1'])
  await run('systemctl', 'stop', 'witness')
  const { stdout } = await run('journalctl', '--unit=witness', '--output=cat')
  t.match(stdout, /br-guest +inet 10\.31\.0\.1/, 'the witness has seen the change')
  t.notMatch(stdout, /Deleted.*(br-school|lan0)|(br-school|lan0).*(NO-CARRIER|state DOWN)/)

  t.match(await enact({ ...state, networks: [networkOf(state, 'school')] }), {
    interfaces: { lines: ['- br-guest', '- link guest0', '- port guest0'] },
  })
  t.notMatch((await run('ip', '-brief', 'link')).stdout, /br-guest/)
  t.match((await run('ip', '-brief', 'link', 'show', 'guest0')).stdout, /DOWN/)
  t.match(await tend(), unchanged)

  t.match(await enact(state), { interfaces: { lines: [/^\+ bridge br-guest\n~ link guest0$/] } }, 'and back')
  t.same(await portsOf(box, 'br-guest'), ['guest0'])
})

t.test('ports that move and ports that are missing', async (t) => {
  const { box, run, enact, tend, prove } = await boxWith(t)
  const state = exampleSchool()
  const networks = (school: readonly string[], guest: readonly string[]) => [
    { ...networkOf(state, 'school'), ports: [...school] },
    { ...networkOf(state, 'guest'), ports: [...guest] },
  ]
  const nine = { ...state, networks: networks(['lan0', 'lan9'], ['guest0']) }
  await t.rejects(enact(nine), {
    code: 'PORT_UNKNOWN',
    hint: /^Its ports: .*lan0 \(([0-9a-f]{2}:){5}[0-9a-f]{2}\b/,
    problems: [{ path: 'networks[0].ports[1]', message: /^lan9 / }],
  })
  t.same(
    await run('ip', '-brief', 'link', 'show', 'type', 'bridge').then(({ stdout }) => stdout),
    '',
    'nothing changed',
  )
  await run('ip', 'link', 'add', 'lan9', 'type', 'veth', 'peer', 'name', 'outside')
  await enact(nine)
  // The card dies.
  await run('ip', 'link', 'delete', 'lan9')
  t.match(await tend(), { interfaces: { lines: [] } })
  t.same(await portsOf(box, 'br-school'), ['lan0'], 'the others keep going')
  t.match((await prove())['interfaces'], [
    { code: 'uplink-no-address', message: /uplink0/ },
    { code: 'port-missing', message: /lan9/ },
  ])

  await enact({ ...state, networks: networks(['lan0', 'guest0'], ['lan9']) })
  t.same(await portsOf(box, 'br-school'), ['guest0', 'lan0'])
  t.same(await portsOf(box, 'br-guest'), [])
  t.same(await addressesOf(box, 'br-guest'), ['10.30.0.1/22', 'fd20:2::1/64'], 'a bridge needs no port')

  await run('ip', 'link', 'add', 'br-school0', 'type', 'bridge')
  t.match(await tend(), { interfaces: { lines: [] } })
  t.match((await run('ip', '-brief', 'link')).stdout, /br-school0/, 'a bridge of somebody else is left alone')
})

t.test('what systemd-networkd cannot make is told in its words, and the way back is open', async (t) => {
  const { run, box, enact, tend } = await boxWith(t)
  const made = await box.system.processes.run(
    ['ip', 'link', 'add', 'link', 'lan0', 'name', 'try', 'type', 'vlan', 'id', '9'],
    { accept: [0, 1, 2] },
  )
  if (made.status === 0) return t.comment('not tried: this kernel makes VLANs')
  const state = exampleSchool()
  await enact(state)
  const guest = { ...networkOf(state, 'guest'), vlan: 30, ports: ['lan0'] } as Network
  const tagged = { ...state, networks: [networkOf(state, 'school'), guest] }
  const why = /lan0\.30 \(lan0\.30: Failed to create netdev: Operation not supported\)/
  await t.rejects(enact(tagged), { code: 'SERVICE_REFUSED', message: why })
  await t.rejects(tend(), { message: why }, 'also the next time')
  t.match((await run('networkctl', 'list', '--no-legend')).stdout, /lan0 .*(failed|initialized)/)

  t.match(await enact(state), { interfaces: { lines: [/link lan0/] } })
  t.same(await portsOf(box, 'br-school'), ['lan0'])
  t.match(await tend(), unchanged)
  t.match((await run('networkctl', 'list', '--no-legend')).stdout, /lan0 .*configured/)
})

t.test('a fixed line to the internet', async (t) => {
  const { box, enact, tend, run } = await boxWith(t)
  await box.provider()
  const state = exampleSchool()
  const uplink = {
    ...state.uplink,
    ipv4: { address: Ipv4Interface.parse('198.51.100.20/24'), gateway: '198.51.100.1' },
    ipv6: 'off',
  } as SchoolState['uplink']
  await enact({ ...state, uplink })
  t.same(await addressesOf(box, 'uplink0'), ['198.51.100.20/24'])
  await run('ping', '-c1', '-W2', '203.0.113.5')
  await run('ip', 'route', 'del', 'default')
  t.match(await tend(), { interfaces: { lines: ['~ link uplink0: has lost the way over 198.51.100.1'] } })
  await run('ping', '-c1', '-W2', '203.0.113.5')

  await enact(state)
  const leased = async () => (await addressesOf(box, 'uplink0')).filter((one) => one.startsWith('198.')).join()
  await until(async () => (await leased()) === '198.51.100.10/24', {
    what: 'the fixed address to make way for a leased one',
  })
  t.match(await tend(), unchanged)
  await run('ping', '-c1', '-W2', '203.0.113.5')
})

t.test('a fixed line without a cable holds nobody in the house up', async (t) => {
  const { box, enact, tend, prove, run } = await boxWith(t, ['lan0', 'guest0'])
  await run('ip', 'link', 'add', 'uplink0', 'type', 'veth', 'peer', 'name', 'outside')
  const state = exampleSchool()
  const uplink = {
    ...state.uplink,
    ipv4: { address: Ipv4Interface.parse('198.51.100.20/24'), gateway: '198.51.100.1' },
    ipv6: { address: Ipv6Interface.parse('2001:db8:1::20/64'), gateway: 'fe80::1' },
  } as SchoolState['uplink']
  const fixed = ['198.51.100.20/24', '2001:db8:1::20/64']
  await enact({ ...state, uplink })
  t.same(await addressesOf(box, 'br-school'), ['10.20.0.1/16', 'fd20:1::1/64'])
  t.match(await tend(), unchanged)
  t.match((await prove())['interfaces'], [{ code: 'port-no-cable', message: /uplink0/ }])

  await run('ip', 'link', 'set', 'outside', 'up')
  await until(async () => (await addressesOf(box, 'uplink0')).join() === fixed.join(), {
    what: 'the addresses once the cable is there',
  })
  await tend()
  t.match(await tend(), unchanged)
  t.match((await prove())['interfaces'], [{ code: 'interfaces-up' }])

  await run('ip', 'link', 'set', 'outside', 'down')
  await until(async () => (await addressesOf(box, 'uplink0')).join() === '', { what: 'the addresses to be lost' })
  t.match(await tend(), unchanged)
})

async function addressesOf(box: Container, name: string): Promise<readonly string[]> {
  const { stdout } = await box.system.processes.run(['ip', '-brief', 'address', 'show', 'dev', name, 'scope', 'global'])
  return stdout
    .trim()
    .split(/\s+/)
    .slice(2)
    .filter((word) => word.includes('/'))
    .toSorted()
}

async function portsOf(box: Container, bridge: string): Promise<readonly string[]> {
  const { stdout } = await box.system.processes.run(['ip', '-brief', 'link', 'show', 'master', bridge])
  return stdout
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [line.split(/[\s@]/)[0] ?? '']))
    .toSorted()
}
