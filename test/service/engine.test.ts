import { readFileSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { dataFolder } from '../../agent/engine/folders.ts'
import { createEngine, type Parse } from '../../agent/engine/engine.ts'
import { type Ledger, openLedger } from '../../agent/engine/ledger.ts'
import { BoxError } from '../../agent/errors.ts'
import { readState } from '../../agent/model/read.ts'
import type { System } from '../../agent/system/system.ts'
import { addresses, documents, kernelHas, ownMachine, request, schoolWith } from '../support/addresses.ts'
import { current, ledgerIn, startAgent } from '../support/engine.ts'

// Files and ledger are forced to the disk, which a busy machine takes its time for.
t.setTimeout(180_000)

async function machine(t: Test) {
  const root = t.testdir()
  const system = await ownMachine(t, root)
  const resources = [addresses(root, 'second', ['first']), addresses(root, 'first')]
  return { root, system, resources }
}

t.test('a state is applied in order, and a second look finds nothing to do', async (t) => {
  const { root, system, resources } = await machine(t)
  const { engine, ledger } = await startAgent(root, system, resources)
  const applied = await engine.apply(request('10.20.0.5', '10.20.0.6'))
  t.match(applied, { generation: 1, unchanged: false })
  t.strictSame(
    applied.resources.map(({ name, state }) => [name, state]),
    [
      ['first', 'converged'],
      ['second', 'converged'],
    ],
  )
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5', '10.20.0.6'])
  t.equal(readlinkSync(current(root)), 'generations/1')
  t.match(readFileSync(current(root, 'first', 'known.nft'), 'utf8'), /10\.20\.0\.6/)
  t.strictSame(
    (await engine.reconcile(false)).flatMap(({ lines }) => lines),
    [],
  )
  t.match(engine.status().resources[0]?.findings, [{ code: 'first-serves', severity: 'ok' }])
  t.match(await engine.apply(request('10.20.0.5', '10.20.0.6')), { generation: 1, unchanged: true })
  ledger.close()
})

t.test('what somebody changes by hand is put right and written down', async (t) => {
  const { root, system, resources } = await machine(t)
  const said: string[] = []
  const told = { ...system, journal: { write: (_level: string, words: string) => void said.push(words) } }
  const { engine, ledger } = await startAgent(root, told, resources)
  await engine.apply(request('10.20.0.5'))
  said.length = 0

  await system.processes.run(['nft', 'delete element inet first known { 10.20.0.5 }'])
  await system.processes.run(['nft', 'delete table inet second'])
  await engine.reconcile(false)
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  t.strictSame(await kernelHas(system, 'second'), ['10.20.0.5'])
  t.strictSame(said.splice(0), ['first: + address 10.20.0.5', 'second: + table second', 'second: + address 10.20.0.5'])

  const right = readFileSync(current(root, 'first', 'known.nft'), 'utf8')
  writeFileSync(current(root, 'first', 'known.nft'), 'flush ruleset\n')
  writeFileSync(current(root, 'first', 'lists', 'extra'), 'not ours\n')
  rmSync(current(root, 'second'), { recursive: true })
  await engine.reconcile(false)
  t.equal(readFileSync(current(root, 'first', 'known.nft'), 'utf8'), right)
  t.strictSame(said.splice(0), [
    'first: ~ file known.nft',
    'first: - file lists/extra',
    'second: + file known.nft',
    'second: + file lists/count',
  ])

  rmSync(current(root))
  symlinkSync('/tmp', current(root))
  await engine.reconcile(false)
  t.equal(readlinkSync(current(root)), 'generations/1')
  t.match(said, [/current missing → 1/])
  t.match(ledger.steps.list(1), [{ generation: 1, resource: 'second', kind: 'file', line: '+ file lists/count' }])
  ledger.close()
})

t.test('a state that a service declines is not made current', async (t) => {
  const { root, system, resources } = await machine(t)
  const { engine, ledger } = await startAgent(root, system, resources)
  await engine.apply(request('10.20.0.5'))
  const picky: System = {
    ...system,
    processes: { run: (argv) => system.processes.run(argv.includes('-c') ? ['nft', '-c', 'add rule nowhere'] : argv) },
  }
  ledger.close()

  const second = await startAgent(root, picky, resources)
  await t.rejects(second.engine.apply(request('10.20.0.6')), {
    code: 'SERVICE_CHECK_FAILED',
    message: /first, second/,
    problems: [{ path: 'first' }, { path: 'second' }],
  })
  t.equal(readlinkSync(current(root)), 'generations/1')
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  t.match(second.ledger.generations.list(2), [
    { number: 2, outcome: 'refused' },
    { number: 1, outcome: 'applied' },
  ])
  t.match(second.engine.state().devices, [{ address: '10.20.0.5' }])
  second.ledger.close()
})

t.test('one that fails does not stop the others, is tried again, and holds back only what stands on it', async (t) => {
  const root = t.testdir()
  const system = await ownMachine(t, root)
  const list = [addresses(root, 'first'), addresses(root, 'second', ['first']), addresses(root, 'third')]
  const time = { passed: 0 }
  const broken = { is: true }
  const moody: System = {
    ...system,
    clock: { now: () => Date.now(), monotonic: () => time.passed },
    processes: {
      run: (argv, options) =>
        broken.is && argv.join(' ').startsWith('nft add element inet first')
          ? system.processes.run(['nft', 'add element inet nowhere known { 10.0.0.1 }'])
          : system.processes.run(argv, options),
    },
  }
  const { engine, ledger } = await startAgent(root, moody, list)
  const { resources } = await engine.apply(request('10.20.0.5'))
  t.strictSame(
    resources.map(({ name, state }) => `${name} ${state}`),
    ['first failed', 'second waiting', 'third converged'],
  )
  t.match(resources[0]?.detail, /No such file or directory/)
  broken.is = false
  t.equal((await engine.reconcile(false))[0]?.state, 'failed', 'not before its time')
  time.passed += 5_000
  t.equal(engine.nextLook(30_000), 0)
  t.strictSame(
    (await engine.reconcile(false)).map(({ state }) => state),
    ['converged', 'converged', 'converged'],
  )
  ledger.close()
})

t.test('a trial that nobody confirms ends by itself, also when the agent was not there', async (t) => {
  const { root, system, resources } = await machine(t)
  const time = { now: Date.now() }
  const watched: System = { ...system, clock: { now: () => time.now, monotonic: () => time.now } }
  const { engine, ledger } = await startAgent(root, watched, resources)
  await t.rejects(engine.apply({ ...request('10.20.0.5'), trialSeconds: 60 }), { code: 'STATE_NONE' })
  await engine.apply(request('10.20.0.5'))
  await engine.apply({ ...request('10.20.0.6'), trialSeconds: 60 })
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.6'])
  await t.rejects(engine.apply(request('10.20.0.7')), { code: 'STATE_TRY_PENDING' })
  t.equal(engine.nextLook(90_000), 60_000)
  ledger.close()

  time.now += 60_000
  const second = await startAgent(root, watched, resources)
  await second.engine.reconcile(false)
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  t.equal(readlinkSync(current(root)), 'generations/1')
  t.match(second.ledger.generations.list(1), [{ number: 2, outcome: 'reverted', detail: 'was not confirmed in time' }])

  await second.engine.apply({ ...request('10.20.0.8'), trialSeconds: 60 })
  t.match(await second.engine.confirm(), { generation: 3 })
  time.now += 60_000
  await second.engine.reconcile(false)
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.8'])
  await t.rejects(second.engine.confirm(), { code: 'STATE_TRY_NONE' })

  await second.engine.apply({ ...request('10.20.0.9'), trialSeconds: 60 })
  t.match(await second.engine.rollback({ by: 'anna', reason: '' }), { generation: 3 })
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.8'])
  second.ledger.close()
})

t.test('a clock that has lost its time over a restart does not keep a trial alive', async (t) => {
  const { root, system, resources } = await machine(t)
  const time = { now: Date.now() }
  const watched: System = { ...system, clock: { now: () => time.now, monotonic: () => 0 } }
  const { engine, ledger } = await startAgent(root, watched, resources)
  await engine.apply(request('10.20.0.5'))
  await engine.apply({ ...request('10.20.0.6'), trialSeconds: 60 })
  ledger.close()
  time.now = 0
  const second = await startAgent(root, watched, resources)
  await second.engine.reconcile(false)
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  second.ledger.close()
})

t.test('an older generation comes back under a new number', async (t) => {
  const { root, system, resources } = await machine(t)
  const { engine, ledger } = await startAgent(root, system, resources)
  await t.rejects(engine.rollback({ by: 'anna', reason: '' }), { code: 'STATE_NONE' })
  await engine.apply(request('10.20.0.5'))
  await t.rejects(engine.rollback({ by: 'anna', reason: '' }), { code: 'STATE_GENERATION_UNKNOWN' })
  await engine.apply(request('10.20.0.6'))
  await engine.apply(request('10.20.0.7'))
  t.match(await engine.rollback({ to: 1, by: 'anna', reason: '' }), { generation: 4 })
  t.strictSame(await kernelHas(system, 'second'), ['10.20.0.5'])
  t.match(ledger.generations.current(), {
    number: 4,
    reason: 'back to generation 1',
    documents: documents('10.20.0.5'),
  })
  t.match(await engine.rollback({ by: 'anna', reason: '' }), { generation: 5 })
  t.strictSame(await kernelHas(system, 'second'), ['10.20.0.7'])
  await t.rejects(engine.rollback({ to: 77, by: 'anna', reason: '' }), { code: 'STATE_GENERATION_UNKNOWN' })
  await t.rejects(engine.apply({ ...request('10.20.0.9'), base: 4 }), { code: 'STATE_BASE_OLD' })
  t.match(await engine.apply({ ...request('10.20.0.9'), base: 5 }), { generation: 6 })
  ledger.close()
})

t.test('many at once are done one after the other', async (t) => {
  const { root, system, resources } = await machine(t)
  const { engine, ledger } = await startAgent(root, system, resources)
  const given = ['10.20.0.5', '10.20.0.6', '10.20.0.7', '10.20.0.8']
  const all = await Promise.all(given.map((address) => engine.apply(request(address))))
  t.strictSame(
    all.map(({ generation }) => generation),
    [1, 2, 3, 4],
  )
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.8'])
  ledger.close()
})

t.test('old generations are forgotten, the current one never', async (t) => {
  const { root, system } = await machine(t)
  const { engine, ledger } = await startAgent(root, system, [addresses(root, 'first')])
  for (let number = 1; number <= 22; number += 1) await engine.apply(request(`10.20.0.${number + 1}`))
  t.equal(ledger.generations.list(100).length, 20)
  t.equal((await system.files.list(join(dataFolder, 'generations'))).length, 20)
  await t.rejects(engine.rollback({ to: 2, by: 'anna', reason: '' }), { code: 'STATE_GENERATION_UNKNOWN' })
  ledger.close()
})

t.test('what came to nothing does not push out the generation that a trial goes back to', async (t) => {
  const { root, system } = await machine(t)
  const time = { now: Date.now() }
  const watched: System = { ...system, clock: { now: () => time.now, monotonic: () => time.now } }
  const { engine, ledger } = await startAgent(root, watched, [addresses(root, 'first')])
  await engine.apply(request('10.20.0.5'))
  for (let number = 2; number <= 22; number += 1) {
    await engine.apply({ ...request('10.20.0.6'), trialSeconds: 60 })
    await engine.rollback({ by: 'anna', reason: '' })
  }
  await engine.apply({ ...request('10.20.0.6'), trialSeconds: 60 })
  time.now += 60_000
  await engine.reconcile(false)
  t.match(engine.status().running, { generation: { number: 1 } })
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  t.equal(ledger.generations.list(100).length, 22, 'the current one, 20 taken back before and the last')

  // A trial between two applied ones does not hide the first of them from going back.
  await engine.apply(request('10.20.0.7'))
  t.match(await engine.rollback({ by: 'anna', reason: '' }), { generation: 25 })
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  ledger.close()
})

t.test('a generation is current also where old ones cannot be forgotten', async (t) => {
  const { root, system, resources } = await machine(t)
  const said: string[] = []
  const told = { ...system, journal: { write: (_level: string, words: string) => void said.push(words) } }
  const stuck = (ledger: Ledger): Ledger => ({
    ...ledger,
    generations: {
      ...ledger.generations,
      prune() {
        throw new BoxError('DISK_FULL', 'No space left to write the ledger')
      },
    },
  })
  const { engine, ledger } = await startAgent(root, told, resources, stuck)
  await engine.apply(request('10.20.0.5'))
  t.match(await engine.apply(request('10.20.0.6')), { generation: 2, resources: [{ state: 'converged' }, {}] })
  t.match(engine.status().running, { generation: { number: 2 } })
  t.match(said, ['Old generations were not forgotten: No space left to write the ledger'])
  await engine.reconcile(false)
  t.equal(readlinkSync(current(root)), 'generations/2')
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.6'])
  ledger.close()
})

t.test('the plan says what apply would do and changes nothing', async (t) => {
  const { root, system, resources } = await machine(t)
  const { engine, ledger } = await startAgent(root, system, resources)
  await engine.apply(request('10.20.0.5', '10.20.0.6'))
  const plan = await engine.plan(documents('10.20.0.6', '10.20.0.7'))
  t.match(plan, { from: 1, to: 2 })
  t.strictSame(plan.resources[0], { name: 'first', lines: ['+ address 10.20.0.7', '- address 10.20.0.5'] })
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5', '10.20.0.6'])
  t.strictSame(await system.files.list(join(dataFolder, 'generations')), ['1'])
  t.strictSame((await engine.plan(documents('10.20.0.5', '10.20.0.6'))).resources, [])
  await t.rejects(engine.plan([{ file: 'a.yaml', text: 'version: 1' }]), { code: 'STATE_INVALID' })
  ledger.close()
})

t.test('the same documents are read once, and nothing is checked that an apply would not check', async (t) => {
  const { root, system, resources } = await machine(t)
  const programs: string[] = []
  const counted: System = {
    ...system,
    processes: {
      ...system.processes,
      run: (argv, options) => {
        programs.push(argv.join(' '))
        return system.processes.run(argv, options)
      },
    },
  }
  await system.files.makeFolder(dataFolder)
  const { ledger } = openLedger(ledgerIn(root), system.clock.now())
  let reads = 0
  const parse: Parse = (texts) => {
    reads += 1
    return readState(texts)
  }
  const engine = await createEngine({ system: counted, ledger, resources, parse })
  const same = documents('10.20.0.5')
  await engine.plan(same)
  await engine.apply({ ...request('10.20.0.5'), documents: same })
  programs.length = 0
  t.match(await engine.plan(same), { from: 1, resources: [] })
  t.equal(reads, 1)
  t.strictSame(
    programs.filter((one) => one.startsWith('nft -c')),
    [],
  )
  await engine.plan(documents('10.20.0.6'))
  t.equal(reads, 2)
  t.equal(programs.filter((one) => one.startsWith('nft -c')).length, 2)
  ledger.close()
})

t.test('a state of a newer version is refused; found on the box, everything is left as it is', async (t) => {
  const { root, system, resources } = await machine(t)
  const { engine, ledger } = await startAgent(root, system, resources)
  await engine.apply(request('10.20.0.5'))
  const newer = [{ file: 'school.yaml', text: schoolWith('10.20.0.6').replace('version: 1', 'version: 99') }]
  await t.rejects(engine.apply({ ...request(), documents: newer }), { code: 'STATE_NEWER' })
  t.equal(ledger.generations.list(5).length, 1)
  ledger.transaction(() => {
    ledger.generations.add({ ...request(), number: 2, documents: newer, at: 0, outcome: 'applied', detail: '' })
    ledger.generations.makeCurrent(2)
  })
  ledger.close()

  const second = await startAgent(root, system, resources)
  t.strictSame(await second.engine.reconcile(true), [])
  t.match(second.engine.status().held, { code: 'STATE_NEWER' })
  t.throws(() => second.engine.state(), { code: 'STATE_NEWER' })
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  t.match(await second.engine.apply(request('10.20.0.7')), { generation: 3 })
  t.equal(second.engine.status().held, undefined)
  second.ledger.close()
})

t.test('a damaged ledger is put aside and rebuilt from the generations on disk', async (t) => {
  const { root, system, resources } = await machine(t)
  const first = await startAgent(root, system, resources)
  await first.engine.apply(request('10.20.0.5'))
  await first.engine.apply(request('10.20.0.6'))
  first.ledger.close()
  const path = ledgerIn(root)
  const bytes = readFileSync(path)
  bytes.fill(0xa5, 4096, 12_288)
  writeFileSync(path, bytes)

  const { engine, ledger, damaged } = await startAgent(root, system, resources)
  t.match(damaged, /ledger\.sqlite\.damaged-/)
  t.ok(readFileSync(damaged ?? '').equals(bytes), 'kept for whoever wants to look')
  t.match(ledger.generations.current(), { number: 2, by: 'anna', documents: documents('10.20.0.6') })
  t.strictSame(
    (await engine.reconcile(true)).flatMap(({ lines }) => lines),
    [],
  )
  t.match(await engine.rollback({ by: 'anna', reason: '' }), { generation: 3 })
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  ledger.close()

  writeFileSync(path, 'no database at all')
  const again = await startAgent(root, system, resources)
  t.ok(again.damaged)
  t.match(again.ledger.generations.current(), { number: 3 })
  again.ledger.close()
})

t.test('a ledger of a newer agent is not touched', async (t) => {
  const { root, system } = await machine(t)
  const { ledger } = await startAgent(root, system, [])
  ledger.close()
  const { DatabaseSync } = await import('node:sqlite')
  const database = new DatabaseSync(ledgerIn(root))
  database.exec('pragma user_version = 99')
  database.close()
  await t.rejects(startAgent(root, system, []), { code: 'STATE_NEWER' })
  renameSync(ledgerIn(root), `${ledgerIn(root)}.found`)
})
