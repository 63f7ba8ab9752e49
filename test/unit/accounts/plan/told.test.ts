import t from 'tap'
import { summaryOf } from '../../../../agent/accounts/plan/summary.ts'
import { viewPlan } from '../../../../agent/accounts/plan/view.ts'
import { carriedOut, nobody, planOf } from '../../../support/people-readings.ts'
import { readingOf, recordOf } from '../../../support/people-records.ts'
import { exampleSchool } from '../../../support/school.ts'

/** What a plan says of single people: the words, and what is not done as the file wishes. */

t.test('who repeats a year stays in a class of the same name, which is told as that', async (t) => {
  const one = (id: number, title: string) => recordOf(`${'abcdefgh'[id]}ina Wolf`, { id: String(id), classes: [title] })
  const before = carriedOut(nobody, planOf([readingOf([0, 1, 2, 3].map((id) => one(id, '5e')))], nobody).plan)
  const answers = {
    lines: new Map(),
    exact: false,
    renames: { titles: new Map([['5e', '6e']]), others: 'ask' as const },
  }
  const { plan } = planOf([readingOf([...[0, 1, 2].map((id) => one(id, '6e')), one(3, '5e'), one(4, '5e')])], before, {
    answers,
  })
  const moved = plan.people.filter(({ kind }) => kind === 'moved')
  t.match(moved, [{ from: ['5e'], to: ['5e'], reason: 'bleibt in 5e; die bisherige Klasse heißt jetzt 6e' }])
  t.equal(moved.length, 1)
  const lines = summaryOf(viewPlan(plan, before), exampleSchool().accounts.leaving)
  t.match(lines.find(({ what }) => what === 'moved')?.detail, /: 5e again$/)
})

t.test('a wished login name that is taken or reserved is told with the one that is given', async (t) => {
  const wish = (id: string, wishedLogin: string) =>
    recordOf(`Eva${id} Wolf`, { id, wishedLogin, columns: { login: 9 } })
  const first = carriedOut(nobody, planOf([readingOf([wish('a', 'wolf')])], nobody).plan)
  const { plan, problems } = planOf(
    [readingOf([wish('a', 'wolf'), wish('b', 'wolf'), wish('c', 'root'), wish('d', 'evi')])],
    first,
  )
  const [, b, c] = ['a', 'b', 'c'].map(
    (id) => plan.people.find((one) => one.kind === 'new' && one.fields.given === `Eva${id}`)?.login,
  )
  t.match(problems, [
    {
      severity: 'warning',
      line: 3,
      column: 9,
      path: 'login',
      message: `login name wolf is taken: Evab Wolf gets ${b}`,
    },
    { severity: 'warning', line: 4, message: `login name root is reserved: Evac Wolf gets ${c}` },
  ])
  t.equal(problems.length, 2)
})
