import t from 'tap'
import { judgeClock, type Look } from '../../../../agent/accounts/job/clock.ts'
import { createClockWatch, misdated } from '../../../../agent/accounts/job/clock-watch.ts'
import { dueSteps, keepLeavers } from '../../../../agent/accounts/job/leaving.ts'
import { createProgress } from '../../../../agent/accounts/job/progress.ts'
import { BoxError } from '../../../../agent/errors.ts'
import { Leaving } from '../../../../agent/model/accounts.ts'
import { somebody } from '../../../support/register.ts'

const day = 86_400_000
const leaving = Leaving.parse({ pupil: { tolerated: 30, disabled: 60 }, guest: { tolerated: 0, disabled: 0 } })
const person = (login: string, fields: Parameters<typeof somebody>[2]) => ({
  ...somebody(login, 1, fields),
  revision: 1,
})

t.test('the way out is taken in days of the role, one step at a time', async (t) => {
  const people = [
    person('bleibt', { state: 'active', since: 0 }),
    person('geduldet', { state: 'tolerated', since: 0 }),
    person('noch', { state: 'tolerated', since: 1 }),
    person('aus', { state: 'disabled', since: -30 * day }),
    person('gast', { state: 'disabled', role: 'guest', since: 30 * day }),
    person('weg', { state: 'removed', since: 0 }),
  ]
  const due = (now: number) => dueSteps(people, leaving, now).map(({ person: { login }, state }) => `${login} ${state}`)
  t.strictSame(due(30 * day - 1), [])
  t.strictSame(due(30 * day), ['geduldet disabled', 'aus removed', 'gast removed'])
  t.strictSame(
    due(4000 * day),
    ['geduldet disabled', 'noch disabled', 'aus removed', 'gast removed'],
    'never two steps',
  )
})

t.test('the time left follows the pace of the stage, once there is one', async (t) => {
  const clock = { now: 1000 }
  const progress = createProgress(() => clock.now)
  progress.stage('accounts')
  clock.now += 500
  progress.step(5, 100)
  t.equal(progress.now().left, null)
  clock.now += 1500
  progress.step(20, 100)
  t.equal(progress.now().left, 8)
})

t.test('whoever waits hears of the next step, and of old news at once', async (t) => {
  const progress = createProgress(() => 0)
  const revision = progress.revision()
  const heard = progress.news(revision, 60_000)
  progress.trouble('the directory does not answer')
  await heard
  await progress.news(revision, 60_000)
  t.match(progress.now(), { problem: 'the directory does not answer' })
  await progress.news(progress.revision(), 1)
})

const hour = 3_600_000

/** A clock as it is looked at: `[what it says, milliseconds since the look before; undefined: the box was off]`. */
function looks(all: readonly (readonly [wall: number, elapsed: number | undefined])[]) {
  return all.reduce<{ last: Look | undefined; told: readonly ReturnType<typeof judgeClock>[] }>(
    ({ last, told }, [wall, elapsed]) => {
      const judged = judgeClock(last, wall, elapsed)
      return { last: judged.look, told: [...told, judged] }
    },
    { last: undefined, told: [] },
  ).told
}
const trust = (...all: Parameters<typeof looks>[0]) => looks(all).map(({ trusted }) => trusted)

t.test('a clock is believed once it has run evenly for a day', async (t) => {
  t.strictSame(trust([0, undefined], [day - 1, day - 1], [day, 1]), [false, false, true])
  t.strictSame(
    trust([0, undefined], [day, day], [366 * day, hour], [day + 2 * hour, hour], [2 * day, day - 2 * hour]),
    [false, true, false, false, false],
    'not when it has jumped, and not when it has jumped back',
  )
  t.strictSame(
    trust([0, undefined], [20 * hour, 20 * hour], [3 * day, undefined], [3 * day + 4 * hour, 4 * hour]),
    [false, false, false, true],
    'a box that is off over the weekend goes on counting',
  )
  t.strictSame(
    trust([0, undefined], [day, day], [40 * day, undefined], [-day, undefined], [0, day]),
    [false, true, false, false, true],
    'one that was off for weeks, or wakes up in the past, begins anew',
  )
})

t.test('days that a wrong clock has begun to count begin when it is right again', async (t) => {
  const year2020 = Date.parse('2020-01-01T00:00:00Z')
  const now = Date.parse('2026-09-01T08:00:00Z')
  const people = [
    person('gestellt', { state: 'tolerated', since: year2020 + 1000 }),
    person('richtig', { state: 'tolerated', since: now - 10 * day }),
    person('bleibt', { state: 'active', since: year2020 + 1000 }),
    person('voraus', { state: 'disabled', since: Date.parse('2099-01-01T00:00:00Z') }),
  ]
  const [, jumped, later] = looks([
    [year2020, undefined],
    [now, hour],
    [now + day, day],
  ])
  const logins = (judged: typeof jumped) => judged && misdated(people, judged).map(({ login }) => String(login))
  t.strictSame(logins(jumped), ['gestellt'])
  t.strictSame(logins(later), ['voraus'], 'once the clock is believed')
})

/** A ledger as far as the watch needs one, and a clock with the counter of its machine. */
function watched(last?: Look) {
  const noted: { look: Look | undefined } = { look: last }
  const clock = { wall: 0, counter: 0 }
  const ledger = {
    clockLooks: { last: () => noted.look, put: (look: Look) => void (noted.look = look) },
    people: { list: () => [], patch: () => undefined },
    transaction: (body: () => unknown) => body(),
  } as unknown as Parameters<typeof createClockWatch>[0]['ledger']
  const boot = () => {
    const started = clock.counter
    return createClockWatch({
      system: { clock: { now: () => clock.wall, monotonic: () => clock.counter - started } },
      ledger,
    })
  }
  const pass = (time: number) => {
    clock.wall += time
    clock.counter += time
  }
  return { boot, clock, pass, noted }
}

t.test('between two looks and over restarts, nobody counts days by a clock that has jumped', async (t) => {
  const { boot, clock, pass, noted } = watched()
  const watch = boot()
  t.equal(watch.trusted(), undefined, 'not before anybody has looked')
  watch.look()
  pass(day)
  t.equal(watch.trusted(), day)
  watch.look()
  clock.wall += 365 * day
  t.equal(watch.trusted(), undefined, 'a year ahead')
  t.equal(boot().trusted(), undefined, 'a boot does not make it better')
  clock.wall -= 365 * day
  pass(hour)
  t.equal(watch.trusted(), day + hour, 'right again, and nothing was lost')
  t.match(noted.look, { wall: day }, 'who only asks notes nothing')
})

t.test('what stops the way out is in the journal', async (t) => {
  const stop = new AbortController()
  const told: string[] = []
  const write = (level: string, words: string) => {
    told.push(`${level}: ${words}`)
    stop.abort()
  }
  const look = () => {
    throw new BoxError('DISK_FULL', 'No space left to write the ledger')
  }
  await keepLeavers(
    { system: { journal: { write } }, watch: { look } } as unknown as Parameters<typeof keepLeavers>[0],
    stop.signal,
  )
  t.match(told, [/^error: .*No space left to write the ledger/])
})
