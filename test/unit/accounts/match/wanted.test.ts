import t from 'tap'
import { gather } from '../../../../agent/accounts/match/wanted.ts'
import { readingOf, recordOf } from '../../../support/people-records.ts'

const day = '2013-03-31'

t.test('lines of one id are one person', async (t) => {
  const { wanted, problems } = gather([
    readingOf([
      recordOf('Anna Müller', { id: '7', classes: ['5a'], groups: [{ title: 'Chor', kind: 'course' }] }),
      recordOf('Anna Müller', { id: '7', classes: ['5a'], groups: [{ title: 'Theater', kind: 'course' }] }),
    ]),
  ])
  t.strictSame(
    wanted.map(({ record }) => record.groups.map(({ title }) => title)),
    [['Chor', 'Theater']],
  )
  t.strictSame(problems, [])
})

t.test('one id of two people is an error that names both lines', async (t) => {
  const { problems } = gather([
    readingOf([
      recordOf('Anna Müller', { id: '7', columns: { id: 1 } }),
      recordOf('Emma Wolf', { id: '7', columns: { id: 1 } }),
    ]),
  ])
  t.match(problems, [
    {
      severity: 'error',
      file: 'pupils.csv',
      line: 3,
      column: 1,
      message: '7 is the id of Anna Müller (line 2) and of Emma Wolf',
    },
  ])
})

t.test('a pupil and a teacher may have one id', async (t) => {
  const { wanted, problems } = gather([
    readingOf([recordOf('Anna Müller', { id: '7' }), recordOf('Emma Wolf', { id: '7', role: 'teacher' })]),
  ])
  t.equal(wanted.length, 2)
  t.strictSame(problems, [])
})

t.test('without ids two equal lines cannot be told apart', async (t) => {
  const twice = gather([
    readingOf([
      recordOf('Anna Müller', { birth: day, classes: ['5a'] }),
      recordOf('anna müller', { birth: day, classes: ['5a'] }),
    ]),
  ])
  t.match(twice.problems, [
    { severity: 'error', line: 3, message: 'anna müller (2013-03-31) stands here a second time, after line 2' },
  ])
  const apart = gather([
    readingOf([
      recordOf('Anna Müller', { birth: day, classes: ['5a'] }),
      recordOf('Anna Müller', { birth: day, classes: ['6b'] }),
    ]),
  ])
  t.strictSame(apart.problems, [])
  t.equal(apart.wanted.length, 2)
})

t.test('parents of one name and mail address are one, with all their children', async (t) => {
  const parent = (name: string, mail: string | undefined, child: string) =>
    recordOf(name, { role: 'parent', children: [child], ...(mail === undefined ? {} : { mail }) })
  const { wanted, problems } = gather([
    readingOf([
      parent('Eva Wolf', 'eva@example.org', '1'),
      parent('Eva Wolf', 'eva@example.org', '2'),
      parent('Eva Wolf', 'other@example.org', '3'),
      parent('Max Wolf', 'eva@example.org', '1'),
      parent('Ali Kaya', undefined, '4'),
      parent('Ali Kaya', undefined, '5'),
    ]),
  ])
  t.strictSame(
    wanted.map(({ record }) => [record.given, record.children]),
    [
      ['Eva', ['1', '2']],
      ['Eva', ['3']],
      ['Max', ['1']],
      ['Ali', ['4']],
      ['Ali', ['5']],
    ],
  )
  t.strictSame(problems, [])
})

t.test('who is listed as there in one file has not left', async (t) => {
  const { wanted } = gather([
    readingOf([recordOf('Anna Müller', { id: '7', left: true })]),
    readingOf([recordOf('Anna Müller', { id: '7' })]),
  ])
  t.strictSame(
    wanted.map(({ record }) => record.left),
    [false],
  )
})
