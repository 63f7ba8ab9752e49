import t from 'tap'
import type { PersonRecord } from '../../../../agent/accounts/read/record.ts'
import type { ImportPlan } from '../../../../agent/model/import-plan.ts'
import type { Register } from '../../../../agent/model/register.ts'
import { carriedOut, nobody, planOf } from '../../../support/people-readings.ts'
import { readingOf, recordOf } from '../../../support/people-records.ts'

/** People whom several programs know. */

const told = ({ people }: ImportPlan): readonly string[] => people.map((change) => `${change.kind} ${change.login}`)

t.test('an import takes nobody the office of administrator, and changes nobody of another source', async (t) => {
  const teachers = readingOf([recordOf('Eva Lang', { id: '1', role: 'teacher' })], { covers: ['teacher'] })
  const register = carriedOut(nobody, planOf([teachers], nobody).plan)
  const promoted: Register = {
    ...register,
    people: register.people.map((person) => ({ ...person, role: 'administrator' })),
  }
  t.strictSame(told(planOf([teachers], promoted).plan), [])
  const other = readingOf([
    recordOf('Eva Lang', { id: 'Lang', role: 'teacher', groups: [{ title: 'Chor', kind: 'course' }] }),
  ])
  const { plan } = planOf([other], register, { source: 'untis' })
  t.strictSame([told(plan), plan.groups.length, plan.unchanged], [['changed eva.lang'], 1, 0])
  t.match(plan.remarks, [
    '1 Personen kommen aus einer anderen Quelle (schild); nur ihre Gruppen werden geändert, und ihre Nummer in dieser Quelle wird gemerkt.',
  ])
})

t.test('each source finds people again by its own id, and answers only for those who come from it', async (t) => {
  const teachers = (name: string, id: string) => [
    readingOf([recordOf(name, { id, role: 'teacher', birth: '1980-03-31' })], { covers: ['teacher'] }),
  ]
  const first = carriedOut(nobody, planOf(teachers('Eva Lang', '1'), nobody).plan)
  const { plan } = planOf(teachers('Eva Lang', 'Lan'), first, { source: 'untis' })
  t.match(plan.people, [
    {
      kind: 'changed',
      after: { origin: { source: 'schild', id: '1' }, otherIds: { untis: 'Lan' } },
      reason: 'hat in dieser Quelle die Nummer Lan',
    },
  ])
  const both = carriedOut(first, plan)
  t.match(planOf(teachers('Eva Lang', 'Lan'), both, { source: 'untis' }).plan, { people: [], unchanged: 1, managed: 0 })
  const married = carriedOut(both, planOf(teachers('Eva Neubert', '1'), both).plan)
  t.match(married.people, [{ surname: 'Neubert', otherIds: { untis: 'Lan' } }])
  const old = planOf(teachers('Eva Lang', 'Lan'), married, { source: 'untis' }).plan
  t.match([old.people, old.proposals], [[], []], 'the other program may hear of it later')
  const another = [readingOf([recordOf('Kai Groß', { id: 'Gro', role: 'teacher' })], { covers: ['teacher'] })]
  t.strictSame(told(planOf(another, married, { source: 'untis' }).plan), ['new kai.gross'], 'nobody leaves by it')
})

t.test('who goes over to another source is still known to the first', async (t) => {
  const teachers = (name: string, id: string) => [
    readingOf([recordOf(name, { id, role: 'teacher', birth: '1980-03-31' })]),
  ]
  const first = carriedOut(nobody, planOf(teachers('Eva Lang', '1'), nobody).plan)
  const asked = planOf(teachers('Lang Eva', 'Lan'), first, { source: 'untis' }).plan
  const [{ file, line } = { file: '', line: 0 }] = asked.proposals
  const answers = {
    lines: new Map([[`${file}:${line}`, 'eva.lang']]),
    exact: false,
    renames: { titles: new Map(), others: 'ask' as const },
  }
  const over = carriedOut(first, planOf(teachers('Lang Eva', 'Lan'), first, { source: 'untis', answers }).plan)
  t.match(over.people, [{ origin: { source: 'untis', id: 'Lan' }, otherIds: { schild: '1' } }])
  t.strictSame(told(planOf(teachers('Eva Lang', '1'), over).plan), [])
})

t.test('whoever comes from another source keeps address and state', async (t) => {
  const eva = recordOf('Eva Lang', { id: '1', role: 'teacher', birth: '1980-03-31', mail: 'eva@example.org' })
  const teachers = (...records: readonly PersonRecord[]) => [readingOf(records, { covers: ['teacher'] })]
  const register = carriedOut(nobody, planOf(teachers(eva), nobody, { source: 'untis' }).plan)
  const kai = recordOf('Kai Groß', { id: '8', role: 'teacher', birth: '1990-01-01', mail: 'eva@example.org' })
  const list = teachers({ ...eva, id: '7', mail: 'neu@example.org' }, kai)
  const { plan } = planOf(list, register)
  t.match(plan.people, [{ kind: 'new', login: 'kai.gross', fields: { mail: null } }])
  carriedOut(register, plan)

  const gone: Register = { ...register, people: register.people.map((one) => ({ ...one, state: 'disabled' })) }
  t.strictSame(
    told(planOf(list, gone).plan),
    ['new kai.gross', 'changed eva.lang'],
    'two sources do not undo each other',
  )
})
