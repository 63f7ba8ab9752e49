import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { dataFolder } from '../../agent/engine/folders.ts'
import { openLedger } from '../../agent/engine/ledger.ts'
import { RoomName } from '../../agent/model/scalars.ts'
import { localSystem } from '../../agent/system/local.ts'
import { addresses, kernelHas, ownMachine, request } from '../support/addresses.ts'
import { current, ledgerIn, startAgent } from '../support/engine.ts'

t.setTimeout(180_000)

/** A disk of its own for the data, so small that a test can fill it. */
async function smallDisk(t: Test, limit = 'size=1m'): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'full-'))
  const data = join(root, dataFolder)
  mkdirSync(data, { recursive: true })
  const { processes } = localSystem()
  await processes.run(['mount', '-t', 'tmpfs', '-o', limit, 'tmpfs', data])
  t.teardown(async () => {
    // A test that failed has not closed its ledger.
    await processes.run(['umount', '--lazy', data])
    rmSync(root, { recursive: true })
  })
  return root
}

/** Leaves so many bytes free. */
function fill(root: string, free: number): void {
  const data = join(root, dataFolder)
  const { bavail, bsize } = statfsSync(data)
  writeFileSync(join(data, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - free)))
}

t.test('a full disk is named, nothing is half switched, and the next try with room works', async (t) => {
  const root = await smallDisk(t)
  const system = await ownMachine(t, root)
  const resources = [addresses(root, 'first'), addresses(root, 'second', ['first'])]
  const { engine, ledger } = await startAgent(root, system, resources)
  await engine.apply(request('10.20.0.5'))
  const before = readFileSync(current(root, 'first', 'known.nft'), 'utf8')

  // From not one block to almost enough: the disk fills up at ever later steps.
  let refused = 0
  for (let blocks = 0; ; blocks += 1) {
    fill(root, blocks * 4096)
    const error = await engine.apply(request('10.20.0.6')).then(
      () => undefined,
      (found: unknown) => found,
    )
    rmSync(join(root, dataFolder, 'ballast'))
    if (error === undefined) break
    refused += 1
    t.match(error, { code: 'DISK_FULL', hint: /df -h/ }, `${blocks} blocks`)
    t.equal(readlinkSync(current(root)), 'generations/1')
    t.equal(readFileSync(current(root, 'first', 'known.nft'), 'utf8'), before)
    t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
    t.match(ledger.generations.current(), { number: 1 })
    t.strictSame(await system.files.list(join(dataFolder, 'generations')), ['1'])
  }
  await engine.reconcile(true)
  t.ok(refused > 3, `${refused} times full`)
  t.strictSame(await kernelHas(system, 'second'), ['10.20.0.6'])
  ledger.close()
})

t.test('on a full disk drift is repaired all the same', async (t) => {
  const root = await smallDisk(t)
  const system = await ownMachine(t, root)
  const { engine, ledger } = await startAgent(root, system, [addresses(root, 'first')])
  await engine.apply(request('10.20.0.5'))
  fill(root, 0)
  await system.processes.run(['nft', 'delete table inet first'])
  await engine.reconcile(false)
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  ledger.close()
})

t.test('a trial ends also where no file can be made any more', async (t) => {
  const root = await smallDisk(t, 'nr_inodes=100')
  const machine = await ownMachine(t, root)
  const time = { now: Date.now() }
  const system = { ...machine, clock: { now: () => time.now, monotonic: () => time.now } }
  const { engine, ledger } = await startAgent(root, system, [addresses(root, 'first')])
  await engine.apply(request('10.20.0.5'))
  await engine.apply({ ...request('10.20.0.6'), trialSeconds: 60 })
  const ballast = join(root, dataFolder, 'ballast')
  mkdirSync(ballast)
  const { ffree } = statfsSync(ballast)
  for (let count = 0; count < ffree; count += 1) writeFileSync(join(ballast, String(count)), '')
  time.now += 60_000
  await engine.reconcile(false)
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  t.match(engine.status().running, { generation: { number: 1 } })
  await engine.reconcile(false)
  t.equal(readlinkSync(current(root)), 'generations/2', 'a link is a file, too')

  rmSync(ballast, { recursive: true })
  await engine.reconcile(false)
  t.equal(readlinkSync(current(root)), 'generations/1')
  ledger.close()
})

t.test('a trial ends on a full disk too', async (t) => {
  const root = await smallDisk(t)
  const machine = await ownMachine(t, root)
  const time = { now: Date.now() }
  const system = { ...machine, clock: { now: () => time.now, monotonic: () => time.now } }
  const { engine, ledger } = await startAgent(root, system, [addresses(root, 'first')])
  await engine.apply(request('10.20.0.5'))
  await engine.apply({ ...request('10.20.0.6'), trialSeconds: 60 })
  fill(root, 0)
  time.now += 60_000
  await engine.reconcile(false)
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  t.equal(readlinkSync(current(root)), 'generations/1')
  t.ok(engine.nextLook(30_000) > 0, 'the agent does not spin')

  rmSync(join(root, dataFolder, 'ballast'))
  await engine.reconcile(false)
  t.match(ledger.generations.current(), { number: 1 })
  t.equal(ledger.trial.get(), undefined)
  ledger.close()
})

t.test('the ledger opens on a full disk, can be read, and can be written once there is room', async (t) => {
  const root = await smallDisk(t)
  const { ledger: first } = openLedger(ledgerIn(root), 0)
  first.locks.set({ room: RoomName.parse('r214'), since: 1, until: null, by: 'anna' })
  first.close()
  fill(root, 0)
  const { ledger, full } = openLedger(ledgerIn(root), 0)
  t.equal(full, true)
  t.match(ledger.locks.list(2), [{ room: 'r214' }])
  t.throws(() => ledger.locks.remove('r214'), { code: 'DISK_FULL' })
  t.match(ledger.locks.list(2), [{ room: 'r214' }])
  rmSync(join(root, dataFolder, 'ballast'))
  ledger.locks.remove('r214')
  ledger.close()
  const again = openLedger(ledgerIn(root), 0)
  t.equal(again.full, undefined)
  t.strictSame(again.ledger.locks.list(2), [])
  again.ledger.close()
})

t.test('an agent that starts on a full disk repairs what is not as declared', async (t) => {
  const root = await smallDisk(t)
  const system = await ownMachine(t, root)
  const first = await startAgent(root, system, [addresses(root, 'first')])
  await first.engine.apply(request('10.20.0.5'))
  first.ledger.close()
  fill(root, 0)
  const { engine, ledger } = await startAgent(root, system, [addresses(root, 'first')])
  await system.processes.run(['nft', 'delete table inet first'])
  await engine.reconcile(false)
  t.strictSame(await kernelHas(system, 'first'), ['10.20.0.5'])
  ledger.close()
})
