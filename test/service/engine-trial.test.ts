import t, { type Test } from 'tap'
import type { System } from '../../agent/system/system.ts'
import { until } from '../../cli/lab/until.ts'
import { addresses, kernelHas, ownMachine, request } from '../support/addresses.ts'
import { startAgent } from '../support/engine.ts'

t.setTimeout(120_000)

/** The end of a trial does not wait for the apply: it has a path of its own. */

/** A machine on which adding one address takes as long as a program that never ends by itself. */
async function machine(t: Test) {
  const root = t.testdir()
  const system = await ownMachine(t, root)
  const time = { passed: 0 }
  const held = { address: '10.20.0.6', reached: false, release: new AbortController() }
  const { clock } = system
  const slow: System = {
    ...system,
    clock: { now: () => clock.now() + time.passed, monotonic: () => clock.monotonic() + time.passed },
    processes: {
      async run(argv, options = {}) {
        if (
          argv.join(' ').endsWith(`add element inet first known { ${held.address} }`) &&
          !held.release.signal.aborted
        ) {
          held.reached = true
          const signal = AbortSignal.any([
            held.release.signal,
            ...(options.signal === undefined ? [] : [options.signal]),
          ])
          const ended = system.processes.run(['sleep', 'infinity'], { ...options, timeout: 110_000, signal })
          await ended.catch((error: unknown) => {
            if (!held.release.signal.aborted) throw error
          })
        }
        return system.processes.run(argv, options)
      },
    },
  }
  const agent = await startAgent(root, slow, [addresses(root, 'first'), addresses(root, 'second', ['first'])])
  t.teardown(() => agent.ledger.close())
  await agent.engine.apply(request('10.20.0.5'))
  return {
    ...agent,
    held,
    time,
    has: (name: string) => kernelHas(system, name),
    /** An apply that hangs in the midst of it. */
    begun: async (trialSeconds: number) => {
      const applied = agent.engine.apply({ ...request('10.20.0.6'), trialSeconds })
      // Looked at by the test, later.
      applied.catch(() => undefined)
      await until(async () => held.reached, { what: 'the apply to hang', timeout: 20_000 })
      return { promise: applied }
    },
  }
}

const over = { code: 'STATE_TRY_OVER', message: /Generation 2 went back to 1/ }

t.test('the seconds count from the answer', async (t) => {
  const { engine, held, time, begun, system, has } = await machine(t)
  const applied = await begun(60)
  time.passed += 100_000
  held.release.abort()
  const { trial } = await applied.promise
  const left = (trial?.deadline ?? 0) - system.clock.now()
  t.ok(left > 50_000 && left <= 60_000, `${left} ms`)
  t.strictSame(await has('second'), ['10.20.0.6'])
  time.passed += 60_000
  await engine.reconcile(false)
  t.strictSame(await has('second'), ['10.20.0.5'])
})

t.test('it is confirmed while it is being applied', async (t) => {
  const { engine, held, time, begun, has, ledger } = await machine(t)
  const applied = await begun(60)
  t.match(await engine.confirm(), { generation: 2, backTo: 1 })
  time.passed += 600_000
  held.release.abort()
  t.strictSame((await applied.promise).trial, undefined)
  await engine.reconcile(false)
  t.strictSame(await has('first'), ['10.20.0.6'])
  t.match(ledger.generations.current(), { number: 2 })
})

t.test('nobody confirms: the box goes back in the midst of an apply that does not end', async (t) => {
  const { engine, time, begun, has, ledger } = await machine(t)
  const applied = await begun(60)
  time.passed += 119_000
  t.match(engine.status().trial, { generation: 2 }, 'not as soon as the seconds of an answer are over')
  time.passed += 1_000
  await t.rejects(applied.promise, over)
  t.strictSame(await has('first'), ['10.20.0.5'])
  t.strictSame(await has('second'), ['10.20.0.5'])
  t.match(ledger.generations.list(1), [{ outcome: 'reverted', detail: 'was not confirmed in time' }])
  t.match(
    engine.status().resources.map(({ state }) => state),
    ['converged', 'converged'],
    'what was broken off is no failure',
  )
  await t.rejects(engine.confirm(), { code: 'STATE_TRY_NONE' })
  t.match(await engine.apply(request('10.20.0.7')), { generation: 3 })
})

t.test('it is taken back while it is being applied', async (t) => {
  const { engine, begun, has, ledger } = await machine(t)
  const applied = await begun(3600)
  const back = engine.rollback({ by: 'anna', reason: '' })
  await t.rejects(engine.confirm(), { code: 'STATE_TRY_NONE' }, 'too late')
  t.match(await back, { generation: 1, resources: [{ state: 'converged' }, { state: 'converged' }] })
  await t.rejects(applied.promise, over)
  t.strictSame(await has('first'), ['10.20.0.5'])
  t.match(ledger.generations.list(1), [{ outcome: 'reverted', detail: 'was taken back' }])
})
