import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { type Box, bootedState } from '../../cli/lab/box.ts'
import { claim } from '../../cli/lab/claim.ts'
import { findContainer } from '../../cli/lab/container.ts'
import { exampleClients, examplePorts } from '../../cli/lab/example.ts'
import { layCables, sweep } from '../../cli/lab/ground.ts'
import { groundOf, leafAlive, startInGroup } from '../../cli/lab/group.ts'
import { findLab, raiseLab } from '../../cli/lab/lab.ts'
import { layoutOf } from '../../cli/lab/layout.ts'
import { cutPower } from '../../cli/lab/machine.ts'
import { readRecord } from '../../cli/lab/record.ts'
import { until } from '../../cli/lab/until.ts'
import { schoolImage } from '../support/image.ts'
import { labFor } from '../support/lab.ts'
import { tracesOf } from '../support/traces.ts'

const host = localSystem()
const { tree } = await schoolImage()
const program = fileURLToPath(new URL('../support/raise-lab.ts', import.meta.url))

/** Starts the raising program, waits until a trace shows up, and kills it there. */
async function killAt(name: string, trace: string): Promise<void> {
  const child = spawn(process.execPath, [program, name, tree], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const own = `process ${child.pid} `
  await until(async () => (await tracesOf(name)).some((line) => !line.startsWith(own) && line.includes(trace)), {
    what: trace,
    every: 1,
  })
  child.kill('SIGKILL')
  await ended
}

t.test('up and down twice: a lab that works, and no trace of it afterwards', async (t) => {
  const name = labFor(t)
  for (const round of ['first', 'second']) {
    const lab = await raiseLab({ name, source: { tree }, ports: examplePorts, clients: exampleClients }, host)
    t.equal(await bootedState(lab.box, host), 'running', `${round}: every unit of the box started`)
    t.strictSame((await findLab(name, host)).box, lab.box)
    await t.rejects(raiseLab({ name, source: { tree }, ports: examplePorts, clients: [] }, host), {
      code: 'LAB_RUNNING',
    })
    t.not((await tracesOf(name)).length, 0)
    await sweep(layoutOf(name), host)
    t.strictSame(await tracesOf(name), [], `${round}: nothing is left`)
  }
  await t.rejects(findLab(name, host), { code: 'LAB_NOT_RUNNING' })
})

for (const trace of ['/run/iserv-lab', 'cgroup', '.switch', 'systemd-nspawn', 'dnsmasq', 'client.r118-pc31']) {
  t.test(`up is killed when ${trace} is there: down clears everything away, and up works again`, async (t) => {
    const name = labFor(t)
    await killAt(name, trace)
    await sweep(layoutOf(name), host)
    t.strictSame(await tracesOf(name), [])
    await killAt(name, trace)
    const lab = await raiseLab({ name, source: { tree }, ports: examplePorts, clients: [] }, host)
    t.strictSame((await findLab(name, host)).box, lab.box)
    await sweep(layoutOf(name), host)
    t.strictSame(await tracesOf(name), [])
  })
}

t.test('the box ends, from outside or from inside: the lab does not run any more, and up builds it anew', async (t) => {
  const name = labFor(t)
  const plan = { name, source: { tree }, ports: examplePorts, clients: exampleClients }
  const ends = [
    async ({ leader }: Box) => process.kill(leader, 'SIGKILL'),
    ({ enter }: Box) => host.processes.run([...enter, 'systemctl', 'poweroff']),
    ({ enter }: Box) => host.processes.run([...enter, 'systemctl', 'reboot']),
  ]
  for (const end of ends) {
    const { ground, box } = await raiseLab(plan, host)
    await end(box)
    await until(async () => (await findContainer(ground)) === undefined, { what: 'the box to end', timeout: 120_000 })
    await t.rejects(findLab(name, host), { code: 'LAB_NOT_RUNNING' })
    t.ok(await leafAlive(ground, 'world'), 'although the provider is still there')
  }
  const lab = await raiseLab(plan, host)
  t.strictSame((await findLab(name, host)).box, lab.box)
  await sweep(layoutOf(name), host)
  t.strictSame(await tracesOf(name), [])
})

t.test('a lab is taken down and built by others while it boots: theirs is neither waited for nor harmed', async (t) => {
  const layout = layoutOf(labFor(t))
  const rising = raiseLab({ name: layout.name, source: { tree }, ports: examplePorts, clients: [] }, host)
  const refused = t.rejects(rising, { code: 'LAB_FAILED', message: /taken down while it was being built$/ })
  await until(async () => (await tracesOf(layout.name)).some((line) => line.includes('is-system-running')), {
    what: 'the box to be waited for',
    every: 5,
    timeout: 120_000,
  })
  await sweep(layout, host)
  const owner = { pid: 1, started: '0' }
  const parts = { kind: 'container', phase: 'running', tied: false, source: '', ports: [], clients: [] } as const
  const theirs = { version: 1, name: layout.name, owner, ...parts } as const
  await claim(layout, theirs, host)
  const ground = await layCables(layout, examplePorts, host)
  await startInGroup(ground, 'box', `${layout.folder}/box.log`, ['sleep', 'infinity'])
  await refused
  t.strictSame(await readRecord(layout, host), theirs)
  t.ok(await leafAlive(ground, 'box'))
})

t.test('a box that cannot start is not waited for, and says why', async (t) => {
  const name = labFor(t)
  // The disk of a computer on which no system was ever installed.
  const folder = t.testdir({ tree: { etc: { 'os-release': 'ID=none\n' }, usr: {}, var: {} } })
  const bare = { name, source: { tree: `${folder}/tree` }, ports: examplePorts, clients: [] }
  await t.rejects(raiseLab(bare, host), { code: 'LAB_FAILED', message: /ended .*\nbox\.log: Failed to mount/ })
  t.strictSame(await tracesOf(name), [])
})

t.test('a box that dies while it boots is not waited for', async (t) => {
  const disk = `${t.testdir({ empty: Buffer.alloc(2 ** 20) })}/empty`
  for (const source of [{ tree }, { raw: disk }]) {
    const layout = layoutOf(labFor(t))
    const rising = raiseLab({ name: layout.name, source, ports: examplePorts, clients: [] }, host)
    const ground = await groundOf(layout, host)
    const begun = async () => ('tree' in source ? await findContainer(ground) : await leafAlive(ground, 'box'))
    const dies = until(begun, { what: 'the box to start', every: 1 }).then(() => cutPower(ground))
    await t.rejects(Promise.all([rising, dies]), { code: 'LAB_FAILED', message: /The box ended/ })
    t.strictSame(await tracesOf(layout.name), [])
  }
})

t.test('two ups of one name at once: one wins, the other is refused and harms nothing', async (t) => {
  const name = labFor(t)
  const plan = { name, source: { tree }, ports: examplePorts, clients: [] }
  const both = await Promise.allSettled([raiseLab(plan, host), raiseLab(plan, host)])
  const lost = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  t.equal(lost.length, 1)
  t.match(lost[0], { code: 'LAB_RUNNING' })
  t.equal((await findLab(name, host)).record.phase, 'running')
})
