import t from 'tap'
import { sealPlan } from '../../agent/accounts/plan/sealed.ts'
import type { Ledger } from '../../agent/engine/ledger.ts'
import type { SealedPlan } from '../../agent/model/import-plan.ts'
import { directorySchool } from '../support/directory.ts'
import { PowerCut } from '../support/dying.ts'
import { finished, startLives, survived } from '../support/import-lives.ts'
import { generatedPeople } from '../support/people.ts'
import { planOf, readingsOf } from '../support/people-readings.ts'

/** The power fails at every effect of an import that brings people, on a real directory and a real disk. */

t.setTimeout(900_000)

const { system, seal, wake, wakeDying, accounts } = await startLives(
  t,
  `${t.testdir()}/ledger.sqlite`,
  (school) => school,
)
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

/** So many pupils more, each life its own, in a class of their own. */
function planFor(ledger: Ledger, from: number, size: number): SealedPlan {
  const people = pupils.slice(from, from + size).map((one) => ({ ...one, classes: [`${from}x`], courses: [] }))
  const readings = readingsOf({ ...school, people }).map((reading) => ({ ...reading, covers: [] }))
  return sealPlan(planOf(readings, ledger.register.snapshot(), { state: directorySchool() }).plan, seal)
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
      const dead = wakeDying(life, done)
      const plan = planFor(dead.ledger, from + lives * size, size)
      t.equal(plan.people.length, size)
      life.left = lives
      const answer = await dead.imports.apply(plan, 'anna', false).catch((error: unknown) => error)
      const lived = await survived(dead, life)
      await dead.die()
      if (lived) break
      cuts += 1

      const agent = wake()
      const status = await finished(agent)
      const began = agent.ledger.people.list().some(({ id }) => plan.people.some((one) => one.id === id))
      if (!(answer instanceof PowerCut)) t.ok(began, 'what was promised is kept')
      if (began) t.match(status, { state: 'done', refused: [] })
      const there = await accounts()
      const logins = agent.ledger.people.list().map(({ login }) => String(login))
      t.strictSame([...there.keys()].toSorted(), logins.toSorted(), `after ${lives} effects`)
      t.strictSame((await system.files.list('/var/srv/homes')).toSorted(), logins.toSorted())
      for (const [login, { guid }] of there) t.equal(guid, ever.get(login) ?? guid, `${login} was never made anew`)
      for (const [login, { guid }] of there) ever.set(login, guid)
      t.strictSame([agent.ledger.people.pending(1), agent.ledger.groups.pending(1)], [[], []])
      await agent.die()
    }
    t.ok(cuts > 8, `${cuts} moments`)
  })
}
