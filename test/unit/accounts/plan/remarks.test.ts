import t from 'tap'
import type { GroupRecord } from '../../../../agent/accounts/read/record.ts'
import { carriedOut, nobody, planOf } from '../../../support/people-readings.ts'
import { readingOf, recordOf } from '../../../support/people-records.ts'

/** What a person is told beside the lines of a plan. */

const classOf = (title: string): GroupRecord => ({
  place: { file: 'Klassen.dat', line: 2 },
  title,
  kind: 'class',
  leaders: [],
})
const classes = (...titles: readonly string[]) =>
  readingOf([], { file: 'Klassen.dat', covers: [], groups: titles.map(classOf) })
const pupilOf = (title: string) => readingOf([recordOf('Eva Kunz', { id: '1', classes: [title] })])

t.test('a class to which nobody belongs is told and not made', async (t) => {
  const { plan } = planOf([pupilOf('5a'), classes('5a', '5b')], nobody)
  t.strictSame(plan.remarks, ['Klasse 5b: niemand gehört ihr an; sie wird nicht angelegt.'])
  t.notOk(plan.groups.some((change) => change.kind === 'new' && change.title === '5b'))
  const several = planOf([pupilOf('5a'), classes('5a', '5b', '5c')], nobody).plan
  t.strictSame(several.remarks, ['Klasse 5b, 5c: niemand gehört ihr an; sie wird nicht angelegt.'])
})

t.test('a class that is here already is not told as one that is not made', async (t) => {
  const before = carriedOut(nobody, planOf([pupilOf('5b')], nobody).plan)
  const { plan } = planOf([pupilOf('5a'), classes('5a', '5b')], before)
  t.notOk(plan.remarks.some((remark) => remark.includes('5b')))
})
