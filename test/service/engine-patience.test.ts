import { mock } from 'node:test'
import t from 'tap'
import type { Engine } from '../../agent/engine/engine.ts'
import { keepReconciling } from '../../agent/engine/loop.ts'
import { localSystem } from '../../agent/system/local.ts'

const minute = 60_000

t.test('a look may take as long as making a directory, and one that never ends ends the agent', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  const engine = {
    folders: () => [],
    wake: () => undefined,
    reconcile: () => new Promise<never>(() => undefined),
  } as unknown as Engine
  const { clock, journal, files } = localSystem()
  const system = { clock, journal, files: { ...files, watch: () => () => undefined } }
  const end = { is: 'running' }
  const looking = keepReconciling(engine, system, new AbortController().signal).catch((error: Error) => {
    end.is = error.message
  })
  // An apply before it and the look itself, each with a directory to make.
  mock.timers.tick(2 * 33 * minute)
  await Promise.resolve()
  t.equal(end.is, 'running')
  mock.timers.tick(60 * minute)
  await looking
  t.match(end.is, /no look at the box/)
})
