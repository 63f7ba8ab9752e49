import t from 'tap'
import { birthOf } from '../../../../agent/accounts/read/birth.ts'

t.test('dates of birth as programs and people write them', async (t) => {
  for (const text of [
    '31.03.2014',
    '31.3.2014',
    '31. 3. 2014',
    '2014-03-31',
    '2014-3-31',
    '20140331',
    '31. März 2014',
    '31. Mrz 2014',
    '31.03.2014 00:00:00',
    '2014-03-31T00:00:00Z',
  ]) {
    t.strictSame(birthOf(text), { date: '2014-03-31' }, text)
  }
  t.strictSame(birthOf('29.02.2012'), { date: '2012-02-29' }, 'a leap year')
})

t.test('what is no date is told why', async (t) => {
  const wrong = (text: string): string => {
    const reading = birthOf(text)
    return 'wrong' in reading ? reading.wrong : reading.date
  }
  for (const text of [
    '31.02.2014',
    '29.02.2014',
    '00.01.2014',
    '1.13.2014',
    '2014-02-30',
    '20140231',
    '31. Foo 2014',
  ]) {
    t.equal(wrong(text), 'is not a day of the calendar', text)
  }
  t.match(wrong('31.03.14'), /two digits: 1914 or 2014/)
  t.match(wrong('03/04/2014'), /does not tell the day from the month/)
  t.match(wrong('41729'), /day in a spreadsheet/)
  t.match(wrong('01.01.0001'), /lifetime/)
  t.equal(wrong('gestern'), 'is no date')
})
