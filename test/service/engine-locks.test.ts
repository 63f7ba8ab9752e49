import t, { type Test } from 'tap'
import { folderOf } from '../../agent/engine/folders.ts'
import { firewall } from '../../agent/resources/firewall/index.ts'
import { roomHandlers } from '../../agent/sockets/handlers/room.ts'
import type { System } from '../../agent/system/system.ts'
import { startContainer } from '../support/container.ts'
import { startAgent } from '../support/engine.ts'
import { exampleText } from '../support/school.ts'

t.setTimeout(180_000)

const documents = [{ file: 'school.yaml', text: exampleText() }]

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
  const system: System = {
    ...box.system,
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
  const agent = await startAgent(t.testdir(), system, [firewall])
  t.teardown(() => agent.ledger.close())
  await agent.engine.apply({ documents, by: 'anna', reason: 'a test' })
  const deps = { ...agent, system, version: '0.0.0', caller: { audience: 'root', by: 'm.weber' } } as const
  return {
    disturb,
    call: async (name: string, request: object) =>
      roomHandlers.find(({ operation }) => operation.name === name)?.handle(request, deps),
    look: async () => (await agent.engine.reconcile(false)).flatMap(({ lines }) => lines),
    /** How many rooms the kernel keeps from the internet. */
    locked: async () => {
      const { stdout } = await box.system.processes.run(['nft', '-j', 'list', 'set', 'inet', 'iserv', 'locked'])
      const { nftables } = JSON.parse(stdout) as { nftables: readonly { set?: { elem?: readonly unknown[] } }[] }
      return nftables.flatMap(({ set }) => set?.elem ?? []).length
    },
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
