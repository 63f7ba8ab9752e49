import t from 'tap'
import { planPage } from '../../../../agent/accounts/plan/page.ts'
import { summaryOf } from '../../../../agent/accounts/plan/summary.ts'
import { viewPlan } from '../../../../agent/accounts/plan/view.ts'
import type { ImportPlan } from '../../../../agent/model/import-plan.ts'
import { SchoolState } from '../../../../agent/model/state.ts'
import { carriedOut, nobody, planOf, readingsOf } from '../../../support/people-readings.ts'
import { readingOf, recordOf } from '../../../support/people-records.ts'
import { generatedPeople, nextYear } from '../../../support/people.ts'
import { exampleInput, exampleSchool } from '../../../support/school.ts'

const { school, accounts } = exampleSchool()
const first = generatedPeople()
const register = carriedOut(nobody, planOf(readingsOf(first), nobody).plan)
const { plan } = planOf(readingsOf(nextYear(first).school), register)
const view = viewPlan(plan, register)

t.test('numbers first, then the questions, then everybody by class', async (t) => {
  const page = planPage(view, school, [])
  const places = [
    'Zusammenfassung',
    'Das muss jemand ansehen',
    '250 von 2000 Personen würden gehen',
    '--rename 5a=6a',
    'neu (250)',
    '<caption>5a (',
    'Klassenwechsel (',
    'gehen (250)',
    '<h2 id="groups">',
  ].map((text) => page.indexOf(text))
  t.notOk(places.includes(-1), places.join(' '))
  t.strictSame(
    places,
    places.toSorted((a, b) => a - b),
  )
  for (const { name } of view.people.slice(0, 50)) t.ok(page.includes(name.replaceAll("'", '&#39;')), name)
})

t.test('it stands alone, can be read aloud, and nothing of a file becomes part of it', async (t) => {
  const evil = '<img src=x onerror=alert(1)>'
  const { plan: bad } = planOf(
    [readingOf([recordOf(`Anna ${evil}`, { id: '1', classes: [evil] })], { file: evil })],
    nobody,
  )
  const page = planPage(viewPlan(bad, nobody), { ...school, name: evil }, [
    { severity: 'warning', file: evil, path: '', message: evil },
  ])
  t.notOk(page.includes('<img'), 'escaped')
  t.notMatch(page, /<script|<link|<[^>]* src=|url\(|https?:/)
  t.match(page, /<html lang="de">/)
  t.match(page, /<main>/)
  t.equal(page.split('<table').length, page.split('<thead').length, 'every table has heads')
  t.notMatch(page, /<td[^>]*><\/td><\/tr>\n<tr><td/, 'every row has one')
})

t.test('answers can be copied into a shell, and groups are called what the school calls them', async (t) => {
  const [someone] = register.people
  const candidate = { login: someone?.login, given: 'Ada', surname: 'Öz', birth: null, reason: 'name' }
  const odd = {
    ...plan,
    proposals: [
      { file: "Schüler '26.csv", line: 12, given: 'Ada', surname: 'Öz', birth: null, candidates: [candidate] },
    ],
    renames: [{ before: '5 A', after: '6a', moved: 20, of: 24 }],
    groups: [{ kind: 'ended' as const, id: register.groups[0]?.id, name: 'klasse-alt', reason: 'old' }],
  } as ImportPlan
  const page = planPage(viewPlan(odd, register), school, []).replaceAll('&#39;', "'")
  t.ok(page.includes(String.raw`--confirm 'Schüler '\''26.csv:12=${someone?.login}'`), 'in quotes')
  t.ok(page.includes("--rename '5 A=6a'"))
  t.notMatch(page, /klasse-alt/)
  t.ok(page.includes(`>${register.groups[0]?.title}<`))
})

t.test('in English', async (t) => {
  const english = SchoolState.parse({ ...exampleInput(), school: { ...exampleInput().school, language: 'en' } })
  const page = planPage(view, english.school, [])
  t.match(page, /<html lang="en">[^]*Somebody must look at this/)
})

t.test('a few lines for the terminal', async (t) => {
  const lines = new Map(
    summaryOf(view, accounts.leaving).map(({ what, count, detail }) => [what, `${count} ${detail}`]),
  )
  t.match(lines.get('new'), /^250 .*5a 2\d/)
  t.match(lines.get('leaving'), /^250 .*11a 23[^]*tolerated for 30 days, then disabled for 60, then removed/)
  t.equal(lines.get('unchanged')?.startsWith(String(plan.unchanged)), true)
})
