import t from 'tap'
import { refuseUnfit } from '../../../../agent/accounts/job/judge.ts'
import { leavingGuard } from '../../../../agent/accounts/plan/guard.ts'
import { planPage } from '../../../../agent/accounts/plan/page.ts'
import { viewPlan } from '../../../../agent/accounts/plan/view.ts'
import type { ImportPlan } from '../../../../agent/model/import-plan.ts'
import { carriedOut, nobody, planOf } from '../../../support/people-readings.ts'
import { readingOf, recordOf } from '../../../support/people-records.ts'
import { exampleSchool } from '../../../support/school.ts'

t.test('the guard: 10 in a hundred, or 30', async (t) => {
  const leaving = (count: number, managed: number, allowedLeaving: number | null = null) =>
    leavingGuard({
      people: Array.from({ length: count }, () => ({ kind: 'leaving' }) as ImportPlan['people'][number]),
      covers: ['pupil'],
      managed,
      allowedLeaving,
    })?.needed
  t.equal(leaving(10, 100), undefined)
  t.equal(leaving(11, 100), 11)
  t.equal(leaving(30, 1000), undefined)
  t.equal(leaving(31, 1000), 31)
  t.equal(leaving(31, 1000, 30), 31)
  t.equal(leaving(31, 1000, 31), undefined)
  t.equal(leaving(0, 0), undefined)
})

t.test('a file of changes is measured by the people who are what its leavers are', async (t) => {
  const everybody = Array.from({ length: 20 }, (_, n) =>
    recordOf(`${'abcdefghijklmnopqrst'[n]}xy Wolf`, { id: String(n), classes: [n < 10 ? '5a' : '5b'] }),
  )
  const register = carriedOut(nobody, planOf([readingOf(everybody)], nobody).plan)
  const leavers = (count: number) =>
    planOf(
      [
        readingOf(
          everybody.slice(0, count).map((one) => ({ ...one, left: true })),
          { covers: [] },
        ),
      ],
      register,
    ).plan
  t.match(leavers(1), { managed: 20, covers: [] })
  t.equal(leavingGuard(leavers(1)), undefined, '1 of 20')
  t.strictSame(leavingGuard(leavers(3)), { leaving: 3, managed: 20, whole: false, needed: 3 })
  t.strictSame(leavers(3).remarks, [], 'and nobody asks whether it is an excerpt')
  const page = planPage(viewPlan(leavers(3), register), exampleSchool().school, [])
  t.match(page, /3 von 20 Personen[^]*Die Datei führt jede davon als abgegangen/)
  t.notMatch(page, /vollständig/)
  t.throws(() => refuseUnfit(leavers(3), register.revision, exampleSchool()), {
    code: 'LEAVING_MANY',
    hint: /^If all of them have left as the files say: .*--allow-leaving 3$/,
  })
})
