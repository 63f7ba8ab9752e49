import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { dataFolder } from '../../agent/engine/folders.ts'
import { addresses, kernelHas, ownMachine, request } from '../support/addresses.ts'
import { dying, PowerCut } from '../support/dying.ts'
import { current, startAgent } from '../support/engine.ts'

// Some forty deaths and resurrections, each with a ledger and files that are forced to the disk.
t.setTimeout(180_000)

for (const done of [false, true]) {
  t.test(`power is cut at every effect, ${done ? 'just after' : 'just before'} it`, async (t) => {
    const root = t.testdir()
    const system = await ownMachine(t, root)
    const resources = [addresses(root, 'first'), addresses(root, 'second', ['first'])]
    const first = await startAgent(root, system, resources)
    await first.engine.apply(request('10.20.0.5', '10.20.0.6'))
    first.ledger.close()
    let cuts = 0
    for (let lives = 0; ; lives += 1) {
      const life = { left: Number.POSITIVE_INFINITY }
      const dead = await startAgent(root, dying(system, life, done), resources, (ledger) => dying(ledger, life, done))
      const before = dead.ledger.generations.current()?.documents
      const wanted = request(`10.20.1.${lives}`, '10.20.0.6')
      life.left = lives
      const answer = await dead.engine.apply(wanted).catch((error: unknown) => error)
      dead.ledger.close()
      if (life.left >= 0) break
      cuts += 1

      const { engine, ledger } = await startAgent(root, system, resources)
      const reports = await engine.reconcile(true)
      const now = ledger.generations.current()
      t.ok(
        [before, wanted.documents].some((one) => JSON.stringify(one) === JSON.stringify(now?.documents)),
        'old or new',
      )
      if (!(answer instanceof PowerCut)) t.strictSame(now?.documents, wanted.documents, 'what was promised is kept')
      t.ok(reports.every(({ state }) => state === 'converged'))
      t.equal(readlinkSync(current(root)), `generations/${now?.number}`)
      const expected = engine.state().devices.flatMap(({ address }) => address ?? [])
      t.strictSame(await kernelHas(system, 'first'), expected.toSorted(), `after ${lives} effects`)
      t.strictSame(await kernelHas(system, 'second'), expected.toSorted())
      t.notOk(ledger.generations.list(100).some(({ outcome }) => outcome === 'prepared'))
      const folders = (await system.files.list(join(dataFolder, 'generations'))).map(Number)
      t.ok(folders.every((number) => ledger.generations.get(number)?.outcome === 'applied'))
      ledger.close()
    }
    t.ok(cuts > 25, `${cuts} moments`)
  })
}

t.test('power is cut at every effect while a trial is taken back', async (t) => {
  const root = t.testdir()
  const system = await ownMachine(t, root)
  const resources = [addresses(root, 'first'), addresses(root, 'second', ['first'])]
  const first = await startAgent(root, system, resources)
  await first.engine.apply(request('10.20.0.5'))
  first.ledger.close()
  let cuts = 0
  for (let lives = 0; ; lives += 1) {
    const life = { left: Number.POSITIVE_INFINITY }
    const dead = await startAgent(root, dying(system, life, true), resources, (ledger) => dying(ledger, life, true))
    await dead.engine.apply({ ...request('10.20.0.6'), trialSeconds: 3600 })
    life.left = lives
    await dead.engine.rollback({ by: 'anna', reason: '' }).catch((error: unknown) => error)
    dead.ledger.close()
    if (life.left >= 0) break
    cuts += 1

    const { engine, ledger } = await startAgent(root, system, resources)
    await engine.reconcile(true)
    const trial = ledger.trial.get()
    const address = trial === undefined ? '10.20.0.5' : '10.20.0.6'
    t.strictSame(await kernelHas(system, 'first'), [address], `after ${lives} effects`)
    t.strictSame(await kernelHas(system, 'second'), [address])
    t.equal(readlinkSync(current(root)), `generations/${ledger.generations.current()?.number}`)
    if (trial !== undefined) await engine.rollback({ by: 'anna', reason: '' })
    t.match(ledger.generations.current(), { number: 1 })
    ledger.close()
  }
  t.ok(cuts > 8, `${cuts} moments`)
})
