import t from 'tap'
import { agentAt } from '../../agent/contract/client.ts'
import { boxReconcile, boxStatus } from '../../agent/contract/box.ts'
import { agentReady } from '../../cli/lab/box.ts'
import { applySchool } from '../../cli/lab/tour.ts'
import { labOverlay } from '../../cli/lab/lab.ts'
import { until } from '../../cli/lab/until.ts'
import { localSystem } from '../../agent/system/local.ts'
import { schoolImage } from '../support/image.ts'
import { type Container, startContainer } from '../support/container.ts'
import { exampleText } from '../support/school.ts'

/** The agent is killed, the power fails: the box comes back with the last state that was promised. */

t.setTimeout(900_000)

const host = localSystem()
const { tree } = await schoolImage()
const first = await startContainer(t, { tree, overlay: [labOverlay] })
await first.provider()
const world: { box: Container } = { box: first }
await agentReady(first, host)
await applySchool(first, exampleText(), host)

const withAddress = (number: number): string => exampleText().replace('10.20.14.7 }', `10.20.14.${number} }`)
const agent = () => agentAt({ socket: `${world.box.root}/run/iserv/agent.sock`, by: 'test' })
const status = () => agent().call(boxStatus, {})

/** Every service serves what the current generation says, and nothing is left over. */
async function isWhole(): Promise<string> {
  const { system } = world.box
  await until(
    async () => {
      const look = await agent()
        .call(boxReconcile, {})
        .catch(() => undefined)
      return look?.resources.every(({ state }) => state === 'converged')
    },
    { what: 'all services to converge', timeout: 120_000, every: 250 },
  )
  const { stdout } = await system.processes.run(['iserv-ctl', 'state', 'export'])
  const wanted = /r214-pc07.*address: ([\d.]+) /.exec(stdout)?.[1] ?? ''
  const kea = await system.network.exchange('/run/kea/kea4-ctrl-socket', '{"command":"config-get"}')
  return kea.includes(`"ip-address": "${wanted}"`) || kea.includes(`"ip-address":"${wanted}"`)
    ? wanted
    : `not ${wanted}`
}

/** What lies on the disk when the agent is killed, with the number of the new generation. */
const moments: readonly (readonly [name: string, look: (number: number) => Promise<boolean>])[] = [
  ['nothing', async () => true],
  ['the folder', (number) => exists(`generations/${number}`)],
  ['files of one service', (number) => exists(`generations/${number}/firewall/ruleset.json`)],
  ['files of most services', (number) => exists(`generations/${number}/dns/unbound.conf`)],
  ['all files', (number) => exists(`generations/${number}/generation.json`)],
  ['the link', async (number) => (await data.readLink('current')) === `generations/${number}`],
]
const data = {
  stat: (path: string) => world.box.system.files.stat(`/var/lib/iserv/${path}`),
  readLink: (path: string) => world.box.system.files.readLink(`/var/lib/iserv/${path}`),
}
const exists = async (path: string): Promise<boolean> => (await data.stat(path)) !== undefined

t.test('the agent is killed in the middle of an apply', async (t) => {
  for (const [index, [name, look]] of moments.entries()) {
    const before = await isWhole()
    const wanted = `10.20.14.${100 + index}`
    const { stdout } = await world.box.system.processes.run(['iserv-ctl', 'state', 'history', '--limit', '1', '--json'])
    const { generations } = JSON.parse(stdout) as { generations: readonly { number: number }[] }
    const next = (generations[0]?.number ?? 0) + 1
    const { processes } = world.box.system
    const input = withAddress(100 + index)
    const applying = processes.run(['iserv-ctl', 'state', 'apply', '-'], { input, accept: [0, 1, 5] })
    await until(() => look(next), { what: name, every: 1 })
    await processes.run(['systemctl', 'kill', '--signal=KILL', 'iserv-agent.service'])
    const { status: answer } = await applying
    const after = await isWhole()
    t.ok([before, wanted].includes(after), `${name}: ${after}`)
    if (answer === 0) t.equal(after, wanted, 'what was promised is kept')
  }
})

t.test('the power fails, once with a generation on trial', async (t) => {
  await applySchool(world.box, withAddress(200), host)
  world.box = await world.box.powerCut()
  t.equal(await isWhole(), '10.20.14.200')

  await world.box.system.processes.run(['iserv-ctl', 'state', 'apply', '-', '--try', '20s'], {
    input: withAddress(201),
  })
  world.box = await world.box.powerCut()
  await until(async () => (await status().catch(() => undefined))?.trial === null, {
    what: 'the trial to end',
    timeout: 120_000,
    every: 250,
  })
  t.equal(await isWhole(), '10.20.14.200')
})

t.test('a room that was locked when the power failed is locked before the network is there', async (t) => {
  await world.box.system.processes.run(['iserv-ctl', 'room', 'lock', 'r214', '--for', '45m'])
  world.box = await world.box.powerCut()
  const { processes, units } = world.box.system
  await until(async () => (await units.status('iserv-firewall.service').catch(() => undefined))?.active === 'active', {
    what: 'the firewall at boot',
    timeout: 60_000,
  })
  const told = await processes.run(['journalctl', '--boot', '--unit=iserv-firewall', '--output=cat'])
  t.match(told.stdout, 'locked rooms: 1')
  const { stdout } = await processes.run(['nft', 'list', 'set', 'inet', 'iserv', 'locked'])
  t.match(stdout, /expires (\d|[1-3]\d|4[0-4])m/, 'what is left of the 45 minutes')
  await isWhole()
  t.match((await processes.run(['iserv-ctl', 'room', 'list', '--locked'])).stdout, 'r214')
})

t.test('services start without the agent', async (t) => {
  await world.box.system.processes.run([
    'systemctl',
    'stop',
    'iserv-agent.socket',
    'iserv-agent-platform.socket',
    'iserv-agent.service',
  ])
  const client = await world.box.client('r118-pc31', 'lan0', { mac: '52:54:00:18:31:01' })
  await world.box.system.units.restart('kea-dhcp4-server.service')
  await world.box.system.units.restart('unbound.service')
  t.equal((await client.dhcp({ tries: 30 })).address, '10.20.18.31')
  t.equal((await client.run(['dig', '+short', 'r118-pc31.schule.lan'])).stdout.trim(), '10.20.18.31')
})
