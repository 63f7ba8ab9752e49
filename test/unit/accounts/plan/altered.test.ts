import t from 'tap'
import { refuseUnfit } from '../../../../agent/accounts/job/judge.ts'
import { alteredGuard } from '../../../../agent/accounts/plan/guard.ts'
import { planPage } from '../../../../agent/accounts/plan/page.ts'
import type { PlanInput } from '../../../../agent/accounts/plan/plan.ts'
import { viewPlan } from '../../../../agent/accounts/plan/view.ts'
import { Directory } from '../../../../agent/model/directory.ts'
import { LoginRule } from '../../../../agent/model/login-rule.ts'
import { generatedPeople, nextYear, type Somebody } from '../../../support/people.ts'
import { carriedOut, nobody, planOf, readingsOf } from '../../../support/people-readings.ts'
import { exampleSchool } from '../../../support/school.ts'

/** Files with the right ids, and a column that is swapped or has slipped. */

const school = generatedPeople()
const register = carriedOut(nobody, planOf(readingsOf(school), nobody).plan)
const { school: later } = nextYear(school)
const pupils = school.people.filter(({ role }) => role === 'pupil')

/** The same people, each changed by whoever stands some lines further down. */
function changed(change: (one: Somebody, other: Somebody) => Partial<Somebody>, share = 1): readonly Somebody[] {
  return school.people.map((one, index) => {
    const others = one.role === 'pupil' ? pupils : school.people
    const other = others[(index * 7 + 1) % others.length] ?? one
    return index < school.people.length * share ? { ...one, ...change(one, other) } : one
  })
}
const plan = (people: readonly Somebody[], more: Partial<PlanInput> = {}) =>
  planOf(readingsOf({ ...school, people }), register, more).plan
const bare = (people: readonly Somebody[]): string => {
  const guarded = alteredGuard(plan(people))
  return `${guarded?.people} of ${guarded?.known}: ${guarded?.reasons.join('; ')}`
}

const swapped = changed(({ given, surname }) => ({ given: surname, surname: given }))

t.test('a column that is swapped or has slipped is held up, with what it looks like', async (t) => {
  t.equal(bare(swapped), '2000 of 2000: Vor- und Nachname sehen in 2000 Zeilen vertauscht aus')
  t.match(
    bare(changed((_, { birth }) => (birth === undefined ? {} : { birth }))),
    /^19\d\d of 2000: 19\d\d haben ein anderes Geburtsdatum$/,
  )
  t.match(bare(changed((_, { surname }) => ({ surname }))), /^19\d\d of 2000: 19\d\d haben einen anderen Nachnamen$/)
  t.match(bare(changed((_, { given }) => ({ given }))), /^19\d\d of 2000: 19\d\d haben einen anderen Vornamen$/)
  t.match(
    bare(changed(({ role }, { classes }) => (role === 'pupil' ? { classes } : {}))),
    /^1[78]\d\d of 2000: 1[78]\d\d wechseln die Klasse, ohne dass die anderen der Klasse mitgehen$/,
  )
  t.equal(
    bare(changed(({ given, surname }) => ({ given: surname, surname: given }), 0.2)),
    '400 of 2000: Vor- und Nachname sehen in 400 Zeilen vertauscht aus',
    'a fifth of the lines is enough',
  )
})

t.test('such a plan is not carried out unless somebody says how many', async (t) => {
  const held = plan(swapped)
  t.throws(() => refuseUnfit(held, register.revision, exampleSchool()), {
    code: 'CHANGES_MANY',
    message:
      '2000 of 2000 known people would have another name, birth date, role or class: Vor- und Nachname sehen in 2000 Zeilen vertauscht aus',
    hint: /--allow-changes 2000/,
  })
  t.throws(() => refuseUnfit(plan(swapped, { allowedChanges: 1999 }), register.revision, exampleSchool()), {
    code: 'CHANGES_MANY',
  })
  t.doesNotThrow(() => refuseUnfit(plan(swapped, { allowedChanges: 2000 }), register.revision, exampleSchool()))
  const page = planPage(viewPlan(held, register), exampleSchool().school, [])
  t.match(page, /2000 von 2000 bekannten Personen[^]*--allow-changes 2000[^]*sehen in 2000 Zeilen vertauscht aus/)
  t.notMatch(page, /Keine offenen Fragen/)
  const discreet = plan(
    changed((_, { birth }) => (birth === undefined ? {} : { birth })),
    { births: false },
  )
  t.ok(alteredGuard(discreet), 'nor one that holds no birth dates of the register')
})

t.test('nor is one that follows other rules than the school state has now', async (t) => {
  const { plan: made } = planOf(readingsOf(school), register)
  const state = exampleSchool()
  t.doesNotThrow(() =>
    refuseUnfit(made, register.revision, { ...state, rooms: [], school: { ...state.school, name: 'B' } }),
  )
  const { accounts } = state
  for (const other of [
    { accounts: { ...accounts, login: LoginRule.parse('{g}.{surname}') } },
    { accounts: { ...accounts, primary: { years: [], everybody: true } } },
    { accounts: { ...accounts, leaving: { ...accounts.leaving, pupil: { tolerated: 0, disabled: 1 } } } },
    { school: { ...state.school, language: 'en' as const } },
    { directory: Directory.parse({ address: '10.20.0.3', passwords: { pupils: { length: 12 } } }) },
  ]) {
    t.throws(() => refuseUnfit(made, register.revision, { ...state, ...other }), {
      code: 'PLAN_OLD',
      message: /other rules for people/,
    })
  }
})

t.test('a new school year is none, however classes are mixed', async (t) => {
  for (const others of ['ask', 'take', 'leave'] as const) {
    const answers = { lines: new Map(), exact: false, renames: { titles: new Map(), others } }
    t.equal(alteredGuard(planOf(readingsOf(later), register, { answers }).plan), undefined, others)
  }
  const mixed = later.people.map((one, index): Somebody => {
    const [title = ''] = one.classes
    const year = Number.parseInt(title, 10)
    return one.role === 'pupil' && year > 5 ? { ...one, classes: [`${year}${'abcdefghij'[index % 7]}`] } : one
  })
  const { plan: all } = planOf(readingsOf({ ...later, people: mixed }), register)
  t.ok(all.people.filter(({ kind }) => kind === 'moved').length > 1000, 'pupils of every class in all of the next year')
  t.equal(alteredGuard(all), undefined)
})

t.test('a few corrections are none, in a small file either', async (t) => {
  const some = (count: number, all: number) =>
    school.people.slice(0, all).map((one, index) => (index < count ? { ...one, surname: `${one.surname}-Neu` } : one))
  const file = (count: number, all: number) =>
    readingsOf({ ...school, people: some(count, all) }).map((reading) => ({ ...reading, covers: [] }))
  const guarded = (count: number, all: number) => alteredGuard(planOf(file(count, all), register).plan)?.people
  t.equal(guarded(200, 2000), undefined)
  t.equal(guarded(201, 2000), 201)
  t.equal(guarded(10, 10), undefined)
  t.equal(guarded(11, 11), 11)
})

t.test('a column of classes that was emptied takes them from everybody, and is held up', async (t) => {
  const most = plan(
    school.people.map((one, index) => (one.role === 'pupil' && index > 40 ? { ...one, classes: [] } : one)),
  )
  t.match(alteredGuard(most), { people: 1860 - 41 })
  const none = plan(school.people.map((one) => (one.role === 'pupil' ? { ...one, classes: [] } : one)))
  t.equal(alteredGuard(none), undefined, 'a file that knows no classes takes none')
})
