import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { alone } from '../../cli/lab/alone.ts'
import { claim, declare, giveUp, sweepAbandoned } from '../../cli/lab/claim.ts'
import { layCables, sweep } from '../../cli/lab/ground.ts'
import { createGroup, startInGroup } from '../../cli/lab/group.ts'
import { findLab } from '../../cli/lab/lab.ts'
import { type Layout, layoutOf, lockFolder, namespaceOf } from '../../cli/lab/layout.ts'
import { type LabRecord, ownOwner, readRecord } from '../../cli/lab/record.ts'
import type { Teardown } from '../support/container.ts'
import { tracesOf } from '../support/traces.ts'

/** Who may take a lab's name, and what becomes of whatever bore it before. No box boots here. */

const host = localSystem()
const program = fileURLToPath(new URL('../../iserv-ctl', import.meta.url))
const ports = ['uplink0', 'lan0', 'guest0']
const living = await ownOwner(host)
const dead = { ...living, started: '0' }

function labFor(t: Teardown): Layout {
  const layout = layoutOf(`test-${process.pid}-${crypto.randomUUID().slice(0, 8)}`)
  t.teardown(() => sweep(layout, host))
  return layout
}

const recordOf = ({ name }: Layout, owner: LabRecord['owner']): LabRecord => {
  const parts = { kind: 'container', phase: 'starting', tied: true, source: '', ports, clients: [] } as const
  return { version: 1, name, owner, ...parts }
}

async function raised(layout: Layout, owner: LabRecord['owner']): Promise<void> {
  await claim(layout, recordOf(layout, owner), host)
  await layCables(layout, ports, host)
}

t.test('several sweep the same lab at once: it is gone, and nobody trips over the others', async (t) => {
  const layout = labFor(t)
  await raised(layout, dead)
  await Promise.all([sweep(layout, host), sweepAbandoned(host), sweep(layout, host), sweepAbandoned(host)])
  t.strictSame(await tracesOf(layout.name), [])
})

t.test('several take a dead lab over at once: one has it, whole, and the others hear who', async (t) => {
  const layout = labFor(t)
  await raised(layout, dead)
  const all = await Promise.allSettled([1, 2, 3, 4].map(() => raised(layout, living)))
  const lost = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  t.equal(lost.length, 3)
  for (const error of lost) t.match(error, { code: 'LAB_RUNNING', message: `being built by process ${process.pid}` })
  t.match(await readRecord(layout, host), { owner: living })
  const inside = ['ip', '-n', namespaceOf(layout, 'switch'), '-o', 'link'] as const
  t.match((await host.processes.run(inside)).stdout, /lan0/)
})

t.test('what a restart of this machine left on the disk does not come back', async (t) => {
  const [taken, forgotten] = [labFor(t), labFor(t)]
  for (const { data, prefix } of [taken, forgotten]) {
    await host.files.makeFolder(`${data}/var`)
    await host.files.write(`${data}/var/left`, 'from another life')
    await host.files.makeFolder(`/etc/netns/${prefix}client.phone`)
  }
  await raised(taken, living)
  t.strictSame(await host.files.list(taken.data), [])
  t.strictSame(await host.files.list(`/etc/netns/${taken.prefix}client.phone`), [])
  await sweepAbandoned(host)
  t.strictSame(await tracesOf(forgotten.name), [])
  t.match(await readRecord(taken, host), { owner: living }, 'one that lives is left alone')
})

t.test('whoever gives up takes nothing with it that others have built since', async (t) => {
  const layout = labFor(t)
  await raised(layout, living)
  await t.rejects(declare(layout, recordOf(layout, dead), host), { code: 'LAB_FAILED', message: /taken down/ })
  const told = await giveUp(layout, recordOf(layout, dead), new Error('no matter'), host)
  t.match(told, { code: 'LAB_FAILED', message: /taken down/ })
  t.match(await readRecord(layout, host), { owner: living })
  const inside = ['ip', '-n', namespaceOf(layout, 'switch'), '-o', 'link'] as const
  t.match((await host.processes.run(inside)).stdout, /lan0/)
  const why = new Error('no cable')
  t.equal(await giveUp(layout, recordOf(layout, living), why, host), why)
  t.strictSame(await tracesOf(layout.name), [])
})

t.test('a lab of another version is neither taken over nor swept away while it runs, but taken down', async (t) => {
  const later = ({ name }: Layout) => JSON.stringify({ version: 2, name, boxes: [] })
  for (const text of [later, () => 'torn']) {
    const layout = labFor(t)
    await host.files.makeFolder(layout.folder)
    await host.files.write(`${layout.folder}/lab.json`, text(layout))
    const ground = await createGroup(layout, host)
    await startInGroup(ground, 'world', `${layout.folder}/some.log`, ['sleep', 'infinity'])
    const refused = { code: 'LAB_RUNNING', message: /another version/, hint: /lab down/ }
    await t.rejects(claim(layout, recordOf(layout, living), host), refused)
    await t.rejects(findLab(layout.name, host), refused)
    await sweepAbandoned(host)
    t.match(await tracesOf(layout.name), { length: 3 })
    const { stdout } = await host.processes.run([program, 'lab', 'down', '--name', layout.name])
    t.match(stdout, 'is gone')
    t.strictSame(await tracesOf(layout.name), [])
  }
})

t.test('a lab of another version that has ended does not stand in the way', async (t) => {
  const layout = labFor(t)
  await host.files.makeFolder(layout.folder)
  await host.files.write(`${layout.folder}/lab.json`, '{}')
  await t.rejects(findLab(layout.name, host), { code: 'LAB_NOT_RUNNING' })
  await claim(layout, recordOf(layout, living), host)
  t.match(await readRecord(layout, host), { owner: living })
})

t.test('only root can keep others from the labs, and not for longer than it lives', async (t) => {
  const lock = ['flock', '--nonblock', lockFolder, 'true'] as const
  const holding = fileURLToPath(new URL('../support/hold-labs.ts', import.meta.url))
  const holder = spawn(process.execPath, [holding], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  t.equal((await host.processes.run(lock, { accept: [1] })).status, 1)
  const next = alone(host, async () => 'ours')
  holder.kill('SIGKILL')
  t.equal(await next, 'ours')
  const user = ['setpriv', '--reuid=65534', '--clear-groups'] as const
  await t.rejects(host.processes.run([...user, ...lock]), { message: /Permission denied/ })
})
