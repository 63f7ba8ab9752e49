import t from 'tap'
import type { ImportPlan } from '../../../../agent/model/import-plan.ts'
import type { PlanInput } from '../../../../agent/accounts/plan/plan.ts'
import type { Register } from '../../../../agent/model/register.ts'
import { generatedPeople, nextYear } from '../../../support/people.ts'
import { carriedOut, nobody, planOf, readingsOf } from '../../../support/people-readings.ts'

/** Years in the life of the generated school. */

const school = generatedPeople()
const first = planOf(readingsOf(school), nobody)
const register = carriedOut(nobody, first.plan)
const { school: later, story } = nextYear(school)

const people = ({ plan }: { plan: ImportPlan }, kind: string) => plan.people.filter((change) => change.kind === kind)
const sourceIds = (from: Register, ids: readonly string[]) => {
  const byId = new Map(from.people.map(({ id, origin }) => [id as string, origin?.id ?? '']))
  return ids.map((id) => byId.get(id) ?? id).toSorted()
}
const of = (plan: { plan: ImportPlan }, kind: string, from: Register) =>
  sourceIds(
    from,
    people(plan, kind).map(({ id }) => id),
  )
const classOf = (from: Register, id: string): string | undefined => {
  const person = from.people.find(({ origin, role }) => origin?.id === id && role === 'pupil')?.id
  const groups = new Map(from.groups.map((group) => [group.id, group]))
  return from.memberships.flatMap((one) =>
    one.person === person && groups.get(one.group)?.kind === 'class' ? [groups.get(one.group)?.title] : [],
  )[0]
}

t.test('the first import: everybody and every class once', async (t) => {
  t.equal(people(first, 'new').length, 2000)
  t.strictSame(first.problems, [])
  t.strictSame(first.plan.proposals, [])
  t.equal(register.groups.filter(({ kind }) => kind === 'class').length, 80)
  t.strictSame(
    register.groups
      .filter(({ kind }) => kind === 'year')
      .map(({ name }) => name)
      .toSorted(),
    ['jahrgang-10', 'jahrgang-11', 'jahrgang-5', 'jahrgang-6', 'jahrgang-7', 'jahrgang-8', 'jahrgang-9'],
  )
  t.equal(classOf(register, '10085'), '5e')
})

t.test('the same files again change nothing', async (t) => {
  const { plan } = planOf(readingsOf(school), register)
  t.strictSame([plan.people, plan.groups, plan.memberships, plan.proposals, plan.remarks], [[], [], [], [], []])
  t.equal(plan.unchanged, 2000)
})

t.test('the new school year, with what classes become', async (t) => {
  const year = planOf(readingsOf(later, { successors: school }), register, { allowedLeaving: 250 })
  const after = carriedOut(register, year.plan)
  t.strictSame([year.plan.renames, year.plan.proposals, year.problems, year.plan.remarks], [[], [], [], []])
  t.strictSame(of(year, 'leaving', register), [...story.leaving].toSorted())
  t.strictSame(of(year, 'new', after), [...story.arriving].toSorted())
  t.strictSame(of(year, 'moved', register), [...story.moved].toSorted())
  t.strictSame(of(year, 'changed', register), [...story.renamed].toSorted())

  const renamed = year.plan.groups.flatMap((change) =>
    change.kind === 'renamed' && change.before.name.startsWith('klasse')
      ? [[change.before.title, change.after.title] as const]
      : [],
  )
  t.same(new Map(renamed), new Map(story.renames))
  t.equal(renamed.length, story.renames.length)
  for (const [before, title] of story.renames) {
    const group = register.groups.find((one) => one.title === before && one.kind === 'class')
    t.equal(after.groups.find(({ id }) => id === group?.id)?.title, title, `${before} is ${title} and the same group`)
  }
  t.equal(classOf(after, later.people[100]?.id ?? ''), later.people[100]?.classes[0])

  const again = planOf(readingsOf(later, { successors: school }), after)
  t.strictSame([again.plan.people, again.plan.groups, again.plan.memberships], [[], [], []])
  const without = planOf(readingsOf(later), after)
  t.strictSame(
    [without.plan.people, without.plan.groups, without.plan.memberships, without.plan.renames],
    [[], [], [], []],
    'also without the file of the classes',
  )

  const third = nextYear(later)
  const back = planOf(readingsOf(third.school, { successors: later }), after)
  t.strictSame(of(back, 'returning', after), [...third.story.returning].toSorted())
  const last = carriedOut(after, back.plan)
  for (const id of third.story.returning) {
    const was = register.people.find(({ origin, role }) => origin?.id === id && role === 'pupil')
    const is = last.people.find(({ origin, role }) => origin?.id === id && role === 'pupil')
    t.strictSame([is?.id, is?.number, is?.sid, is?.state], [was?.id, was?.number, was?.sid, 'active'])
  }
})

t.test('without what classes become, the new names are asked about', async (t) => {
  const asked = planOf(readingsOf(later), register)
  t.equal(asked.plan.renames.length, 60)
  t.match(asked.plan.renames[0], { before: '5a', after: '6a' })
  t.strictSame(asked.plan.groups, [], 'nothing is guessed')

  const renames = (titles: ReadonlyMap<string, string>, others: 'ask' | 'take' | 'leave'): PlanInput['answers'] => ({
    lines: new Map(),
    exact: false,
    renames: { titles, others },
  })
  const taken = planOf(readingsOf(later), register, { answers: renames(new Map(), 'take') })
  t.strictSame(taken.plan.renames, [])
  const told = planOf(readingsOf(later), register, { answers: renames(new Map(story.renames), 'ask') })
  const succeeding = planOf(readingsOf(later, { successors: school }), register)
  const bare = ({ plan }: typeof told) => [
    plan.groups
      .filter((change) => change.kind !== 'new' || change.name !== 'jahrgang-daz')
      .map((change) => ({ ...change, reason: '' })),
    plan.people.length,
  ]
  t.strictSame(bare(taken), bare(told))
  t.same(succeeding.plan.people, told.plan.people)

  const left = planOf(readingsOf(later), register, { answers: renames(new Map(), 'leave') })
  t.equal(people(left, 'moved').length > 1300, true, 'then everybody moves')
  t.doesNotThrow(() => carriedOut(register, left.plan))

  const wrong = planOf(readingsOf(later), register, {
    answers: renames(
      new Map([
        ['99x', '6a'],
        ['5a', '99x'],
        ['5b', '6b'],
        ['5c', '6b'],
      ]),
      'take',
    ),
  })
  t.strictSame(
    wrong.problems.map(({ path, message }) => `${path}: ${message}`),
    [
      '--rename 99x=6a: there is no class 99x of this source',
      '--rename 5a=99x: the files have no class 99x',
      '--rename 5c=6b: another class becomes 6b already',
    ],
  )
})

t.test('what classes will become next year renames nobody today', async (t) => {
  const { plan } = planOf(readingsOf(school, { successors: school }), register)
  t.strictSame(
    plan.groups.filter(({ kind }) => kind === 'renamed'),
    [],
  )
  t.strictSame(plan.renames, [])
})

t.test('a register restored from yesterday gets the same people back under the same ids', async (t) => {
  const half = { ...school, people: school.people.filter((_, index) => index % 2 === 0) }
  const yesterday = carriedOut(nobody, planOf(readingsOf(half), nobody).plan)
  const today = carriedOut(yesterday, planOf(readingsOf(school), yesterday).plan)
  const restored = carriedOut(yesterday, planOf(readingsOf(school), yesterday).plan)
  t.strictSame(
    restored.people.map(({ id, login }) => [id, login]),
    today.people.map(({ id, login }) => [id, login]),
  )
  t.strictSame(
    restored.groups.map(({ id, name }) => [id, name]),
    today.groups.map(({ id, name }) => [id, name]),
  )
})
