import t from 'tap'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'

/** A state that no check declines, but that a service cannot run: it says why, and after the return everything works. */

t.setTimeout(900_000)

const box = await startBox(t)
const { processes, files } = box.system
await box.apply(exampleText())

interface Applied {
  readonly resources: readonly { readonly name: string; readonly state: string; readonly detail: string }[]
}

async function works(): Promise<void> {
  const green = async () => (await box.control(['box', 'status'], { accept: [0, 5] })).status === 0
  await until(green, { what: 'the box to work', timeout: 120_000, every: 500 })
}

async function tried(document: string, seconds: string): Promise<Applied> {
  const words = ['state', 'apply', '-', '--try', seconds, '--json'] as const
  return JSON.parse((await box.control(words, { input: document, accept: [5] })).stdout) as Applied
}

const newest = async () => {
  const { stdout } = await box.control(['state', 'history', '--json'])
  return (JSON.parse(stdout) as { generations: readonly object[] }).generations[0]
}

t.before(works)

t.test('a VLAN that systemd-networkd cannot make, and nobody confirms', async (t) => {
  const probe = ['ip', 'link', 'add', 'link', 'lan0', 'name', 'try', 'type', 'vlan', 'id', '9'] as const
  if ((await processes.run(probe, { accept: [0, 1, 2] })).status === 0) {
    await processes.run(['ip', 'link', 'delete', 'try'])
    return t.comment('not tried: this kernel makes VLANs')
  }
  const tagged = exampleText().replace('ports: [guest0]', 'vlan: 30\n    ports: [lan0]')
  const { resources } = await tried(tagged, '15s')
  const networks = resources.find(({ name }) => name === 'interfaces')
  t.match(networks, { state: 'failed', detail: /lan0\.30: Failed to create netdev: Operation not supported/ })
  await until(async () => (await files.readLink('/var/lib/iserv/current')) === 'generations/1', {
    what: 'the return',
    timeout: 120_000,
  })
  await works()
  t.match(await newest(), { outcome: 'reverted', current: false })
  t.match((await processes.run(['networkctl', 'list', '--no-legend'])).stdout, /lan0 .*configured/)
  const pc = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
  t.equal((await pc.dhcp()).address, '10.20.14.7')
})

/** The box moves to another address of its network: every service has to follow. */
const moved = exampleText().replace('ipv4: 10.20.0.1/16', 'ipv4: 10.20.0.2/16')

const services = [{ name: 'dhcp', unit: 'kea-dhcp4-server.service' }] as const

for (const { name, unit } of services) {
  t.test(`${name}: a service that does not start, and the state is taken back`, async (t) => {
    const good = await files.readLink('/var/lib/iserv/current')
    const folder = `/run/systemd/system/${unit}.d`
    await files.makeFolder(folder)
    await files.write(`${folder}/90-return.conf`, '[Service]\nExecStartPre=/bin/false\n')
    await processes.run(['systemctl', 'daemon-reload'])
    await processes.run(['systemctl', 'kill', '--signal=KILL', unit])
    const { resources } = await tried(moved, '1h')
    const told = resources.find((one) => one.name === name)
    t.match(told, { state: 'failed', detail: new RegExp(unit) })
    await files.remove(folder)
    await processes.run(['systemctl', 'daemon-reload'])
    await box.control(['state', 'rollback'], { accept: [0, 5] })
    t.equal(await files.readLink('/var/lib/iserv/current'), good)
    await works()
    t.match(await newest(), { outcome: 'reverted', current: false })
  })
}
