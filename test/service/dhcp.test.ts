import t from 'tap'
import { dhcpHandlers } from '../../agent/sockets/handlers/dhcp.ts'
import type { Engine } from '../../agent/engine/engine.ts'
import type { AnyResource } from '../../agent/engine/resource.ts'
import { Device } from '../../agent/model/device.ts'
import { Directory } from '../../agent/model/directory.ts'
import type { SchoolState } from '../../agent/model/state.ts'
import { Ipv4 } from '../../agent/model/scalars.ts'
import { derive } from '../../agent/resources/dhcp/derive.ts'
import { dhcp } from '../../agent/resources/dhcp/index.ts'
import { ask } from '../../agent/resources/dhcp/kea.ts'
import { readLeases } from '../../agent/resources/dhcp/leases.ts'
import { keaConfig } from '../../agent/resources/dhcp/render.ts'
import { firewall } from '../../agent/resources/firewall/index.ts'
import { interfaces } from '../../agent/resources/interfaces/index.ts'
import type { Deps } from '../../agent/sockets/handler.ts'
import type { System } from '../../agent/system/system.ts'
import { until } from '../../cli/lab/until.ts'
import { startContainer } from '../support/container.ts'
import { counted } from '../support/counters.ts'
import { enactorOn } from '../support/enact.ts'
import { designSchool, exampleSchool } from '../support/school.ts'

t.setTimeout(400_000)

const overlay = new URL('../../image/school/overlay', import.meta.url).pathname
const relay = new URL('../support/dhcp-relay.ts', import.meta.url).pathname
const offers = new URL('../support/dhcp-offers.ts', import.meta.url).pathname
const thief = new URL('../support/dhcp-thief.ts', import.meta.url).pathname
const unit = 'kea-dhcp4-server.service'
const unchanged = { interfaces: { lines: [] }, dhcp: { lines: [] } }
const mac = '52:54:00:14:07:01'

/** Kea's leases as a power cut may leave them: one whole, one half written. */
const leasesAfterPowerCut = `address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id
10.20.200.1,52:54:00:99:99:09,,14400,4102444800,169082880,0,0,phone,0,,0
10.20.200.2,52:54:00:99`

/** The school of the design size, with one PC's reservation elsewhere. */
function schoolWith(address: string, change: Partial<SchoolState> = {}): SchoolState {
  const school = designSchool()
  const devices = school.devices.map((one) => (one.mac === mac ? { ...one, address: Ipv4.parse(address) } : one))
  return { ...school, devices, ...change }
}

const moved = () => schoolWith('10.20.14.77')

t.test('2,000 devices on the real Kea', async (t) => {
  const box = await startContainer(t, { ports: ['uplink0', 'lan0', 'lan1', 'lan2', 'guest0'], overlay: [overlay] })
  const { system } = box
  const { enact, tend } = enactorOn(t, system, [interfaces, dhcp])
  const school = schoolWith('10.20.14.7')
  await enact(school)

  t.match(await tend(), unchanged, 'a second look finds nothing to do')

  const pc = await box.client('r214-pc07', 'lan0', { mac })
  t.match(
    await pc.dhcp(),
    {
      address: '10.20.14.7',
      prefix: 16,
      gateway: '10.20.0.1',
      dns: '10.20.0.1',
      ntp: '10.20.0.1',
      domain: 'schule.lan',
      hostname: 'r214-pc07',
      lease: 14_400,
    },
    'a known device gets its address, name and servers',
  )
  const phone = await box.client('phone', 'guest0', { mac: '52:54:00:99:99:01' })
  const laptop = await box.client('somebody', 'lan1', { mac: '52:54:00:80:01:01' })
  t.match((await phone.dhcp()).address, /^10\.30\.[0-3]\.\d+$/, 'an unknown device gets an address of the pool')
  t.match(
    await laptop.dhcp(),
    { address: /^10\.21\.20[0-3]\./, hostname: 'laptop-01' },
    'a known device without an address of its own gets one of the pool, and its name',
  )

  await t.test('who holds which address', async (t) => {
    // As much of the agent as the handler needs.
    const engine = { state: () => school } as unknown as Engine
    const deps = { system, engine } as unknown as Deps
    const leases = async (request: object) => {
      const answer = (await dhcpHandlers[0]?.handle(request, deps)) as { leases: readonly object[] }
      return answer.leases
    }
    const all = await leases({})
    t.equal(all.length, 3)
    t.match(all[0], { address: '10.20.14.7', mac, network: 'school', device: 'r214-pc07', room: 'r214' })
    t.match(await leases({ room: 'r214' }), [{ device: 'r214-pc07' }])
    t.match(await leases({ network: 'guest' }), [{ device: null, room: null, mac: '52:54:00:99:99:01' }])
    await t.rejects(leases({ room: 'r124' }), { code: 'ROOM_UNKNOWN', message: /r124/ })
  })

  await t.test('a changed reservation', async (t) => {
    t.match(await enact(moved()), {
      dhcp: { lines: [`~ reservation r214-pc07 ${mac} → 10.20.14.77 (was r214-pc07 10.20.14.7)`] },
    })
    t.equal((await pc.dhcp()).address, '10.20.14.77')
    t.match(await tend(), unchanged)
  })

  await t.test('an address that another device holds', async (t) => {
    const held = (await phone.dhcp()).address
    const reserved: SchoolState = {
      ...moved(),
      devices: [
        ...moved().devices,
        Device.parse({ name: 'scanner', mac: '52:54:00:99:99:77', network: 'guest', address: held }),
      ],
    }
    const warnings = await dhcp.prepare({ state: reserved, locks: [] }).warn(system)
    t.match(warnings, [
      { severity: 'warning', path: 'devices.scanner.address', message: /52:54:00:99:99:01.*loses it to scanner/ },
    ])
    await enact(reserved)
    const scanner = await box.client('scanner', 'guest0', { mac: '52:54:00:99:99:77' })
    t.equal((await scanner.dhcp()).address, held, 'whose it is gets it')
    t.not((await phone.dhcp()).address, held, 'who had it gets another')
    t.match(await dhcp.prepare({ state: reserved, locks: [] }).warn(system), [])
    await enact(moved())
  })

  await t.test('what Kea declines', async (t) => {
    // The checks of the model would refuse it long before; here it comes through to Kea.
    const school = schoolWith('10.20.14.78')
    const pool = { from: Ipv4.parse('10.99.0.1'), to: Ipv4.parse('10.99.0.9') }
    const networks = school.networks.map((one) => ({ ...one, pool }))
    await t.rejects(enact({ ...school, networks }), { code: 'SERVICE_CHECK_FAILED' })
    t.equal((await pc.dhcp()).address, '10.20.14.77', 'the last good configuration serves')

    const nowhere = keaConfig(derive({ state: school, locks: [] }), [{ bridge: 'br-nowhere', address: '10.20.0.1' }])
    await t.rejects(ask(system, 'config-set', nowhere), { code: 'SERVICE_REFUSED', message: /br-nowhere/ })
    const bridges = ['br-school', 'br-teachers', 'br-wlan', 'br-guest']
    t.match(await tend(), { dhcp: { lines: [bridges.map((name) => `~ listen on ${name} again`).join('\n')] } })
    t.equal((await pc.dhcp()).address, '10.20.14.77', 'a Kea made deaf by hand hears again')
  })

  await t.test('drift', async (t) => {
    const emptied = keaConfig(derive({ state: { ...school, devices: [] }, locks: [] }))
    await ask(system, 'config-set', emptied)
    const { dhcp: repaired } = await tend()
    t.equal(repaired?.lines.join('\n').split('\n').length, 2_000, 'a configuration loaded by hand is replaced')
    t.match(await tend(), unchanged)
    await ask(system, 'dhcp-disable')
    t.match(await tend(), { dhcp: { lines: ['~ Kea serves again'] } }, 'a Kea told to be silent serves again')
    await system.units.stop(unit)
    t.match(await tend(), { dhcp: { lines: ['+ start Kea'] } }, 'a stopped Kea is started')
    const [, before] = await pidOf()
    await system.processes.run(['systemctl', 'kill', '--signal=KILL', unit])
    const [active] = await until(
      async () => {
        const [state, pid] = await pidOf()
        return state === 'active' && pid !== before && [state]
      },
      { what: 'systemd to start Kea again' },
    )
    t.equal(active, 'active', 'a killed Kea comes back without the agent')
    t.equal((await pc.dhcp()).address, '10.20.14.77')
  })

  await t.test('a bridge that is not there', async (t) => {
    const prepared = dhcp.prepare({ state: schoolWith('10.20.14.77'), locks: [] })
    await system.processes.run(['ip', 'link', 'delete', 'br-guest'])
    const [step] = await prepared.plan(system)
    await t.rejects(async () => step?.apply(system), {
      code: 'SERVICE_REFUSED',
      message: /br-guest with 10\.30\.0\.1 is not there/,
    })
    t.equal((await pc.dhcp()).address, '10.20.14.77', 'the other networks are served')
    await tend()
    t.match(await tend(), unchanged)
  })

  await t.test('a bridge made anew under Kea', async (t) => {
    await system.processes.run(['ip', 'link', 'delete', 'br-school'])
    t.match(await tend(), {
      interfaces: { lines: ['+ bridge br-school', '~ link lan0: is no port of br-school'] },
      dhcp: { lines: ['~ listen on br-school again'] },
    })
    t.equal((await pc.dhcp()).address, '10.20.14.77')
    t.match(await tend(), unchanged)
  })

  async function pidOf() {
    const { stdout } = await system.processes.run(['systemctl', 'show', '--value', '-p', 'ActiveState,MainPID', unit])
    const [pid = '', state = ''] = stdout.trim().split('\n').toSorted()
    return [state, pid] as const
  }
})

t.test('a box whose agent does not run', async (t) => {
  const state = schoolWith('10.20.14.7')
  const folder = (resource: AnyResource) =>
    Object.fromEntries(resource.prepare({ state, locks: [] }).files.map(({ path, text }) => [path, text]))
  const generation = { interfaces: folder(interfaces), dhcp: folder(dhcp) }
  const data = t.testdir({
    var: {
      lib: {
        iserv: { generations: { 1: generation }, current: t.fixture('symlink', 'generations/1') },
        kea: { 'kea-leases4.csv': leasesAfterPowerCut },
      },
    },
  })
  const box = await startContainer(t, {
    ports: ['uplink0', 'lan0', 'lan1', 'lan2', 'guest0'],
    overlay: [overlay, data],
  })
  const pc = await box.client('r214-pc07', 'lan0', { mac })
  t.equal((await pc.dhcp()).address, '10.20.14.7', 'serves what was last declared')
  const known = (await readLeases(box.system)).map(({ address }) => address)
  t.same(known, ['10.20.14.7', '10.20.200.1'], 'and knows the leases that were whole when the power went')
  t.match(await dhcp.prepare({ state, locks: [] }).plan(box.system), [], 'and that is what it says')
})

t.test('a network with the address of a directory beside that of the box', async (t) => {
  const box = await startContainer(t, { overlay: [overlay] })
  const { enact, tend } = enactorOn(t, box.system, [interfaces, firewall, dhcp])
  await enact({ ...exampleSchool(), directory: Directory.parse({ address: '10.20.0.3' }) })
  t.match(await tend(), unchanged)
  const pc = await box.client('r214-pc07', 'lan0', { mac })
  t.equal((await pc.dhcp()).address, '10.20.14.7')
  const received = () => statistic(box.system, 'pkt4-discover-received')
  const before = await received()
  await pc.run([process.execPath, offers, mac, '10'])
  t.equal((await received()) - before, 10, 'each request is heard once')

  await t.test('one card cannot take the addresses of all', async (t) => {
    const card = await box.client('thief', 'guest0', { mac: '52:54:00:66:66:66' })
    await card.dhcp()
    await card.run([process.execPath, thief, '300'])
    const phone = await box.client('phone', 'guest0', { mac: '52:54:00:99:99:01' })
    t.match((await phone.dhcp()).address, /^10\.30\./, 'others are served')
    const guests = `subnet[${derive({ state: exampleSchool(), locks: [] }).networks[1]?.id}].assigned-addresses`
    const taken = await statistic(box.system, guests)
    t.ok(taken > 2 && taken < 40, `${taken} addresses are taken`)
    t.ok((await counted(box.system, 'DHCP requests of one card')) > 200)
  })
})

t.test('networks that run out, are unplugged or are reached for from outside', async (t) => {
  const box = await startContainer(t, { overlay: [overlay] })
  const { system } = box
  const { enact, tend, prove } = enactorOn(t, system, [interfaces, dhcp])
  const example = exampleSchool()
  const pool = { from: Ipv4.parse('10.30.0.50'), to: Ipv4.parse('10.30.0.51') }
  const networks = example.networks.map((one) => (one.name === 'guest' ? { ...one, pool } : one))
  await enact({ ...example, networks })
  t.match(await prove(), { dhcp: [{ code: 'dhcp-serves' }] })

  const phones = await Promise.all(
    [1, 2].map((n) => box.client(`phone${n}`, 'guest0', { mac: `52:54:00:99:99:0${n}` })),
  )
  for (const phone of phones) await phone.dhcp()
  t.match(await prove(), { dhcp: [{ code: 'dhcp-pool-full', severity: 'error' }] })
  const late = await box.client('phone3', 'guest0', { mac: '52:54:00:99:99:03' })
  await t.rejects(late.dhcp({ tries: 2 }), { code: 'LAB_FAILED' })
  await enact(example)
  t.match((await late.dhcp()).address, /^10\.30\./, 'a larger pool takes effect')

  const dropped = () => statistic(system, 'pkt4-receive-drop')
  const before = await dropped()
  await phones[0]?.run([process.execPath, relay, '10.30.0.1', '10.20.0.99'])
  await until(async () => (await dropped()) > before, { what: 'Kea to drop a relayed request' })
  t.equal(await statistic(system, 'subnet[169082880].assigned-addresses'), 0, 'no address of another network')

  const prepared = dhcp.prepare({ state: example, locks: [] })
  const finds = (wanted: string) =>
    until(async () => (await prepared.probe(system)).some(({ code }) => code === wanted), {
      what: `the finding ${wanted}`,
    })
  await system.processes.run(['ip', 'link', 'set', 'lan0', 'down'])
  // The kernel tells of a lost cable up to a second later.
  const bridge = () => system.files.read('/sys/class/net/br-school/operstate')
  await until(async () => (await bridge())?.trim() === 'down', { what: 'the bridge to lose its cable' })
  await system.units.restart(unit)
  await finds('dhcp-no-cable')
  t.match(await tend(), { interfaces: { lines: ['~ link lan0: is switched off'] }, dhcp: { lines: [] } })
  await finds('dhcp-serves')
  t.match(await tend(), unchanged, 'Kea has heard of the cable by itself')
})

async function statistic(system: System, name: string): Promise<number> {
  const { [name]: samples } = await ask(system, 'statistic-get', { name })
  return Number((samples as readonly (readonly number[])[])[0]?.[0])
}
