import t from 'tap'
import { titleKey, yearOf } from '../../../../agent/accounts/plan/catalogue.ts'
import { misfits } from '../../../../agent/accounts/plan/misfits.ts'
import { planPage } from '../../../../agent/accounts/plan/page.ts'
import { sourceOf } from '../../../../agent/accounts/plan/source.ts'
import { summaryOf } from '../../../../agent/accounts/plan/summary.ts'
import { viewPlan } from '../../../../agent/accounts/plan/view.ts'
import type { PersonRecord, Reading } from '../../../../agent/accounts/read/record.ts'
import type { ImportPlan } from '../../../../agent/model/import-plan.ts'
import type { Register } from '../../../../agent/model/register.ts'
import { SchoolState } from '../../../../agent/model/state.ts'
import { carriedOut, nobody, planOf } from '../../../support/people-readings.ts'
import { readingOf, recordOf } from '../../../support/people-records.ts'
import { exampleInput, exampleSchool } from '../../../support/school.ts'

/** Small schools, one trouble each. */

/** `5a: Anna Müller 1, Paul Wolf 2; 5b: …` as records with ids. */
function pupils(text: string): readonly PersonRecord[] {
  return text.split('; ').flatMap((part) => {
    const [title = '', names = ''] = part.split(': ')
    return names
      .split(', ')
      .map((one) => recordOf(one.replace(/ \d+$/, ''), { classes: [title], id: / (\d+)$/.exec(one)?.[1] ?? one }))
  })
}

const after = (text: string, register: Register = nobody): Register =>
  carriedOut(register, planOf([readingOf(pupils(text))], register).plan)
const told = ({ people }: ImportPlan): readonly string[] => people.map((change) => `${change.kind} ${change.login}`)
const groups = ({ groups: changes }: ImportPlan): readonly string[] =>
  changes.map((change) => {
    if (change.kind === 'renamed') return `${change.before.name} → ${change.after.name}`
    return `${change.kind} ${change.name}`
  })

t.test('titles and years, however they are written', async (t) => {
  t.equal(titleKey('class', '05A'), titleKey('class', '5 a'))
  t.not(titleKey('course', 'AB 1'), titleKey('course', 'AB1'))
  t.strictSame(['5a', '05A', '10b', 'EF', 'Q1', 'q2', 'DaZ 1', 'BVJ', '100Jahre', 'Efeu'].map(yearOf), [
    '5',
    '5',
    '10',
    'EF',
    'Q1',
    'Q2',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

t.test('two classes that exchange their names', async (t) => {
  const register = after('5a: Anna Müller 1, Paul Wolf 2; 5b: Mia Sauer 3, Ali Kaya 4')
  const { plan } = planOf([readingOf(pupils('5b: Anna Müller 1, Paul Wolf 2; 5a: Mia Sauer 3, Ali Kaya 4'))], register)
  t.strictSame(
    plan.renames.map(({ before, after: now }) => `${before} ${now}`),
    ['5a 5b', '5b 5a'],
  )
  const taken = planOf([readingOf(pupils('5b: Anna Müller 1, Paul Wolf 2; 5a: Mia Sauer 3, Ali Kaya 4'))], register, {
    answers: { lines: new Map(), exact: false, renames: { titles: new Map(), others: 'take' } },
  })
  t.strictSame(
    [groups(taken.plan).toSorted((a, b) => a.localeCompare(b)), taken.plan.memberships],
    [['klasse-5a → klasse-5b', 'klasse-5b → klasse-5a'], []],
  )
})

t.test('two classes that become one are not renamed', async (t) => {
  const register = after('5a: Anna Müller 1, Paul Wolf 2; 5b: Mia Sauer 3, Ali Kaya 4')
  const { plan } = planOf([readingOf(pupils('5b: Anna Müller 1, Paul Wolf 2, Mia Sauer 3, Ali Kaya 4'))], register)
  t.strictSame(
    [plan.renames, groups(plan), told(plan)],
    [[], ['ended klasse-5a'], ['moved anna.mueller', 'moved paul.wolf']],
  )
})

t.test('whoever is confirmed in another role keeps the account', async (t) => {
  const born = { birth: '1999-03-31', id: '7' }
  const register = carriedOut(
    nobody,
    planOf([readingOf([recordOf('Anna Müller', { ...born, classes: ['5a'] })])], nobody).plan,
  )
  const teachers = readingOf([recordOf('Anna Müller', { ...born, id: 'L1', role: 'teacher' })], { covers: ['teacher'] })
  const asked = planOf([teachers], register).plan
  t.match(asked.proposals, [{ candidates: [{ login: 'anna.mueller', reason: /andere Rolle/ }] }])
  t.strictSame(told(asked), [], 'nobody is new meanwhile')
  const answers = {
    lines: new Map([['pupils.csv:2', 'anna.mueller']]),
    exact: false,
    renames: { titles: new Map(), others: 'ask' as const },
  }
  const { plan } = planOf([teachers], register, { answers })
  t.match(plan.people, [{ kind: 'changed', login: 'anna.mueller', after: { role: 'teacher', origin: { id: 'L1' } } }])
  t.strictSame(told(planOf([teachers], carriedOut(register, plan)).plan), [])
})

t.test('a pupil who is in no class any more is told of', async (t) => {
  const register = after('5a: Anna Müller 1, Paul Wolf 2, Mia Sauer 3')
  const [anna, paul, mia] = pupils('5a: Anna Müller 1, Paul Wolf 2, Mia Sauer 3')
  const lines = [anna, paul, { ...mia, classes: [] }].filter((one) => one !== undefined) as readonly PersonRecord[]
  const { plan } = planOf([readingOf(lines)], register)
  t.match(plan.people, [
    { kind: 'moved', login: 'mia.sauer', from: ['5a'], to: [], reason: 'die Datei nennt keine Klasse mehr' },
  ])
  t.equal(plan.unchanged, 2)
  const view = viewPlan(plan, register)
  t.equal(view.people[0]?.title, '', 'no longer among those of the class')
  t.match(
    planPage(view, exampleSchool().school, []),
    /Klassenwechsel \(1\)[^]*ohne Klasse \(1\)[^]*<td>5a<\/td><td>ohne Klasse<\/td>/,
  )
  const { leaving } = exampleSchool().accounts
  t.match(
    summaryOf(view, leaving).find(({ what }) => what === 'moved'),
    { count: 1, detail: 'Sauer, Mia: 5a → no class' },
  )
  const silent = planOf([readingOf(lines.map((one) => ({ ...one, classes: [] })))], register)
  t.strictSame(told(silent.plan), [], 'files without any class say nothing of them')
})

t.test('a class that is divided goes on where most of it is', async (t) => {
  const register = after('5a: Anna Müller 1, Paul Wolf 2, Mia Sauer 3')
  const { plan } = planOf([readingOf(pupils('6a: Anna Müller 1, Paul Wolf 2; 6b: Mia Sauer 3'))], register)
  t.match(plan.renames, [{ before: '5a', after: '6a', moved: 2, of: 3 }])
})

t.test('a source that keeps ids of classes renames by them', async (t) => {
  const reading = (title: string): Reading =>
    readingOf([recordOf('Anna Müller', { id: '1', classes: [title] })], {
      groups: [{ place: { file: 'classes.csv', line: 2 }, kind: 'class', id: 'G1', title, leaders: [] }],
    })
  const register = carriedOut(nobody, planOf([reading('5a')], nobody).plan)
  const { plan } = planOf([reading('6a')], register)
  t.match(
    plan.groups.find(({ kind }) => kind === 'renamed'),
    { after: { name: 'klasse-6a' }, origin: { id: 'G1' } },
  )
})

t.test('courses of one title are as many as their ids', async (t) => {
  type Course = readonly [person: string, id: string, title: string]
  const inCourses = (courses: readonly Course[]) => [
    readingOf(
      courses.map(([id, course, title]) =>
        recordOf(`Anna${id} Müller`, { id, groups: [{ id: course, kind: 'course', title }] }),
      ),
    ),
  ]
  const later = (register: Register, ...courses: readonly Course[]) => {
    const { plan } = planOf(inCourses(courses), register)
    return { plan, register: carriedOut(register, plan) }
  }
  const first = later(nobody, ['1', 'c1', 'Mathematik'])
  const beside = later(first.register, ['1', 'c1', 'Mathematik'], ['2', 'c3', 'Mathematik'])
  t.strictSame(groups(beside.plan), ['new kurs-mathematik-2'])
  t.strictSame(
    beside.plan.memberships.map(({ group }) => group),
    beside.plan.groups.map(({ id }) => id),
  )
  const atOnce = later(nobody, ['1', 'c1', 'Mathematik'], ['2', 'c3', 'Mathematik'])
  t.strictSame(groups(atOnce.plan), ['new kurs-mathematik', 'new kurs-mathematik-2'])
  const renamed = later(atOnce.register, ['1', 'c1', 'Mathematik A'], ['2', 'c3', 'Mathematik'])
  t.strictSame(groups(renamed.plan), ['kurs-mathematik → kurs-mathematik-a'])
  const anew = later(first.register, ['1', 'c7', 'Mathematik'], ['2', 'c8', 'Mathematik'])
  t.strictSame(groups(anew.plan), ['new kurs-mathematik-2'], 'with ids of another year the title tells, once')
  const joined = later(renamed.register, ['1', 'c1', 'Mathematik'], ['2', 'c3', 'Mathematik'])
  t.strictSame(groups(joined.plan), ['kurs-mathematik-a → kurs-mathematik'], 'nobody loses a course to a namesake')
})

t.test('what a hand has put into a group stays in it', async (t) => {
  const register = after('5a: Anna Müller 1; 5b: Mia Sauer 3')
  const [anna] = register.people
  const other = register.groups.find(({ name }) => name === 'klasse-5b')
  const byHand: Register = {
    ...register,
    memberships: [
      ...register.memberships,
      { group: other?.id ?? fail(), person: anna?.id ?? fail(), part: 'leader', source: null },
    ],
  }
  const { plan } = planOf([readingOf(pupils('5a: Anna Müller 1; 5b: Mia Sauer 3'))], byHand)
  t.strictSame([told(plan), plan.memberships], [[], []])
})

t.test('a list without courses ends no course, a list with courses does', async (t) => {
  const inCourse = (title: string) =>
    readingOf([recordOf('Anna Müller', { id: '1', classes: ['5a'], groups: [{ title, kind: 'course' }] })])
  const register = carriedOut(nobody, planOf([inCourse('Chor')], nobody).plan)
  t.strictSame(planOf([readingOf(pupils('5a: Anna Müller 1'))], register).plan.memberships, [])
  const { plan } = planOf([inCourse('Theater')], register)
  t.strictSame(groups(plan), ['new kurs-theater', 'ended kurs-chor'])
})

t.test('who is said to have left leaves, and comes back whole', async (t) => {
  const register = after('5a: Anna Müller 1, Paul Wolf 2')
  const gone = planOf(
    [readingOf(pupils('5a: Anna Müller 1, Paul Wolf 2').map((one, index) => ({ ...one, left: index === 1 })))],
    register,
  )
  t.strictSame(told(gone.plan), ['leaving paul.wolf'])
  const later = carriedOut(register, gone.plan)
  const back = planOf([readingOf(pupils('5a: Anna Müller 1, Paul Wolf 2'))], later).plan
  t.strictSame(told(back), ['returning paul.wolf'])
  t.match(back.people, [{ before: 'tolerated', reason: 'steht wieder in der Datei, war geduldet' }])
  t.strictSame([gone.plan.memberships, back.memberships], [[], []], 'and was in class and year all the time')
})

t.test('a class of which only those who leave are left ends', async (t) => {
  const register = after('5a: Anna Müller 1, Paul Wolf 2; 5b: Mia Sauer 3')
  const first = planOf([readingOf(pupils('5a: Anna Müller 1; 5b: Mia Sauer 3'))], register)
  t.strictSame([told(first.plan), groups(first.plan)], [['leaving paul.wolf'], []])
  const later = carriedOut(register, first.plan)
  const moved = planOf([readingOf(pupils('5b: Anna Müller 1, Mia Sauer 3'))], later)
  t.strictSame(groups(moved.plan), ['ended klasse-5a'])
  const both = planOf([readingOf(pupils('5a: Anna Müller 1, Paul Wolf 2'))], register)
  t.strictSame([told(both.plan), groups(both.plan)], [['leaving mia.sauer'], ['ended klasse-5b']])
})

t.test('roles without days of grace are disabled at once; roles of which nobody is named stay', async (t) => {
  const state = SchoolState.parse({
    ...exampleInput(),
    accounts: { leaving: { pupil: { tolerated: 0, disabled: 10 } } },
  })
  const both = [...pupils('5a: Anna Müller 1, Paul Wolf 2'), recordOf('Eva Lang', { id: '1', role: 'teacher' })]
  const register = carriedOut(nobody, planOf([readingOf(both, { covers: ['pupil', 'teacher'] })], nobody).plan)
  const { plan } = planOf([readingOf(pupils('5a: Anna Müller 1'), { covers: ['pupil', 'teacher'] })], register, {
    state,
  })
  t.match(plan.people, [{ kind: 'leaving', login: 'paul.wolf', state: 'disabled' }])
  t.match(plan.remarks, ['Die Datei nennt niemanden mit der Rolle Lehrkraft; wer diese Rolle hat, bleibt unverändert.'])
})

t.test('addresses that families share are nobody’s', async (t) => {
  const family = ['1', '2'].map((id) => recordOf(`Kind${id} Wolf`, { id, classes: ['5a'], mail: 'wolf@example.org' }))
  const { plan } = planOf(
    [readingOf([...family, recordOf('Mia Sauer', { id: '3', classes: ['5a'], mail: 'mia@example.org' })])],
    nobody,
  )
  t.strictSame(
    plan.people.map((change) => change.kind === 'new' && change.fields.mail),
    ['mia@example.org', null, null],
  )
  t.match(plan.remarks, ['E-Mail-Adressen mehrerer Personen werden nicht übernommen: wolf@example.org'])
})

t.test('what no plan can say is told with its line', async (t) => {
  const odd = recordOf('Mia Sauer', {
    id: '2',
    mail: 'a..b@example.org',
    groups: [{ kind: 'course', title: 'Chor\tA' }],
  })
  t.match(misfits(planOf([readingOf([...pupils('5a: Anna Müller 1'), odd])], nobody)), [
    { severity: 'error', file: 'pupils.csv', line: 3, path: 'title', message: /^"Chor\\tA" cannot be taken: / },
    {
      severity: 'error',
      file: 'pupils.csv',
      line: 3,
      path: 'fields.mail',
      message: /^"a..b@example.org" cannot be taken: /,
    },
  ])
})

t.test('a reason has room for all that changes', async (t) => {
  const one = recordOf(`${'Anna-'.repeat(30)} ${'Müller-'.repeat(25)}`, { id: '1', birth: '2013-03-31' })
  const register = carriedOut(nobody, planOf([readingOf([one])], nobody).plan)
  const other = {
    ...one,
    given: `B${one.given}`,
    surname: `B${one.surname}`,
    birth: '2013-03-30',
    mail: 'neu@example.org',
  }
  const planned = planOf([readingOf([other])], register)
  t.match(planned.plan.people, [{ kind: 'changed', reason: /.{600}/ }])
  t.strictSame(misfits(planned), [])
})

t.test('the source is the one people come from, else the format', async (t) => {
  const reading = readingOf(pupils('5a: Anna Müller 1'), { format: 'danis' })
  t.equal(sourceOf([reading], nobody), 'danis')
  t.equal(sourceOf([reading], after('5a: Anna Müller 1')), 'schild')
  const teachers = readingOf([recordOf('Eva Lang', { role: 'teacher' })], { format: 'untis' })
  t.equal(sourceOf([teachers], after('5a: Anna Müller 1')), 'untis')
})

t.test('in English where the school speaks it', async (t) => {
  const english = { ...exampleInput(), school: { ...exampleInput().school, language: 'en' as const } }
  const { plan } = planOf([readingOf(pupils('5a: Anna Müller 1'))], nobody, { state: SchoolState.parse(english) })
  t.match(plan.people, [{ reason: 'stands in the file for the first time' }])
  t.strictSame(groups(plan), ['new class-5a', 'new year-5'])
})

function fail(): never {
  throw new Error('there is one')
}
