import t from 'tap'
import { isSomebodyElse, type Likeness, likenessOf, perhapsByHand } from '../../../../agent/accounts/match/likeness.ts'
import { nearly } from '../../../../agent/accounts/match/names.ts'
import { personOf, recordOf } from '../../../support/people-records.ts'

const day = '2013-03-31'
const other = '2012-11-04'

t.test('who may be meant, and why', async (t) => {
  const cases: readonly (readonly [
    file: string,
    birth: string | undefined,
    register: string,
    known: string | null,
    Likeness | undefined,
  ])[] = [
    ['Jürgen Groß', day, 'Juergen Gross', day, 'spelling'],
    ['Elif Yıldız', day, 'Elif Yildiz', day, 'spelling'],
    ['Алексей Иванов', day, 'Aleksei Ivanov', day, 'spelling'],
    ['Hassan Ali', day, 'Ali Hassan', day, 'swapped'],
    ['Nguyễn An', day, 'An Nguyen', day, 'swapped'],
    ['Anna Müller', day, 'Anna Schmidt', day, 'surname'],
    ['Anna-Lena Müller-Neubert', day, 'Anna Müller', day, 'surname'],
    ['Anna-Lena Müller', day, 'Anna Müller', day, 'given'],
    ['Katharina Schmitt', day, 'Katarina Schmidt', day, 'letters'],
    ['Anna Müller', undefined, 'Anna Müller', day, 'unborn'],
    ['Anna Müller', day, 'Anna Müller', null, 'unborn'],
    ['Anna Müller', '2013-03-30', 'Anna Müller', day, 'birth'],
    ['Anna Müller', '2013-04-05', 'Anna Müller', '2013-05-04', 'birth'],
    ['Anna Müller', other, 'Anna Müller', day, undefined],
    ['Paul Schmidt', '2013-01-07', 'Paul Schmidt', '2012-07-01', undefined],
    ['Mia Sauer', day, 'Paul Wolf', day, undefined],
    ['Bo Ek', day, 'Ö Y', day, undefined],
    ['Lena Wolf', other, 'Lina Wolf', day, undefined],
    ['Anna Müller', undefined, 'Anna Schmidt', null, undefined],
    ['محمد خليل', day, 'يوسف النجار', day, undefined],
  ]
  for (const [file, birth, register, known, wanted] of cases) {
    const record = recordOf(file, birth === undefined ? {} : { birth })
    t.equal(likenessOf(record, personOf(register, { birth: known })), wanted, `${file} ${birth} – ${register} ${known}`)
  }
})

t.test('an id is somebody else’s when too little of the person is left', async (t) => {
  const person = personOf('Anna Müller', { birth: day })
  t.equal(isSomebodyElse(recordOf('Anna Schmidt'), person), false, 'the given name is left, and no birth date objects')
  t.equal(isSomebodyElse(recordOf('Anna Schmidt', { birth: other }), person), true, 'only the given name is left')
  t.equal(isSomebodyElse(recordOf('Charlotte Müller', { birth: other }), person), true, 'only the surname is left')
  t.equal(isSomebodyElse(recordOf('Mueller Anna', { birth: other }), person), false, 'the whole name is left')
  t.equal(
    isSomebodyElse(recordOf('Anna-Lena Müller-Neubert', { birth: other }), person),
    false,
    'both are left in part',
  )
  t.equal(isSomebodyElse(recordOf('Emma Wolf', { birth: day }), person), false, 'the birth date is left')
  t.equal(isSomebodyElse(recordOf('Mueller Anna'), person), false, 'swapped')
  t.equal(isSomebodyElse(recordOf('Emma Wolf', { birth: other }), person), true)
  t.equal(isSomebodyElse(recordOf('Emma Wolf'), person), true)
})

t.test('an account made by hand is asked about only by its name', async (t) => {
  const person = personOf('Anna Müller', { origin: null })
  t.equal(perhapsByHand(recordOf('Anna Müller', { birth: day }), person), true)
  t.equal(perhapsByHand(recordOf('Anna Mueller'), person), true)
  t.equal(perhapsByHand(recordOf('Anna-Lena Müller'), person), false)
  t.equal(perhapsByHand(recordOf('Anna Müller', { birth: day }), { ...person, birth: other }), false)
})

t.test('two letters apart, not three', async (t) => {
  for (const [one, two, near] of [
    ['schmidt', 'schmitt', true],
    ['schmidt', 'schmid', true],
    ['katarina', 'katharinna', true],
    ['schmidt', 'schulte', false],
    ['abc', 'abcdef', false],
    ['', 'ab', true],
  ] as const) {
    t.equal(nearly(one, two), near, `${one} ${two}`)
    t.equal(nearly(two, one), near, `${two} ${one}`)
  }
})
