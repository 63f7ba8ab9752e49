import t from 'tap'
import { sealPlan } from '../../agent/accounts/plan/sealed.ts'
import { openSeal } from '../../agent/accounts/seal.ts'
import { createClockWatch } from '../../agent/accounts/job/clock-watch.ts'
import { createLeavers } from '../../agent/accounts/job/leaving.ts'
import { accountRestore } from '../../agent/contract/account.ts'
import { importApply, type ImportStatus, importStatus } from '../../agent/contract/import-job.ts'
import { settleFolders } from '../../agent/accounts/folders/settle.ts'
import type { PersonId } from '../../agent/model/person.ts'
import { startPeopleAgent } from '../support/people-agent.ts'
import { planOf, readingsOf } from '../support/people-readings.ts'
import { generatedPeople } from '../support/people.ts'

/** Who leaves goes step by step and comes back whole; and an import goes on when the directory or the disk has failed it. */

t.setTimeout(600_000)

const disk = { full: false }
const agent = await startPeopleAgent(t, (system) => ({
  ...system,
  processes: {
    run(argv, options) {
      // No file may become larger than half a kilobyte: its writes fail as on a full disk.
      const cramped = disk.full && argv[0].endsWith('directory-bulk')
      return system.processes.run(cramped ? ['sh', '-c', 'ulimit -f 1; exec "$0"', argv[0]] : argv, options)
    },
  },
}))
const { box, root, ledger, imports, engine, registrar } = agent
const seal = await openSeal(box.system)
const stop = new AbortController()
const tending = imports.tend(stop.signal)
t.teardown(async () => {
  stop.abort()
  await tending
})

const school = generatedPeople({ size: 400 })
const pupils = school.people.filter(({ role }) => role === 'pupil').slice(0, 27)
const planWith = (people: typeof pupils, covers: boolean) => {
  const readings = readingsOf({ ...school, people }).map((one) => (covers ? one : { ...one, covers: [] }))
  return sealPlan(planOf(readings, ledger.register.snapshot(), { state: engine.state() }).plan, seal)
}
async function until(wanted: (status: ImportStatus) => boolean): Promise<ImportStatus> {
  let revision: number | undefined
  for (;;) {
    const seen = await root.call(importStatus, revision === undefined ? {} : { after: revision })
    if (seen.import !== null && wanted(seen.import)) return seen.import
    revision = seen.revision
  }
}
const finished = () => until(({ ended }) => ended !== null)
const stuck = () => until(({ problem }) => problem !== null)
const control = async (login: string) =>
  (
    await box.system.directory.search({
      base: 'DC=schule,DC=lan',
      scope: 'sub',
      filter: `(sAMAccountName=${login})`,
      attributes: ['userAccountControl'],
    })
  )[0]?.attributes['userAccountControl']?.[0]

t.test('a full disk stops an import, which says so and goes on', async (t) => {
  await root.call(importApply, { plan: planWith(pupils.slice(0, 12), false) })
  await finished()
  disk.full = true
  await root.call(importApply, { plan: planWith(pupils.slice(12, 24), false) })
  t.match(await stuck(), { state: 'running', problem: /nothing more can be written/ })
  disk.full = false
  t.match(await finished(), { state: 'done', problem: null, refused: [] })
})

t.test('so does a directory that has died', async (t) => {
  await box.system.units.stop('samba-ad-dc.service')
  await root.call(importApply, { plan: planWith(pupils.slice(24), false) })
  t.match(await stuck(), { state: 'running', problem: /does not answer/ })
  await box.system.units.start('samba-ad-dc.service')
  t.match(await finished(), { state: 'done', problem: null, refused: [] })
  t.equal(ledger.people.list().filter(({ sid }) => sid !== null).length, 27)
})

t.test(
  'who leaves is tolerated, disabled, removed; the home is put away; and each step waits for its days',
  async (t) => {
    const leave = async () => {
      await root.call(importApply, { plan: planWith(pupils.slice(1), true) })
      await finished()
      return ledger.people.list().find(({ state }) => state === 'tolerated')
    }
    const groups = ledger.groups.list().map(({ id }) => [id, ledger.groups.members(id)])
    const leaver = await leave()
    t.ok(leaver)
    if (leaver === undefined) return
    await root.call(accountRestore, { logins: [leaver.login] })
    t.strictSame(
      ledger.groups.list().map(({ id }) => [id, ledger.groups.members(id)]),
      groups,
      'who left by mistake is in every group',
    )
    await leave()
    const day = 86_400_000
    const clock = { now: Date.now(), counter: 0 }
    const system = {
      ...box.system,
      journal: { write: () => undefined },
      clock: { now: () => clock.now, monotonic: () => clock.counter },
    }
    const watch = createClockWatch({ system, ledger })
    const leavers = createLeavers({ system, ledger, engine, registrar, watch })
    const step = () => leavers.step()
    const pass = (time: number) => {
      clock.now += time
      clock.counter += time
    }
    const person = () => ledger.people.byId(leaver.id as PersonId)

    t.equal(await step(), 0, 'not on the day of leaving')
    t.equal(await control(leaver.login), '512')
    pass(30 * day)
    t.equal(await step(), 1)
    t.match(person(), { state: 'disabled', sid: leaver.sid })
    t.equal(await control(leaver.login), '514')

    const back = planWith(pupils, true)
    t.match(back.people, [{ kind: 'returning', login: leaver.login }])
    await root.call(importApply, { plan: back })
    await finished()
    t.match(person(), { state: 'active', sid: leaver.sid, number: leaver.number }, 'the same person')
    t.equal(await control(leaver.login), '512')

    await leave()
    pass(30 * day)
    await step()
    t.equal(await step(), 0, 'never two steps at once')
    t.match(person(), { state: 'disabled' })

    pass(2 * day)
    clock.now += 365 * day
    t.equal(await step(), 0, 'nobody is removed by a clock that jumps')
    clock.now -= 365 * day
    pass(3_600_000)
    t.equal(await step(), 0)
    t.match(person(), { state: 'disabled' })

    pass(58 * day)
    t.equal(await step(), 1)
    t.match(person(), { state: 'removed', sid: null, number: leaver.number })
    t.strictSame(ledger.groups.of(leaver.id), [])
    t.equal(await control(leaver.login), undefined)
    await settleFolders({ register: ledger.register.snapshot(), state: engine.state() }, { system, ledger, watch })
    t.notOk((await box.system.files.list('/var/srv/homes')).includes(leaver.login))
    t.match(await box.system.files.list('/var/srv/archive/homes'), [new RegExp(`^${leaver.login}`)])
    t.ok(
      ledger.steps.list(50).some(({ line }) => line === `${leaver.login}: disabled → removed`),
      'on record',
    )
  },
)
