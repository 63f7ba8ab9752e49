import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { alone } from '../../cli/lab/alone.ts'
import { claim, sweepAbandoned } from '../../cli/lab/claim.ts'
import { layCables, sweep } from '../../cli/lab/ground.ts'
import { type Layout, layoutOf, lockFolder, namespaceOf } from '../../cli/lab/layout.ts'
import { type LabRecord, ownOwner, readRecord } from '../../cli/lab/record.ts'
import type { Teardown } from '../support/container.ts'
import { tracesOf } from '../support/traces.ts'

/** Who may take a lab's name, and what becomes of whatever bore it before. No box boots here. */

const host = localSystem()
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

t.test('only root can keep others from the labs, and not for longer than it lives', async (t) => {
  const lock = ['flock', '--nonblock', lockFolder, 'true'] as const
  const program = fileURLToPath(new URL('../support/hold-labs.ts', import.meta.url))
  const holder = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  t.equal((await host.processes.run(lock, { accept: [1] })).status, 1)
  const next = alone(host, async () => 'ours')
  holder.kill('SIGKILL')
  t.equal(await next, 'ours')
  const user = ['setpriv', '--reuid=65534', '--clear-groups'] as const
  await t.rejects(host.processes.run([...user, ...lock]), { message: /Permission denied/ })
})
