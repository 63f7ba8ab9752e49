import t from 'tap'
import { refuseUnfit } from '../../../../agent/accounts/job/judge.ts'
import { alteredGuard, leavingGuard } from '../../../../agent/accounts/plan/guard.ts'
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
      emptied: [],
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
  t.strictSame(leavingGuard(leavers(3)), { leaving: 3, managed: 20, whole: false, needed: 3, emptied: [] })
  t.strictSame(leavers(3).remarks, [], 'and nobody asks whether it is an excerpt')
  const page = planPage(viewPlan(leavers(3), register), exampleSchool().school, [])
  t.match(page, /3 von 20 Personen[^]*Die Datei führt jede davon als abgegangen/)
  t.notMatch(page, /vollständig/)
  t.throws(() => refuseUnfit(leavers(3), register.revision, exampleSchool()), {
    code: 'LEAVING_MANY',
    hint: /^If all of them have left as the files say: .*--allow-leaving 3$/,
  })
})

const letters = 'abcdefghijklmnopqrstuvwxyz'
const named = (index: number): string =>
  `${letters[index % 26]}${letters[Math.floor(index / 26) % 26]}x ${letters[index % 17]}${letters[index % 23]}olf`
const pupils = Array.from({ length: 300 }, (_, n) =>
  recordOf(named(n), { id: `p${n}`, classes: [`${5 + Math.floor(n / 25)}a`] }),
)
const teachers = Array.from({ length: 20 }, (_, n) => recordOf(named(400 + n), { id: `t${n}`, role: 'teacher' }))
const school = carriedOut(
  nobody,
  planOf([readingOf([...pupils, ...teachers], { covers: ['pupil', 'teacher'] })], nobody).plan,
)
const planFor = (people: readonly ReturnType<typeof recordOf>[], allowedLeaving: number | null = null) =>
  planOf([readingOf(people, { covers: [...new Set(people.map(({ role }) => role))] })], school, { allowedLeaving })

t.test('nearly all of one role are held up, however many others stay', async (t) => {
  const { plan } = planFor([...pupils, ...teachers.slice(0, 1)])
  t.strictSame(leavingGuard(plan), {
    leaving: 19,
    managed: 320,
    whole: true,
    needed: 19,
    emptied: [{ role: 'teacher', class: null, leaving: 19, of: 20 }],
  })
  t.throws(() => refuseUnfit(plan, school.revision, exampleSchool()), {
    code: 'LEAVING_MANY',
    message: '19 of 320 people would leave; 19 of 20 with the role teacher: more than is usual',
  })
  t.match(planPage(viewPlan(plan, school), exampleSchool().school, []), /mit der Rolle Lehr[^;]* 19 von 20/)
  t.equal(leavingGuard(planFor([...pupils, ...teachers.slice(0, 1)], 19).plan), undefined)
  t.equal(leavingGuard(planFor([...pupils, ...teachers.slice(3)]).plan), undefined, 'three go in any summer')
})

t.test('a class that is missing is held up', async (t) => {
  const { plan } = planFor([...pupils.filter(({ classes }) => classes[0] !== '9a'), ...teachers])
  t.match(leavingGuard(plan), { leaving: 25, emptied: [{ role: 'pupil', class: '9a', leaving: 25, of: 25 }] })
  const few = pupils.filter(({ classes }, index) => classes[0] !== '9a' || index % 2 === 0)
  t.equal(leavingGuard(planFor([...few, ...teachers]).plan), undefined, 'half of it is not')
})

t.test('more than a few changes of role are held up', async (t) => {
  const asStaff = (count: number) =>
    planFor([...pupils, ...teachers.map((one, n) => (n < count ? { ...one, role: 'staff' as const } : one))]).plan
  t.match(alteredGuard(asStaff(6)), { people: 6, roles: 6, known: 320, reasons: ['6 haben eine andere Rolle'] })
  t.equal(alteredGuard(asStaff(5)), undefined)
})

t.test('a list read in a wrong role is an error, with ids or without, and no birth date is needed', async (t) => {
  const wrong = (more: object) => pupils.map((one) => ({ ...one, role: 'teacher' as const, classes: [], ...more }))
  for (const people of [
    wrong({}),
    pupils.map((pupil) => {
      const { id: _, ...one } = pupil
      return { ...one, role: 'teacher' as const, classes: [] }
    }),
  ]) {
    const { problems } = planFor(people)
    t.match(problems, [
      {
        severity: 'error',
        path: 'role',
        message: /^300 of 300 people who would be new are known in another role/,
        hint: /--role/,
      },
    ])
  }
  const [first] = pupils
  const one = planFor([...pupils.slice(1), ...teachers, { ...first, role: 'teacher', classes: [] } as never])
  t.strictSame(one.problems, [])
  t.match(one.plan.proposals, [{ candidates: [{ reason: /andere Rolle/ }] }], 'one of them is a question')
  const login = one.plan.proposals[0]?.candidates[0]?.login ?? ''
  const answered = planOf(
    [
      readingOf([...pupils.slice(1), ...teachers, { ...first, role: 'teacher', classes: [] } as never], {
        covers: ['pupil', 'teacher'],
      }),
    ],
    school,
    {
      answers: {
        lines: new Map([[`pupils.csv:${one.plan.proposals[0]?.line}`, login]]),
        exact: false,
        renames: { titles: new Map(), others: 'ask' },
      },
    },
  )
  t.strictSame(answered.problems, [], 'which may be answered')
  t.strictSame(answered.plan.proposals, [])
  const others = wrong({ given: 'Somebody', surname: 'Else' }).slice(0, 1)
  t.strictSame(
    planFor([...pupils, ...others, ...teachers]).problems.filter(({ path }) => path === 'role'),
    [],
  )
})
