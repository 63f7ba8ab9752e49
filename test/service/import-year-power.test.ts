import t, { type Test } from 'tap'
import { sealPlan } from '../../agent/accounts/plan/sealed.ts'
import type { SealedPlan } from '../../agent/model/import-plan.ts'
import type { Register } from '../../agent/model/register.ts'
import type { SchoolState } from '../../agent/model/state.ts'
import { directorySchool } from '../support/directory.ts'
import { PowerCut } from '../support/dying.ts'
import { type Awake, finished, startLives, survived } from '../support/import-lives.ts'
import { planOf } from '../support/people-readings.ts'
import { readingOf, recordOf } from '../support/people-records.ts'

/**
 * A small school year of one class, over and over: it is renamed, one pupil leaves, one comes, one has married. The power fails
 * at an effect of it, and at an effect of taking it back, on a real directory and a real disk.
 */

t.setTimeout(900_000)

/** Who leaves cannot sign in from the first day on, so that leaving is a write to the directory. */
const atOnce = (state: SchoolState): SchoolState => ({
  ...state,
  accounts: {
    ...state.accounts,
    leaving: { ...state.accounts.leaving, pupil: { tolerated: 0, disabled: 60 } },
  },
})
const { system, seal, wake, wakeDying, accounts } = await startLives(t, `${t.testdir()}/ledger.sqlite`, atOnce)

const names = ['Anna Berg', 'Ben Celik', 'Carla Dorn', 'Dilan Ernst', 'Emil Fuchs', 'Fatma Gross']
const inClass = (title: string, people: readonly string[]) =>
  people.map((name) => recordOf(name, { id: name.slice(0, 4), birth: '2013-03-31', classes: [title] }))

function planFor({ ledger }: Awake, records: ReturnType<typeof inClass>): SealedPlan {
  const { plan } = planOf([readingOf(records)], ledger.register.snapshot(), {
    state: atOnce(directorySchool()),
    allowedLeaving: 1,
    answers: { lines: new Map(), exact: false, renames: { titles: new Map(), others: 'take' } },
  })
  return sealPlan(plan, seal)
}

/** The year after, with somebody who was never there. */
const nextYear = (life: number) => [
  ...inClass('6x', ['Anna Berg-Neu', ...names.slice(1, 5)]),
  ...inClass('6x', [`N${life}eu Zorn`]),
]

const plain = ({ people, groups, memberships }: Register) => ({
  people: people
    .filter(({ state }) => state !== 'removed')
    .map(({ login, given, surname, state }) => `${login} ${given} ${surname} ${state}`)
    .toSorted(),
  groups: groups
    .filter(({ ended }) => ended === null)
    .map(({ id, name }) => `${id} ${name}`)
    .toSorted(),
  memberships: memberships.length,
})

const ever = new Map<string, string>()

/** Register, directory and disk say the same, and nobody was made anew. */
async function agree(t: Test, { ledger }: Awake, when: string): Promise<void> {
  const { people, groups } = ledger.register.snapshot()
  const living = people.filter(({ state }) => state !== 'removed')
  const there = await accounts()
  t.strictSame(
    [...there].map(([login, { disabled }]) => `${login} ${disabled}`).toSorted(),
    living.map(({ login, state }) => `${login} ${state === 'disabled'}`).toSorted(),
    when,
  )
  for (const [login, { guid }] of there) t.equal(guid, ever.get(login) ?? guid, `${login} was never made anew`)
  for (const [login, { guid }] of there) ever.set(login, guid)
  const classes = groups.filter(({ kind, ended }) => kind === 'class' && ended === null)
  t.strictSame(
    await system.files.list('/var/srv/classes'),
    classes.map(({ title }) => title),
    when,
  )
  t.strictSame((await system.files.list('/var/srv/homes')).toSorted(), living.map(({ login }) => `${login}`).toSorted())
  t.strictSame([ledger.people.pending(1), ledger.groups.pending(1)], [[], []], 'nothing waits')
}

t.test('the power fails at an effect of a new school year, and of taking it back', async (t) => {
  const first = wake()
  await first.imports.apply(planFor(first, inClass('5x', names)), 'anna', false)
  t.match(await finished(first), { state: 'done', refused: [] })
  await agree(t, first, 'in the beginning')
  const before = plain(first.ledger.register.snapshot())
  await first.die()

  let cuts = 0
  // Every other effect, by turns just before and just after it.
  for (let effects = 0, done = false; ; effects += 2, done = !done) {
    const year = { left: Number.POSITIVE_INFINITY }
    const dead = wakeDying(year, done)
    const plan = planFor(dead, nextYear(effects))
    t.match(
      plan.people.map(({ kind }) => kind),
      ['new', 'changed', 'leaving'],
    )
    t.ok(plan.groups.some(({ kind }) => kind === 'renamed'))
    year.left = effects
    const answer = await dead.imports.apply(plan, 'anna', false).catch((error: unknown) => error)
    const lived = await survived(dead, year)
    await dead.die()

    const agent = wake()
    await finished(agent)
    const again = await agent.imports.apply(plan, 'anna', false)
    if (!(answer instanceof PowerCut)) t.ok(again.already, 'what was promised is kept')
    t.match(await finished(agent), { state: 'done', refused: [] })
    await agree(t, agent, `carried out, after ${effects} effects`)
    t.ok(plain(agent.ledger.register.snapshot()).people.includes('anna.berg Anna Berg-Neu active'))
    await agent.die()

    const back = { left: Number.POSITIVE_INFINITY }
    const dying = wakeDying(back, done)
    back.left = effects
    await dying.imports.undo(false, () => undefined).catch((error: unknown) => t.type(error, PowerCut))
    const livedTwice = await survived(dying, back)
    await dying.die()

    const last = wake()
    if ((await finished(last))?.state === 'done') await last.imports.undo(false, () => undefined)
    t.match(await finished(last), { state: 'undone', refused: [] })
    await agree(t, last, `taken back, after ${effects} effects`)
    t.strictSame(plain(last.ledger.register.snapshot()), before, 'as it was')
    await last.die()
    if (lived && livedTwice) break
    cuts += Number(!lived) + Number(!livedTwice)
  }
  t.ok(cuts > 10, `${cuts} moments`)
  t.comment(`${cuts} moments`)
})
