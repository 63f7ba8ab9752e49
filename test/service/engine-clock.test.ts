import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openLedger } from '../../agent/engine/ledger.ts'
import { steadyClock } from '../../agent/engine/steady-clock.ts'
import { BoxError } from '../../agent/errors.ts'
import { RoomLock } from '../../agent/model/lock.ts'
import { documents } from '../support/addresses.ts'

const minute = 60_000
const noon = Date.UTC(2026, 11, 1, 12)

/** A machine that was started two hours before noon. */
function machine(t: Test) {
  const { ledger } = openLedger(join(t.testdir(), 'ledger.sqlite'), noon)
  t.teardown(() => ledger.close())
  const time = { wall: noon, ticks: 120 * minute }
  const disk = { full: false }
  const said: string[] = []
  const clock = steadyClock(
    {
      clock: { now: () => time.wall, monotonic: () => time.ticks },
      journal: { write: (_level, words) => void said.push(words) },
    },
    {
      ...ledger,
      transaction(act) {
        if (disk.full) throw new BoxError('DISK_FULL', 'No space left to write the ledger')
        return ledger.transaction(act)
      },
    },
  )
  const lock = (room: string, since: number, until: number | null) =>
    ledger.locks.set(RoomLock.parse({ room, since, until, by: 'anna' }))
  return {
    ledger,
    time,
    disk,
    said,
    clock,
    lock,
    pass: (milliseconds: number) => {
      time.wall += milliseconds
      time.ticks += milliseconds
    },
    left: (room: string) => {
      const now = clock.now()
      const found = ledger.locks.list(now).find((one) => one.room === room)
      return found === undefined ? 'open' : found.until === null ? 'for ever' : (found.until - now) / minute
    },
  }
}

t.test('what runs lasts as long as it was to last', async (t) => {
  const { ledger, time, clock, lock, pass, left, said } = machine(t)
  lock('r214', clock.now(), clock.now() + 45 * minute)
  lock('r118', clock.now(), null)
  ledger.generations.add({
    number: 2,
    documents: documents('10.20.0.5'),
    at: clock.now(),
    by: 'anna',
    reason: '',
    outcome: 'applied',
    detail: '',
  })
  ledger.trial.set({ generation: 2, backTo: 1, deadline: clock.now() + 30 * minute })
  pass(10 * minute)
  for (const step of [-60, 90, 2 * 365 * 24 * 60]) {
    time.wall += step * minute
    t.equal(left('r214'), 35)
    t.equal(left('r118'), 'for ever')
    t.equal((ledger.trial.get()?.deadline ?? 0) - clock.now(), 20 * minute)
    t.equal(clock.now() - (ledger.generations.get(2)?.at ?? 0), 10 * minute)
    t.equal(clock.now(), time.wall, 'the hour is that of the wall clock')
  }
  t.equal(said.length, 3)
  pass(34 * minute)
  t.equal(left('r214'), 1)
  pass(minute)
  t.equal(left('r214'), 'open')
})

t.test('small steps add up', async (t) => {
  const { time, clock, lock, left, said } = machine(t)
  lock('r214', clock.now(), clock.now() + minute)
  for (let count = 0; count < 100; count += 1) {
    time.wall -= 900
    t.equal(left('r214'), 1)
  }
  t.ok(said.length > 0)
  t.ok(Math.abs(clock.now() - time.wall) < 1_000)
})

t.test('what another run of the machine has written stays as it was written', async (t) => {
  const { time, clock, lock, left } = machine(t)
  // By a right clock; the machine started with one that was ten hours slow.
  lock('before', noon - 121 * minute, noon + 30 * minute)
  lock('later', noon + 590 * minute, noon + 635 * minute)
  lock('now', clock.now(), clock.now() + 45 * minute)
  time.wall += 600 * minute
  t.equal(left('before'), 'open')
  t.equal(left('later'), 35)
  t.equal(left('now'), 45)
})

t.test('while nothing can be written down, the time of the ledger goes on', async (t) => {
  const { time, clock, disk, lock, left, pass } = machine(t)
  lock('r214', clock.now(), clock.now() + 45 * minute)
  disk.full = true
  time.wall -= 60 * minute
  pass(5 * minute)
  t.equal(left('r214'), 40)
  disk.full = false
  pass(5 * minute)
  t.equal(left('r214'), 35)
  t.equal(clock.now(), time.wall)
})
