import type { Group, Membership } from '../../agent/model/group.ts'
import type { ImportPlan } from '../../agent/model/import-plan.ts'
import type { Person } from '../../agent/model/person.ts'
import type { Register } from '../../agent/model/register.ts'
import type { PersonRecord, Reading } from '../../agent/accounts/read/record.ts'
import { type PlanInput, planImport } from '../../agent/accounts/plan/plan.ts'
import { exampleSchool } from './school.ts'
import type { People, Somebody } from './people.ts'

/** The generated school as readers would give it, and plans carried out on a register in memory. */

const empty = {
  format: 'schild',
  title: 'SchILD-NRW',
  encoding: 'UTF-8',
  mapped: [],
  ignored: [],
  problems: [],
}

function recordOf(file: string, withIds: boolean) {
  return (
    { id, given, surname, birth, role, classes, courses, leads, mail, children }: Somebody,
    index: number,
  ): PersonRecord => ({
    place: { file, line: index + 2 },
    columns: {},
    ...(withIds ? { id } : {}),
    given,
    surname,
    ...(birth === undefined ? {} : { birth }),
    role,
    classes,
    groups: courses.map((title) => ({ title, kind: 'course' })),
    leads,
    ...(mail === undefined ? {} : { mail }),
    children,
    left: false,
  })
}

/** One file for each role, and one with the classes and what they become, as it was exported before the summer. */
export function readingsOf(
  school: People,
  { withIds = true, successors }: { withIds?: boolean; successors?: People } = {},
): readonly Reading[] {
  const files = (['pupil', 'teacher', 'parent'] as const).flatMap((role): readonly Reading[] => {
    const file = `${role}s.csv`
    const people = school.people.filter((somebody) => somebody.role === role)
    return people.length === 0
      ? []
      : [{ ...empty, file, covers: [role], groups: [], people: people.map(recordOf(file, withIds)) }]
  })
  if (successors === undefined) return files
  const groups = successors.classes.map(({ title, year, successor }, index) => ({
    place: { file: 'classes.dat', line: index + 2 },
    kind: 'class' as const,
    title,
    year,
    leaders: [],
    ...(successor === undefined ? {} : { successor }),
  }))
  return [...files, { ...empty, file: 'classes.dat', covers: [], people: [], groups }]
}

export const nobody: Register = { revision: 0, people: [], groups: [], memberships: [] }

/** What is left out of a plan's input is as in a school that was asked nothing. */
export function planOf(
  readings: readonly Reading[],
  register: Register,
  more: Partial<PlanInput> = {},
): ReturnType<typeof planImport> {
  return planImport({
    readings,
    register,
    state: exampleSchool(),
    source: 'schild',
    now: Date.parse('2026-08-19T09:41:00+02:00'),
    answers: { lines: new Map(), exact: false, renames: { titles: new Map(), others: 'ask' } },
    allowedLeaving: null,
    allowedChanges: null,
    hashes: new Map(),
    births: true,
    ...more,
  })
}

/** The register after a plan, as carrying it out leaves it: numbers given, names unique. Throws where a plan is at odds with the register. */
export function carriedOut(register: Register, plan: ImportPlan): Register {
  if (plan.base !== register.revision) throw new Error('the plan is of another register')
  const revision = register.revision + 1
  const people = new Map(register.people.map((person) => [person.id as string, person]))
  const groups = new Map(register.groups.map((group) => [group.id as string, group]))
  const memberships = new Map(
    register.memberships.map((membership) => [`${membership.group} ${membership.person}`, membership]),
  )
  const person = (id: string, change: Partial<Person>): void => {
    const known = people.get(id)
    if (known === undefined) throw new Error(`nobody has the id ${id}`)
    people.set(id, { ...known, ...change, revision })
  }
  const group = (id: string, change: Partial<Group>): void => {
    const known = groups.get(id)
    if (known === undefined) throw new Error(`no group has the id ${id}`)
    groups.set(id, { ...known, ...change, revision })
  }
  for (const change of plan.groups) {
    if (change.kind === 'new') {
      if (groups.has(change.id)) throw new Error(`${change.title} is there already`)
      const { id, name, title, groupKind: kind, origin } = change
      groups.set(id, { id, name, title, kind, origin, ended: null, number: 50_100 + groups.size, sid: null, revision })
    } else if (change.kind === 'renamed') group(change.id, { ...change.after, origin: change.origin })
    else group(change.id, change.kind === 'ended' ? { ended: plan.made } : { ended: null, name: change.name })
  }
  for (const change of plan.people) {
    if (change.kind === 'new') {
      if (people.has(change.id)) throw new Error(`${change.login} is there already`)
      const { id, login, fields } = change
      people.set(id, {
        id,
        login,
        ...fields,
        state: 'active',
        since: plan.made,
        locked: false,
        number: 100_000 + people.size,
        sid: `S-1-5-21-${people.size}`,
        revision,
      })
    } else if (change.kind === 'changed') person(change.id, change.after)
    else if (change.kind === 'leaving') person(change.id, { state: change.state, since: plan.made })
    else if (change.kind === 'returning') person(change.id, { state: 'active', since: plan.made })
    else person(change.id, {})
  }
  for (const { kind, group: to, person: who, part } of plan.memberships) {
    const key = `${to} ${who}`
    if (!groups.has(to) || !people.has(who)) throw new Error('a membership of nobody, or of no group')
    if (kind === 'leave' && !memberships.has(key)) throw new Error('nobody can leave where they are not')
    if (kind === 'join')
      memberships.set(key, { group: to, person: who, part, source: plan.source } satisfies Membership)
    else memberships.delete(key)
  }
  const living = [...groups.values()].filter(({ ended }) => ended === null)
  unique(
    'login',
    [...people.values()].map(({ login }) => login.toLowerCase()),
  )
  unique(
    'mail',
    [...people.values()].flatMap(({ mail }) => mail ?? []),
  )
  unique('name of a group', [
    ...living.map(({ name }) => name as string),
    ...[...people.values()].map(({ login }) => login),
  ])
  return {
    revision,
    people: [...people.values()],
    groups: [...groups.values()],
    memberships: [...memberships.values()],
  }
}

function unique(what: string, names: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) throw new Error(`two have the ${what} ${name}`)
    seen.add(name)
  }
}
