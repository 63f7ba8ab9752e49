import t from 'tap'
import { leavingGuard } from '../../../../agent/accounts/plan/guard.ts'
import type { PersonRecord } from '../../../../agent/accounts/read/record.ts'
import type { Register } from '../../../../agent/model/register.ts'
import { type ImportPlan, SealedPlan } from '../../../../agent/model/import-plan.ts'
import { parsePlan, planText } from '../../../../agent/model/plan-text.ts'
import { generatedPeople } from '../../../support/people.ts'
import { carriedOut, nobody, planOf, readingsOf } from '../../../support/people-readings.ts'
import { readingOf, recordOf } from '../../../support/people-records.ts'
import { fc } from '../../../support/property.ts'

/** What holds of every plan, whatever the files and the register. */

const sealed = (plan: ImportPlan): SealedPlan => ({ ...plan, seal: 'abc' })
const few = { numRuns: 30 }
const names = [
  'Anna Müller',
  'Anna Mueller',
  'Paul Schmidt',
  'Schmidt Paul',
  'Mia Sauer',
  'Ö Y',
  'Anna-Lena Müller',
  'محمد خليل',
]
const days = ['2013-03-31', '2013-03-30', '2012-01-01']

/** A small school in which many have nearly the same name, with ids, some, or none. */
const lists: fc.Arbitrary<readonly PersonRecord[]> = fc
  .array(
    fc.record({
      name: fc.constantFrom(...names),
      birth: fc.option(fc.constantFrom(...days), { nil: undefined, freq: 3 }),
      id: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined, freq: 3 }),
      title: fc.constantFrom('5a', '5b', '6a', 'Q1'),
      role: fc.constantFrom('pupil' as const, 'pupil' as const, 'teacher' as const),
      course: fc.option(fc.constantFrom('Chor', 'Englisch 1'), { nil: undefined }),
      mail: fc.option(fc.constantFrom('a@example.org', 'B@example.org'), { nil: undefined, freq: 2 }),
      left: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    }),
    { maxLength: 14 },
  )
  .map((rows) =>
    rows.map(({ name, birth, id, title, role, course, mail, left }) =>
      recordOf(name, {
        role,
        classes: [title],
        groups: course === undefined ? [] : [{ title: course, kind: 'course' }],
        left,
        ...(birth === undefined ? {} : { birth }),
        ...(id === undefined ? {} : { id: String(id) }),
        ...(mail === undefined ? {} : { mail }),
      }),
    ),
  )

const files = (records: readonly PersonRecord[]) => [readingOf(records, { covers: ['pupil', 'teacher'] })]
const hasErrors = ({ problems }: ReturnType<typeof planOf>): boolean =>
  problems.some(({ severity }) => severity === 'error')

/** The register after these lists one after the other, as far as each can be planned without a question. */
function history(years: readonly (readonly PersonRecord[])[]): Register {
  return years.reduce((register, records) => {
    const planned = planOf(files(records), register)
    const open = planned.plan.proposals.length + planned.plan.renames.length > 0
    return hasErrors(planned) || open ? register : carriedOut(register, planned.plan)
  }, nobody)
}

t.test('a plan that was carried out leaves nothing to do', async () => {
  fc.assert(
    fc.property(fc.array(lists, { maxLength: 3 }), lists, (years, records) => {
      const register = history(years)
      const planned = planOf(files(records), register)
      fc.pre(!hasErrors(planned) && planned.plan.proposals.length + planned.plan.renames.length === 0)
      const { plan } = planOf(files(records), carriedOut(register, planned.plan))
      return [plan.people, plan.groups, plan.memberships, plan.proposals, plan.renames].every(
        ({ length }) => length === 0,
      )
    }),
    few,
  )
})

t.test('nobody with a known id is new, and nobody is lost', async () => {
  fc.assert(
    fc.property(fc.array(lists, { maxLength: 3 }), lists, (years, records) => {
      const register = history(years)
      const { plan } = planOf(files(records), register)
      const known = new Set(
        register.people.flatMap(({ origin, role }) => (origin?.id === null ? [] : [`${role} ${origin?.id}`])),
      )
      const fresh = plan.people.flatMap((change) =>
        change.kind === 'new' && change.fields.origin?.id !== null
          ? [`${change.fields.role} ${change.fields.origin?.id}`]
          : [],
      )
      const ids = plan.people.filter(({ kind }) => kind === 'new').map(({ id }) => id)
      const before = new Set(register.people.map(({ id }) => id))
      return (
        fresh.every((one) => !known.has(one)) && ids.every((id) => !before.has(id)) && new Set(ids).size === ids.length
      )
    }),
    few,
  )
})

t.test('what a hand has made stays as it is', async () => {
  fc.assert(
    fc.property(lists, lists, (one, other) => {
      const register = history([one])
      const byHand: Register = {
        ...register,
        people: register.people.map((person, index) => (index % 2 === 0 ? { ...person, origin: null } : person)),
        memberships: register.memberships.map((membership, index) =>
          index % 3 === 0 ? { ...membership, source: null } : membership,
        ),
      }
      const { plan } = planOf(files(other), byHand)
      const hands = new Set(byHand.people.filter(({ origin }) => origin === null).map(({ id }) => id))
      const joined = new Set(
        byHand.memberships.filter(({ source }) => source === null).map(({ group, person }) => `${group} ${person}`),
      )
      return (
        plan.people.every(({ id }) => !hands.has(id)) &&
        plan.memberships.every(({ group, person }) => !joined.has(`${group} ${person}`))
      )
    }),
    few,
  )
})

t.test('the order of the lines decides nothing', async () => {
  fc.assert(
    fc.property(lists, fc.infiniteStream(fc.nat()), (records, dice) => {
      const planned = planOf(files(records), nobody)
      fc.pre(!hasErrors(planned) && records.every(({ id }) => id !== undefined))
      const shuffled = records.map((record) => [dice.next().value, record] as const).toSorted(([a], [b]) => a - b)
      const other = planOf(files(shuffled.map(([, record]) => record)), nobody)
      const told = ({ plan }: typeof planned) =>
        plan.people.flatMap((change) => (change.kind === 'new' ? [`${change.id} ${change.login}`] : [])).toSorted()
      return JSON.stringify(told(planned)) === JSON.stringify(told(other))
    }),
    few,
  )
})

t.test('an excerpt of any few classes is held up', async () => {
  const school = generatedPeople()
  const register = carriedOut(nobody, planOf(readingsOf(school), nobody).plan)
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...school.classes.map(({ title }) => title)), { minLength: 1, maxLength: 78 }),
      (titles) => {
        const wanted = new Set(titles)
        const people = school.people.filter(
          ({ role, classes }) => role === 'pupil' && classes.some((title) => wanted.has(title)),
        )
        const { plan } = planOf(readingsOf({ ...school, people }), register)
        const guarded = leavingGuard(plan)
        return (
          guarded?.leaving === 1860 - people.length &&
          plan.remarks.includes(`Die Datei enthält ${titles.length} von 80 Klassen. Ist sie ein Auszug?`)
        )
      },
    ),
    { numRuns: 15 },
  )
})

t.test('a plan is the same after it was a file, and fits its schema', async (t) => {
  fc.assert(
    fc.property(fc.array(lists, { maxLength: 2 }), lists, (years, records) => {
      const plan = sealed(planOf(files(records), history(years)).plan)
      return JSON.stringify(parsePlan(planText(plan), 'a.plan')) === JSON.stringify(plan)
    }),
    few,
  )
  const plan = sealed(planOf(readingsOf(generatedPeople()), nobody).plan)
  t.strictSame(SealedPlan.parse(plan), plan)
  t.throws(() => parsePlan('nothing', 'a.plan'), { code: 'PEOPLE_INVALID', message: 'a.plan is no import plan' })
  t.throws(() => parsePlan(planText(plan).replace('"version": 1', '"version": 2'), 'a.plan'), {
    message: /a.plan is no import plan: version: /,
  })
})
