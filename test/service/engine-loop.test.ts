import { readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { keepReconciling } from '../../agent/engine/loop.ts'
import { until } from '../../cli/lab/until.ts'
import { addresses, kernelHas, ownMachine, request } from '../support/addresses.ts'
import { current, startAgent } from '../support/engine.ts'

t.setTimeout(120_000)

/** Well below the time between two looks: what is seen within it was seen because somebody touched something. */
const soon = { timeout: 20_000 }

t.test(
  'the agent looks by itself: at once when files are touched or it is woken, and when a try was not confirmed',
  async (t) => {
    const root = t.testdir()
    const machine = await ownMachine(t, root)
    const watching = { folders: 0 }
    const files: typeof machine.files = {
      ...machine.files,
      watch(path, changed) {
        const close = machine.files.watch(path, changed)
        watching.folders += 1
        return () => {
          watching.folders -= 1
          close()
        }
      },
    }
    const {
      system,
      engine: started,
      ledger,
    } = await startAgent(root, { ...machine, files }, [addresses(root, 'first')])
    const touches = { seen: 0 }
    const engine: typeof started = {
      ...started,
      wake(why) {
        if (why === 'files were touched') touches.seen += 1
        started.wake(why)
      },
    }
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

    for (const round of ['first', 'second']) {
      const before = touches.seen
      const repaired = async () => {
        if (readFileSync(file, 'utf8') !== right) return false
        if (touches.seen > before) return true
        // A look under way, and the early one after a repair, see it as well: then once more, until it is the watch.
        if (watching.folders > 0) writeFileSync(file, 'flush ruleset\n')
        return false
      }
      await until(repaired, { ...soon, what: `the watch to see a change and the file to be repaired, ${round}` })
    }
    rmSync(current(root))
    symlinkSync('/tmp', current(root))
    await until(async () => readlinkSync(current(root)) === 'generations/1', {
      ...soon,
      what: 'the link to be repaired',
    })

    await system.processes.run(['nft', 'delete table inet first'])
    engine.wake('a test')
    await until(async () => (await kernelHas(system, 'first').catch(() => [])).length === 1, {
      ...soon,
      what: 'the table',
    })

    await engine.apply({ ...request('10.20.0.6'), trialSeconds: 10 })
    await until(async () => (await kernelHas(system, 'first')).includes('10.20.0.5'), {
      ...soon,
      what: 'the trial to end',
    })
    t.equal(ledger.trial.get(), undefined)
  },
)
