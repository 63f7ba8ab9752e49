import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { RoomLock } from '../../agent/model/lock.ts'
import { folderOf } from '../../agent/engine/folders.ts'
import { firewall } from '../../agent/resources/firewall/index.ts'
import { roomHandlers } from '../../agent/sockets/handlers/room.ts'
import type { System } from '../../agent/system/system.ts'
import { until } from '../../cli/lab/until.ts'
import { startContainer } from '../support/container.ts'
import { startAgent } from '../support/engine.ts'
import { exampleText } from '../support/school.ts'
import { fillBytes, makeRoom, smallDisk } from '../support/small-disk.ts'

t.setTimeout(180_000)

const documents = [{ file: 'school.yaml', text: exampleText() }]

interface Timed {
  readonly elem: { readonly expires: number }
}

/** The agent with its firewall alone, which can be disturbed once at each point of a look. */
async function machine(t: Test) {
  const box = await startContainer(t)
  const disturb = new Map<'files' | 'kernel', () => Promise<unknown>>()
  const reached = async (point: 'files' | 'kernel') => {
    const act = disturb.get(point)
    disturb.delete(point)
    await act?.()
  }
  const { files, nftables } = box.system
  const time = { set: 0 }
  const { clock } = box.system
  const disturbed: System = {
    ...box.system,
    clock: { now: () => clock.now() + time.set, monotonic: () => clock.monotonic() },
    files: {
      ...files,
      async stat(path) {
        if (path.startsWith(folderOf(1, 'firewall'))) await reached('files')
        return files.stat(path)
      },
    },
    nftables: {
      ...nftables,
      async run(commands) {
        if (commands.includes('"list":{"table"')) await reached('kernel')
        return nftables.run(commands)
      },
    },
  }
  const data = mkdtempSync(join(tmpdir(), 'locks-'))
  t.teardown(() => rmSync(data, { recursive: true }))
  await smallDisk(t, join(data, 'var/lib/iserv'), 'size=2m')
  const agent = await startAgent(data, disturbed, [firewall])
  t.teardown(() => agent.ledger.close())
  await agent.engine.apply({ documents, by: 'anna', reason: 'a test' })
  const deps = { ...agent, version: '0.0.0', caller: { audience: 'root', by: 'm.weber' } } as const
  const elements = async () => {
    const { stdout } = await box.system.processes.run(['nft', '-j', 'list', 'set', 'inet', 'iserv', 'locked'])
    const { nftables } = JSON.parse(stdout) as { nftables: readonly { set?: { elem?: readonly Timed[] } }[] }
    return nftables.flatMap(({ set }) => set?.elem ?? [])
  }
  return {
    disturb,
    time,
    ledger: agent.ledger,
    clock: agent.system.clock,
    /** The folder of the ledger; on a small disk of its own. */
    records: join(data, 'var/lib/iserv'),
    call: async (name: string, request: object) =>
      roomHandlers.find(({ operation }) => operation.name === name)?.handle(request, deps),
    look: async () => (await agent.engine.reconcile(false)).flatMap(({ lines }) => lines),
    /** How many rooms the kernel keeps from the internet. */
    locked: async () => (await elements()).length,
    /** Seconds until the kernel lets go of the locks, shortest first. */
    timers: async () => (await elements()).map(({ elem }) => elem.expires).toSorted((a, b) => a - b),
  }
}

t.test('what a teacher does while the agent looks stays done', async (t) => {
  const { disturb, call, look, locked } = await machine(t)
  for (const point of ['files', 'kernel'] as const) {
    await call('room.lock', { rooms: ['r214'], seconds: 3600 })
    disturb.set(point, async () => call('room.unlock', { rooms: ['r214'] }))
    t.strictSame(await look(), [])
    t.equal(disturb.size, 0, `it was unlocked while the agent looked at its ${point}`)
    t.equal(await locked(), 0)

    disturb.set(point, async () => call('room.lock', { rooms: ['r214'], seconds: 3600 }))
    t.strictSame(await look(), [])
    t.equal(await locked(), 1)
  }

  const unknown = { code: 'ROOM_UNKNOWN', hint: /Nothing was changed/ }
  for (const verb of ['lock', 'unlock']) await t.rejects(call(`room.${verb}`, { rooms: ['r214', 'r999'] }), unknown)
  t.equal(await locked(), 1)
})

t.test('agent, kernel and ledger agree after each time that somebody sets the clock', async (t) => {
  const { call, look, locked, timers, time, ledger, clock } = await machine(t)
  const minute = 60_000
  const listed = async () => {
    const { rooms } = (await call('room.list', {})) as { rooms: readonly { name: string; lock: RoomLock | null }[] }
    return rooms.flatMap(({ name, lock }) => (lock === null ? [] : name))
  }
  const left = () => ledger.locks.list(clock.now()).map(({ until }) => (until ?? Infinity) - clock.now())
  await call('room.lock', { rooms: ['r214'], seconds: 45 * 60 })
  t.strictSame(await look(), [])
  const steps = [-60, 90, -24 * 60, 365 * 24 * 60]
  for (const minutes of steps) {
    time.set += minutes * minute
    t.strictSame(await listed(), ['r214'], `set by ${minutes} minutes: known to be locked`)
    t.strictSame(await look(), [], 'nothing to do')
    t.equal(await locked(), 1)
    const [kernel = 0] = await timers()
    const [known = 0] = left()
    t.ok(known > 40 * minute && known <= 45 * minute, `${known / minute} minutes are left`)
    t.ok(Math.abs(known / 1000 - kernel) < 3, 'the kernel says so, too')
  }

  // As short as the kernel's clock allows, and the listing is in the agent's memory.
  await call('room.lock', { rooms: ['r214'], seconds: 4 })
  t.strictSame(await look(), [])
  time.set -= 60 * minute
  await until(async () => (await locked()) === 0, { what: 'the kernel to end the lock', timeout: 60_000 })
  await until(async () => (await listed()).length === 0, { what: 'the agent to know it', timeout: 10_000 })
  t.strictSame(await look(), [], 'nobody is locked again')
  t.equal(await locked(), 0)
  t.strictSame(ledger.locks.list(0).length, 1)

  // Whoever flushes the set gets the lock back for the time that is left, not for an hour more.
  await call('room.lock', { rooms: ['r214'], seconds: 600 })
  time.set -= 60 * minute
  await call('room.unlock', { rooms: ['r118'] })
  t.strictSame(await look(), [])
  const [kept = 0] = await timers()
  t.ok(kept > 500 && kept <= 600, `${kept} s`)
})

t.test('a lock that cannot be written down does not hold, and one that cannot be taken away holds on', async (t) => {
  const { call, locked, records, ledger, look, clock } = await machine(t)
  const listed = () => ledger.locks.list(clock.now()).map(({ room }) => room)
  await call('room.lock', { rooms: ['r118'], seconds: 3600 })
  fillBytes(records, 0)
  await t.rejects(call('room.lock', { rooms: ['r214', 'r118'], seconds: null }), { code: 'DISK_FULL' })
  t.equal(await locked(), 1, 'the kernel has what the list shows')
  t.strictSame(listed(), ['r118'])
  await t.rejects(call('room.unlock', { rooms: ['r118'] }), { code: 'DISK_FULL' })
  t.equal(await locked(), 1)
  t.strictSame(await look(), [], 'and nothing is left to be put right')
  makeRoom(records)
  await call('room.lock', { rooms: ['r214'], seconds: 3600 })
  t.equal(await locked(), 2)
  t.strictSame(listed(), ['r118', 'r214'])
})
