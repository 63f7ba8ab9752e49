import t from 'tap'
import { createClockWatch } from '../../agent/accounts/job/clock-watch.ts'
import { createImports } from '../../agent/accounts/job/imports.ts'
import { sealPlan } from '../../agent/accounts/plan/sealed.ts'
import { createRegistrar } from '../../agent/accounts/registrar.ts'
import { openSeal } from '../../agent/accounts/seal.ts'
import { type Ledger, openLedger } from '../../agent/engine/ledger.ts'
import type { SealedPlan } from '../../agent/model/import-plan.ts'
import type { System } from '../../agent/system/system.ts'
import { dying, PowerCut } from '../support/dying.ts'
import { startDirectory } from '../support/directory.ts'
import { generatedPeople } from '../support/people.ts'
import { planOf, readingsOf } from '../support/people-readings.ts'

/** The power fails at every effect of an import, on a real directory and a real disk. */

t.setTimeout(900_000)

const box = await startDirectory(t)
const seal = await openSeal(box.system)
const quiet = { ...box.system, journal: { write: () => undefined } }
const state = box.school
const file = `${t.testdir()}/ledger.sqlite`
const school = generatedPeople()
/** Nobody who could be taken for somebody else: a life has no questions. */
const pupils = [
  ...new Map(
    school.people
      .filter(({ role, birth }) => role === 'pupil' && birth !== undefined)
      .map((one) => [one.birth, one] as const),
  ).values(),
].filter(
  ({ given, surname }, index, all) => all.findIndex((one) => one.given === given && one.surname === surname) === index,
)

/** What of the agent carries imports, as it starts. */
function wake(system: System, wrap: (ledger: Ledger) => Ledger = (ledger) => ledger) {
  const { ledger: opened } = openLedger(file, 0)
  const ledger = wrap(opened)
  const engine = { state: () => state, declared: () => ({ state, locks: [] }) }
  const registrar = createRegistrar({ system, ledger, engine })
  const stop = new AbortController()
  const imports = createImports({ system, ledger, engine, registrar, watch: createClockWatch({ system, ledger }) })
  const tending = imports.tend(stop.signal)
  return {
    ledger: opened,
    imports,
    async die() {
      stop.abort()
      await tending
      opened.close()
    },
  }
}

/** So many pupils more, each life its own, in a class of their own. */
function planFor(ledger: Ledger, from: number, size: number): SealedPlan {
  const people = pupils.slice(from, from + size).map((one) => ({ ...one, classes: [`${from}x`], courses: [] }))
  const readings = readingsOf({ ...school, people }).map((reading) => ({ ...reading, covers: [] }))
  return sealPlan(planOf(readings, ledger.register.snapshot(), { state }).plan, seal)
}

async function finished({ imports }: Pick<ReturnType<typeof wake>, 'imports'>) {
  let seen = imports.status()
  while (seen.import?.ended === null) seen = await imports.news(seen.revision)
  return seen.import
}

const sidsBy = async (): Promise<ReadonlyMap<string, string>> => {
  const found = await quiet.directory.search({
    base: 'OU=People,OU=School,DC=schule,DC=lan',
    scope: 'one',
    filter: '(objectClass=user)',
    attributes: ['sAMAccountName', 'objectGUID'],
    binary: ['objectGUID'],
  })
  return new Map(
    found.map(({ attributes }) => [
      String(attributes['sAMAccountName']?.[0]),
      Buffer.from(attributes['objectGUID']?.[0] ?? '').toString('hex'),
    ]),
  )
}

for (const { way, size, from, done } of [
  { way: 'one LDAP write after another', size: 2, from: 0, done: false },
  { way: 'one LDAP write after another', size: 2, from: 100, done: true },
  { way: 'the fast way', size: 9, from: 200, done: true },
]) {
  t.test(`by ${way}, the power fails just ${done ? 'after' : 'before'} each effect`, async (t) => {
    let cuts = 0
    const ever = new Map<string, string>()
    for (let lives = 0; ; lives += 1) {
      const life = { left: Number.POSITIVE_INFINITY }
      const dead = wake({ ...dying(quiet, life, done), journal: quiet.journal }, (ledger) => dying(ledger, life, done))
      const plan = planFor(dead.ledger, from + lives * size, size)
      t.equal(plan.people.length, size)
      life.left = lives
      const answer = await dead.imports.apply(plan, 'anna', false).catch((error: unknown) => error)
      // Until the cut is felt, or everything is done.
      let seen = dead.imports.status()
      while (life.left >= 0 && seen.import?.ended === null) seen = await dead.imports.news(seen.revision)
      const survived = life.left >= 0
      await dead.die()
      if (survived) break
      cuts += 1

      const agent = wake(quiet)
      const status = await finished(agent)
      const began = agent.ledger.people.list().some(({ id }) => plan.people.some((one) => one.id === id))
      if (!(answer instanceof PowerCut)) t.ok(began, 'what was promised is kept')
      if (began) t.match(status, { state: 'done', refused: [] })
      const sids = await sidsBy()
      const logins = agent.ledger.people.list().map(({ login }) => String(login))
      t.strictSame([...sids.keys()].toSorted(), logins.toSorted(), `after ${lives} effects`)
      t.strictSame((await quiet.files.list('/var/srv/homes')).toSorted(), logins.toSorted())
      for (const [login, guid] of sids) t.equal(guid, ever.get(login) ?? guid, `${login} was never made anew`)
      for (const [login, guid] of sids) ever.set(login, guid)
      t.strictSame([agent.ledger.people.pending(1), agent.ledger.groups.pending(1)], [[], []])
      await agent.die()
    }
    t.ok(cuts > 8, `${cuts} moments`)
  })
}
