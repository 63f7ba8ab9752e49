import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { bootedState } from '../../cli/lab/box.ts'
import { leaderOf } from '../../cli/lab/container.ts'
import { exampleClients, examplePorts } from '../../cli/lab/example.ts'
import { sweep } from '../../cli/lab/ground.ts'
import { groundOf, leafAlive } from '../../cli/lab/group.ts'
import { findLab, raiseLab } from '../../cli/lab/lab.ts'
import { layoutOf } from '../../cli/lab/layout.ts'
import { cutPower } from '../../cli/lab/machine.ts'
import { until } from '../../cli/lab/until.ts'
import { schoolImage } from '../support/image.ts'
import type { Teardown } from '../support/container.ts'
import { tracesOf } from '../support/traces.ts'

const host = localSystem()
const { tree } = await schoolImage()
const program = fileURLToPath(new URL('../support/raise-lab.ts', import.meta.url))

/** A lab's name of this test's own; whatever happens, nothing of it stays. */
function labFor(t: Teardown): string {
  const name = `test-${process.pid}-${crypto.randomUUID().slice(0, 8)}`
  t.teardown(() => sweep(layoutOf(name), host))
  return name
}

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

t.test('the container is killed: the lab says that it does not run, and goes without a trace', async (t) => {
  const name = labFor(t)
  const lab = await raiseLab({ name, source: { tree }, ports: examplePorts, clients: exampleClients }, host)
  const leader = await leaderOf(lab.ground)
  if (leader !== undefined) process.kill(leader, 'SIGKILL')
  await until(async () => (await leaderOf(lab.ground)) === undefined, { what: 'the box to end' })
  await t.rejects(findLab(name, host), { code: 'LAB_NOT_RUNNING' })
  await sweep(layoutOf(name), host)
  t.strictSame(await tracesOf(name), [])
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
    const begun = async () => ('tree' in source ? await leaderOf(ground) : await leafAlive(ground, 'box'))
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
