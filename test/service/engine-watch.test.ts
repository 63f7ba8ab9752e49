import { readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { keepReconciling } from '../../agent/engine/loop.ts'
import type { System } from '../../agent/system/system.ts'
import { until } from '../../cli/lab/until.ts'
import { addresses, ownMachine, request } from '../support/addresses.ts'
import { current, startAgent } from '../support/engine.ts'

t.setTimeout(120_000)

/** Well below the time between two looks: what is seen within it was seen because somebody touched something. */
const soon = { timeout: 20_000 }

t.test('what somebody touches is seen, whatever the agent does at that moment', async (t) => {
  const root = t.testdir()
  const machine = await ownMachine(t, root)
  const on = { touched: () => undefined as unknown, asked: () => undefined as unknown }
  const system: System = {
    ...machine,
    files: {
      ...machine.files,
      watch: (path, changed) =>
        machine.files.watch(path, (name) => {
          changed(name)
          if (name === 'known.nft') on.touched()
        }),
    },
    processes: {
      async run(argv, options) {
        const result = await machine.processes.run(argv, options)
        if (argv.join(' ').includes('list set')) on.asked()
        return result
      },
    },
  }
  const { engine, ledger } = await startAgent(root, system, [addresses(root, 'first')])
  await engine.apply(request('10.20.0.5'))
  const stop = new AbortController()
  const looking = keepReconciling(engine, system, stop.signal)
  t.teardown(async () => {
    stop.abort()
    await looking
    ledger.close()
  })
  const file = current(root, 'first', 'known.nft')
  const right = readFileSync(file, 'utf8')
  const spoilt = 'flush ruleset\n'
  const repaired = async (what: string) =>
    until(async () => readFileSync(file, 'utf8') === right, { ...soon, what: `the file to be repaired: ${what}` })
  const quiet = async () => until(async () => engine.nextLook(30_000) > 0, { ...soon, what: 'the agent to rest' })

  // An operation ends just after the file was touched, before the agent believes that whoever saves it is done.
  await quiet()
  const ended = Promise.withResolvers<void>()
  on.touched = () => {
    on.touched = () => undefined
    void engine.alone(async () => undefined).then(ended.resolve, ended.reject)
  }
  writeFileSync(file, spoilt)
  await ended.promise
  await repaired('an operation ended')

  // The look has passed the file, and is asking its service.
  await quiet()
  const written = Promise.withResolvers<void>()
  on.asked = () => {
    on.asked = () => undefined
    writeFileSync(file, spoilt)
    written.resolve()
  }
  engine.wake('a test')
  await written.promise
  await repaired('a look was under way')

  // A new generation has folders of its own.
  await engine.apply(request('10.20.0.5', '10.20.0.6'))
  const next = readFileSync(file, 'utf8')
  t.not(next, right)
  writeFileSync(file, spoilt)
  await until(async () => readFileSync(file, 'utf8') === next, { ...soon, what: 'the new file to be repaired' })
})
