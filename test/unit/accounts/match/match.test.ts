import t from 'tap'
import { gather } from '../../../../agent/accounts/match/wanted.ts'
import { match } from '../../../../agent/accounts/match/match.ts'
import type { Answers, Matching } from '../../../../agent/accounts/match/matching.ts'
import type { PersonRecord } from '../../../../agent/accounts/read/record.ts'
import type { Person } from '../../../../agent/model/person.ts'
import { personOf, readingOf, recordOf } from '../../../support/people-records.ts'

const day = '2013-03-31'
const silent: Answers = { lines: new Map(), exact: false }

interface Options {
  readonly answers?: Answers
  readonly classes?: ReadonlyMap<Person, readonly string[]>
}

function found(
  records: readonly PersonRecord[],
  people: readonly Person[],
  { answers = silent, classes }: Options = {},
): Matching {
  const { wanted } = gather([readingOf(records)])
  return match(wanted, { people, source: 'schild', classesOf: (person) => classes?.get(person) ?? [] }, answers)
}

/** `id p1 | new | ? p1 id` for each record, in the order of the file. */
function told(records: readonly PersonRecord[], people: readonly Person[], options: Options = {}): readonly string[] {
  const { matches, fresh, questions } = found(records, people, options)
  const lines = [
    ...matches.map(({ wanted, person, ground }) => [wanted.place.line, `${ground} ${people.indexOf(person)}`] as const),
    ...fresh.map(({ place }) => [place.line, 'new'] as const),
    ...questions.map(
      ({ wanted, candidates }) =>
        [
          wanted.place.line,
          `? ${candidates.map(({ person, likeness }) => `${likeness} ${people.indexOf(person)}`).join(', ')}`,
        ] as const,
    ),
  ]
  return lines.toSorted(([a], [b]) => a - b).map(([, line]) => line)
}

const schild = (id: string | null) => ({ origin: { source: 'schild', id } })

t.test('the id goes before everything', async (t) => {
  const people = [
    personOf('Anna Müller', { birth: day, ...schild('7') }),
    personOf('Emma Wolf', { birth: day, ...schild('8') }),
  ]
  t.strictSame(told([recordOf('Anna Müller-Neubert', { id: '7', birth: day })], people), ['id 0'])
  t.strictSame(told([recordOf('Anna Wolf', { id: '8' }), recordOf('Anna Müller', { id: '7', birth: day })], people), [
    'id 1',
    'id 0',
  ])
})

t.test('pupils and teachers may have the same number', async (t) => {
  const people = [personOf('Anna Müller', schild('7')), personOf('Paul Schmidt', { role: 'teacher', ...schild('7') })]
  t.strictSame(
    told([recordOf('Paul Schmidt', { id: '7', role: 'staff' }), recordOf('Anna Müller', { id: '7' })], people),
    ['id 1', 'id 0'],
  )
})

t.test('an id of another source is none', async (t) => {
  const people = [personOf('Anna Müller', { birth: day, origin: { source: 'untis', id: '7' } })]
  t.strictSame(told([recordOf('Emma Wolf', { id: '7', birth: '2012-01-01' })], people), ['new'])
})

t.test('whom another source answers for is found by the id of this one, too', async (t) => {
  const known = (name: string, state: Person['state'] = 'active') =>
    personOf(name, { birth: day, state, origin: { source: 'untis', id: '1' }, otherIds: { schild: '7' } })
  const renamed = recordOf('Anna Neubert', { id: '7', birth: day })
  t.strictSame(told([renamed], [known('Anna Müller')]), ['id 0'])
  t.strictSame(told([recordOf('Emma Wolf', { id: '7', birth: '2012-01-01' })], [known('Anna Müller')]), ['? reused 0'])
  t.strictSame(
    told([renamed], [{ ...known('Emma Wolf'), birth: '2012-01-01' }, known('Anna Müller')]),
    ['id 1'],
    'of two, who it can be',
  )
  t.strictSame(told([renamed], [known('Anna Müller', 'removed')]), ['new'], 'not whom that source has let go')
})

t.test('name and birth date find the one person who has them', async (t) => {
  const people = [personOf('Anna Müller', { birth: day }), personOf('Emma Wolf', { birth: day, state: 'removed' })]
  t.strictSame(
    told([recordOf('anna  MÜLLER', { birth: day, id: '7' }), recordOf('Emma Wolf', { birth: day })], people),
    ['name 0', 'name 1'],
  )
})

t.test('an id that a spreadsheet has taken the zeros from is the same', async (t) => {
  t.strictSame(
    told(
      [recordOf('Anna Müller', { birth: day, id: '123' })],
      [personOf('Anna Müller', { birth: day, ...schild('00123') })],
    ),
    ['name 0'],
  )
})

t.test('the same name and birth date under another id is asked about, unless that is answered for all', async (t) => {
  const people = [personOf('Anna Müller', { birth: day, ...schild('7') })]
  const records = [recordOf('Anna Müller', { birth: day, id: '9' })]
  t.strictSame(told(records, people), ['? id 0'])
  t.strictSame(told(records, people, { answers: { ...silent, exact: true } }), ['name 0'])
})

t.test('two candidates are never one', async (t) => {
  const people = [
    personOf('Anna Müller', { birth: day, ...schild('7') }),
    personOf('Anna Müller', { birth: day, ...schild('8') }),
  ]
  t.strictSame(told([recordOf('Anna Müller', { birth: day })], people), ['? several 0, several 1'])
  t.strictSame(
    told([recordOf('Anna Müller', { birth: day, id: '8' }), recordOf('Anna Müller', { birth: day, id: '7' })], people),
    ['id 1', 'id 0'],
  )
})

t.test('of two of one name the class tells which is which', async (t) => {
  const [one, two] = [personOf('Mia Sauer'), personOf('Mia Sauer')] as const
  const classes = new Map([
    [one, ['5a']],
    [two, ['6b']],
  ])
  const records = [recordOf('Mia Sauer', { classes: ['6b'] }), recordOf('Mia Sauer', { classes: ['5a'] })]
  t.strictSame(told(records, [one, two], { classes }), ['name 1', 'name 0'])
  const moved = [recordOf('Mia Sauer', { classes: ['6b'] }), recordOf('Mia Sauer', { classes: ['7a'] })]
  t.strictSame(told(moved, [one, two], { classes }), ['name 1', '? several 0'])
})

t.test('without birth dates a pupil is found in the same class only, a teacher wherever', async (t) => {
  const pupil = personOf('Mia Sauer')
  t.strictSame(told([recordOf('Mia Sauer', { classes: ['6b'] })], [pupil], { classes: new Map([[pupil, ['6b']]]) }), [
    'name 0',
  ])
  t.strictSame(told([recordOf('Mia Sauer', { classes: ['7b'] })], [pupil], { classes: new Map([[pupil, ['6b']]]) }), [
    '? class 0',
  ])
  t.strictSame(told([recordOf('Eva Wolf', { role: 'teacher' })], [personOf('Eva Wolf', { role: 'teacher' })]), [
    'name 0',
  ])
})

t.test('a name alone brings nobody back who has left', async (t) => {
  const thomas = { role: 'teacher' } as const
  const record = recordOf('Thomas Müller', thomas)
  t.strictSame(told([record], [personOf('Thomas Müller', { ...thomas, state: 'removed' })]), ['? gone 0'])
  t.strictSame(told([record], [personOf('Thomas Müller', { ...thomas, state: 'disabled' })]), ['? gone 0'])
  const known = personOf('Thomas Müller', { ...thomas, state: 'removed', ...schild('7') })
  t.strictSame(told([{ ...record, id: '7' }], [known]), ['id 0'])
  const elsewhere = personOf('Thomas Müller', {
    ...thomas,
    birth: day,
    state: 'removed',
    origin: { source: 'untis', id: null },
  })
  t.strictSame(told([{ ...record, birth: day }], [elsewhere]), ['? gone 0'], 'nor what another source has let go')
})

t.test('a twin who arrives is not taken for the one who is there', async (t) => {
  const people = [personOf('Lena Wolf', { birth: day, ...schild('7') })]
  t.strictSame(
    told([recordOf('Lena Wolf', { birth: day, id: '7' }), recordOf('Lina Wolf', { birth: day, id: '8' })], people),
    ['id 0', 'new'],
  )
})

t.test('the same name and birth date in another role is asked about, and may be confirmed', async (t) => {
  const teacher = personOf('Anna Müller', { birth: day, role: 'teacher', ...schild('L7') })
  const records = [recordOf('Anna Mueller', { birth: day, id: '7' })]
  t.strictSame(told(records, [teacher]), ['? role 0'])
  t.strictSame(
    told(records, [{ ...teacher, state: 'removed' }]),
    ['? role 0'],
    'a pupil of years ago may teach here now',
  )
  t.strictSame(told(records, [{ ...teacher, birth: '2012-01-01' }]), ['new'])
  t.strictSame(told(records, [{ ...teacher, birth: null }]), ['new'], 'a name alone says nothing across roles')
  t.strictSame(told([recordOf('Mia Sauer', { birth: day, id: '7' })], [teacher]), ['new'])
  const answer = (to: string): Answers => ({ exact: false, lines: new Map([['pupils.csv:2', to]]) })
  t.strictSame(told(records, [teacher], { answers: answer(teacher.login) }), ['confirmed 0'])
  t.strictSame(told(records, [teacher], { answers: answer('new') }), ['new'])
  const twin = recordOf('محمد خليل', { birth: day, id: '8' })
  t.strictSame(told([twin], [personOf('يوسف النجار', { birth: day, role: 'teacher' })]), ['new'], 'letters of no table')
})

t.test('accounts made by hand are asked about, never found', async (t) => {
  const people = [
    personOf('Anna Müller', { birth: day, origin: null }),
    personOf('Anna Müller', { role: 'administrator', origin: null }),
  ]
  t.strictSame(told([recordOf('Anna Müller', { birth: day, id: '7' })], people), ['? hand 0'])
  t.strictSame(told([recordOf('Anna Müller', { role: 'teacher', id: '7' })], people), ['? hand 1'])
})

t.test('nobody asks about somebody long gone who only resembles', async (t) => {
  t.strictSame(
    told([recordOf('Anna Wolf', { birth: day })], [personOf('Anna Müller', { birth: day, state: 'removed' })]),
    ['new'],
  )
  t.strictSame(
    told([recordOf('Anna Mueller', { birth: day })], [personOf('Anna Müller', { birth: day, state: 'removed' })]),
    ['? spelling 0'],
  )
})

t.test('answers are obeyed', async (t) => {
  const people = [personOf('Anna Müller', { birth: day, ...schild('7') }), personOf('Emma Wolf', { birth: day })]
  const records = [recordOf('Anna Wolf', { birth: day }), recordOf('Emma Müller', { birth: day })]
  const answer = (line: number, to: string): readonly [string, string] => [`pupils.csv:${line}`, to]
  t.strictSame(
    told(records, people, {
      answers: { exact: false, lines: new Map([answer(2, people[0]?.login ?? ''), answer(3, 'new')]) },
    }),
    ['confirmed 0', 'new'],
  )
})

t.test('answers that fit nothing are told', async (t) => {
  const people = [personOf('Anna Müller', { birth: day }), personOf('Eva Wolf', { role: 'teacher' })]
  const [anna, eva] = people.map(({ login }) => login as string)
  const records = [recordOf('Anna Müller', { birth: day }), recordOf('Emma Müller')]
  const { problems } = found(records, people, {
    answers: {
      exact: false,
      lines: new Map([
        ['pupils.csv:9', 'new'],
        ['pupils.csv:2', 'ghost'],
        ['pupils.csv:3', eva ?? ''],
      ]),
    },
  })
  t.strictSame(
    problems.map(({ message }) => message),
    ['nobody is read from pupils.csv:9', 'there is no account ghost', `${eva} is a teacher, Emma Müller a pupil`],
  )
  const twice = found(records, people, {
    answers: {
      exact: false,
      lines: new Map([
        ['pupils.csv:2', anna ?? ''],
        ['pupils.csv:3', anna ?? ''],
      ]),
    },
  })
  t.match(twice.problems[0]?.message, /is confirmed for pupils.csv:2 already/)
})

t.test('one id that has gone over to somebody else is a question, many are a wrong file', async (t) => {
  const people = Array.from({ length: 100 }, (_, index) =>
    personOf(`${'abcdefghij'[index % 10]?.repeat(9)} ${'klmnopqrst'[Math.trunc(index / 10)]?.repeat(9)}`, {
      birth: '2010-01-01',
      ...schild(String(index)),
    }),
  )
  const records = people.map(({ given, surname }, index) =>
    recordOf(`${given} ${surname}`, { id: String(index), birth: '2010-01-01' }),
  )
  const some = records.map((record, index) =>
    index === 5 ? recordOf('Emma Wolf', { id: '5', birth: '2012-12-12' }) : record,
  )
  t.equal(told(some, people)[5], '? reused 5')
  t.strictSame(found(some, people).problems, [])
  const all = records.map((record, index) => ({ ...record, id: String((index + 11) % 100), birth: '2011-02-02' }))
  const [problem] = found(all, people).problems
  t.match(problem?.message, /^100 of 100 ids belong to somebody else than before: 11 was b{9} l{9}, now a{9} k{9};/)
})

t.test('the time grows with the people, not with their square', async (t) => {
  // Everybody is born on the day that stands for no day, has nearly the same name, and is new: 400 million comparisons otherwise.
  const people = Array.from({ length: 20_000 }, (_, index) =>
    personOf(`Ali Ahmad${index}x`, { birth: '2010-01-01', ...schild(`a${index}`) }),
  )
  const records = Array.from({ length: 20_000 }, (_, index) =>
    recordOf(`Ali Ahmad${index}y`, { birth: '2010-01-01', id: `b${index}` }),
  )
  t.equal(found(records, people).fresh.length, 20_000)
})
