import t from 'tap'
import type { PersonRecord } from '../../../../agent/accounts/read/record.ts'
import type { ImportPlan } from '../../../../agent/model/import-plan.ts'
import type { Register } from '../../../../agent/model/register.ts'
import { primaryPupils, roleGroupEntry, roleGroups } from '../../../../agent/model/role-groups.ts'
import { SchoolState } from '../../../../agent/model/state.ts'
import { carriedOut, nobody, planOf } from '../../../support/people-readings.ts'
import { readingOf, recordOf } from '../../../support/people-records.ts'
import { exampleInput } from '../../../support/school.ts'

t.test('who is at the primary level follows from the year, and the rule for passwords from that', async (t) => {
  const state = (primary: object) =>
    SchoolState.parse({ ...exampleInput(), directory: { address: '10.20.0.3' }, accounts: { primary } })
  const role = roleGroups.map((one) => ({ ...roleGroupEntry(one, 'de'), revision: 0 }))
  const begun: Register = { ...nobody, groups: role }
  const primary = (plan: ImportPlan): readonly string[] =>
    plan.memberships
      .filter(({ group }) => group === primaryPupils)
      .map(({ kind, person }) => `${kind} ${logins.get(person) ?? person}`)
  const children = [
    recordOf('Anna Müller', { id: '1', classes: ['3b'] }),
    recordOf('Paul Wolf', { id: '2', classes: ['5a'] }),
    recordOf('Mia Sauer', { id: '3', classes: ['Bären'] }),
  ]
  const lines = children.map((one) => ({ ...one, wishedPassword: 'Haus' }))
  const years = state({ years: [1, 2, 3, 4] })
  const first = planOf([readingOf(lines)], begun, { state: years })
  const logins = new Map(first.plan.people.map(({ id, login }) => [id, login as string]))
  t.strictSame(primary(first.plan), ['join anna.mueller'])
  t.strictSame(
    [...first.wishes.keys()].map((id) => logins.get(id)),
    ['anna.mueller'],
    'only hers may be so short',
  )
  t.match(first.problems, [
    { message: /^the password that the file asks for has 4 characters; pupils need at least 8/ },
  ])
  t.strictSame(primary(planOf([readingOf(lines)], begun, { state: state({}) }).plan), [])
  t.equal(primary(planOf([readingOf(lines)], begun, { state: state({ everybody: true }) }).plan).length, 3)

  const register = carriedOut(begun, first.plan)
  const next = (records: readonly PersonRecord[], rule = years) =>
    primary(planOf([readingOf(records)], register, { state: rule }).plan)
  t.strictSame(next(children), [])
  t.strictSame(next(children.map((one) => ({ ...one, classes: ['5a'] }))), ['leave anna.mueller'], 'grown out of it')
  t.strictSame(next(children.map((one) => ({ ...one, classes: [] }))), [], 'a file without classes says nothing of it')
  t.strictSame(next(children, state({})), ['leave anna.mueller'], 'the school has changed its mind')
  const byHand = register.memberships.map((one) => (one.group === primaryPupils ? { ...one, source: null } : one))
  const kept = planOf([readingOf(children)], { ...register, memberships: byHand }, { state: state({}) }).plan
  t.strictSame(primary(kept), [], 'whom a hand has put there stays')
})
