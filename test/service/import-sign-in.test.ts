import t from 'tap'
import { sealPlan } from '../../agent/accounts/plan/sealed.ts'
import { bindsDuring } from '../support/binds.ts'
import { directorySchool } from '../support/directory.ts'
import { finished, startLives } from '../support/import-lives.ts'
import { planOf, readingsOf } from '../support/people-readings.ts'
import { generatedPeople } from '../support/people.ts'

/** A sign-in is a write and waits for the one under way: it must be a short one, while hundreds of accounts are made. */

t.setTimeout(300_000)

const size = 600

t.test('people sign in all the time while an import makes accounts', async (t) => {
  const lives = await startLives(t, `${t.testdir()}/ledger.sqlite`, (state) => state)
  const agent = lives.wake()
  t.teardown(() => agent.die())
  const { plan } = planOf(readingsOf(generatedPeople({ size })), agent.ledger.register.snapshot(), {
    state: directorySchool(),
  })
  const made = (): number => agent.ledger.people.list().filter(({ sid }) => sid !== null).length
  const { result, binds } = await bindsDuring(
    lives,
    async () => {
      await agent.imports.apply(sealPlan(plan, lives.seal), 'anna', false)
      return finished(agent)
    },
    made,
  )
  t.match(result, { state: 'done', refused: [] })
  t.equal(made(), size)
  const most = Math.max(...binds.map(({ passed }) => passed))
  t.ok(binds.filter(({ passed }) => passed > 0).length > 4, 'again and again while accounts are being made')
  t.ok(most < size / 4, `nobody waited for more than a part of them: ${most} of ${size}`)
  t.comment(`${binds.length} sign-ins, ${most} accounts at most during one of them`)
})
