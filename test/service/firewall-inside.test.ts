import { spawn } from 'node:child_process'
import t from 'tap'
import type { RoomLock } from '../../agent/model/lock.ts'
import { SchoolState, type SchoolStateInput } from '../../agent/model/state.ts'
import { firewall } from '../../agent/resources/firewall/index.ts'
import { lockCommands, unlockCommands } from '../../agent/resources/firewall/locks.ts'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { connectFrom } from '../support/connect.ts'
import { counted } from '../support/counters.ts'
import { enactorOn } from '../support/enact.ts'
import { buildHouse } from '../support/house.ts'
import { exampleInput } from '../support/school.ts'

t.setTimeout(240_000)

const stateWith = (change: Partial<SchoolStateInput> = {}) => SchoolState.parse({ ...exampleInput(), ...change })

t.test('somebody inside pretends to be the server', async (t) => {
  const { box, device } = await buildHouse(t)
  const engine = enactorOn(t, box.system, [firewall])
  await engine.enact(stateWith())
  const pc = await device('r214-pc07', 'school', '52:54:00:14:07:01', '14.7')
  const findings = async () => ((await engine.prove())['firewall'] ?? []).filter(({ severity }) => severity !== 'ok')
  t.strictSame(await findings(), [])

  await t.test('as a device that nobody knows, out of a locked room', async (t) => {
    const locks = [{ room: 'r214', since: Date.now(), until: null, by: 'm.weber' } as RoomLock]
    const echo = { protocol: 'tcp', host: internet.host, port: 7 } as const
    const stranger = await device('stranger', 'school', '52:54:00:aa:00:01', '200.9')
    const state = stateWith()
    const networks = state.networks.map((one) => ({ ...one, internetForUnknown: false }))
    await engine.enact(state)
    await box.system.nftables.run(lockCommands(state, locks))
    t.strictSame(await connectFrom(pc, [echo]), ['closed'])
    t.strictSame(await connectFrom(stranger, [echo]), ['answered'], 'unless the state says otherwise')
    await engine.enact({ ...state, networks })
    await box.system.nftables.run(lockCommands(state, locks))
    t.strictSame(await connectFrom(stranger, [echo]), ['closed'])
    await box.system.nftables.run(unlockCommands(state, ['r214']))
    t.strictSame(await connectFrom(pc, [echo]), ['answered'], 'declared devices have theirs')
    await engine.enact(state)
  })

  await t.test('as somebody who administers it', async (t) => {
    await box.system.processes.run(['ip', 'address', 'add', '10.20.0.3/32', 'dev', 'br-school'])
    const [program, ...rest] = [...box.enter, 'busybox', 'httpd', '-f', '-p', '22', '-h', '/usr/share']
    const door = spawn(program as string, rest, { stdio: 'ignore' })
    t.teardown(() => door.kill())
    await until(async () => (await box.system.processes.run(['ss', '-Hlnt'])).stdout.includes(':22 '), {
      what: 'the door',
    })
    const other = await device('r118-pc31', 'school', '52:54:00:18:31:01', '18.31')
    const own = { protocol: 'tcp', host: '10.20.0.1', port: 22 } as const
    const directory = { ...own, host: '10.20.0.3' }
    const six = { ...own, host: 'fd20:1::1' }
    const keys = ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f']
    const administered = (who: object) =>
      stateWith({ administration: { keys, ...who }, directory: { address: '10.20.0.3' } })
    await engine.enact(administered({}))
    t.strictSame(
      await connectFrom(other, [own, six, directory]),
      ['answered', 'answered', 'closed'],
      'anybody, at one address',
    )
    for (const who of [
      { devices: ['r214-pc07'] },
      { rooms: ['r214'] },
      { devices: ['roof-sensor'], addresses: ['10.20.14.0/28', 'fd20:1::/64'] },
    ]) {
      await engine.enact(administered(who))
      t.strictSame(
        await connectFrom(pc, [own, six, directory]),
        ['answered', 'answered', 'closed'],
        JSON.stringify(who),
      )
      t.strictSame(await connectFrom(other, [own, directory]), ['rejected', 'closed'], JSON.stringify(who))
    }
    await engine.enact(stateWith())
  })

  await t.test('with its address', async (t) => {
    const claim = [
      '--arp',
      '--arp-type',
      'ARP-reply',
      '--arp-sender-ip',
      '10.20.0.1',
      '--arp-target-ip',
      '10.20.0.1',
    ] as const
    await pc.run([
      'nping',
      ...claim,
      '--arp-sender-mac',
      '52:54:00:14:07:01',
      '--dest-mac',
      'ff:ff:ff:ff:ff:ff',
      '-c',
      '1',
      '10.20.0.1',
    ])
    t.equal(await counted(box.system, 'address of the box claimed by another'), 1)
    t.match(await findings(), [{ code: 'address-claimed', message: /r214-pc07 \(52:54:00:14:07:01\)/ }])
  })

  await t.test('as a router of IPv6', async (t) => {
    const [program, ...rest] = [
      ...pc.enter,
      'dnsmasq',
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--user=root',
      '--group=root',
      '--pid-file=',
      '--port=0',
      '--interface=eth0',
      '--bind-interfaces',
      '--enable-ra',
      '--ra-param=eth0,4,1800',
      '--dhcp-range=fd20:1::,ra-only,64,1h',
    ]
    const router = spawn(program as string, rest, { stdio: 'ignore' })
    t.teardown(() => router.kill())
    await until(async () => (await counted(box.system, 'router that is not the box')) > 0, { what: 'an announcement' })
    t.match(await findings(), [{ code: 'address-claimed' }, { code: 'router-foreign', message: /r214-pc07/ }])
    const { stdout } = await box.system.processes.run(['ip', '-6', 'route', 'show', 'default'])
    t.notMatch(stdout, /br-school/, 'the box does not believe it')
  })
})
