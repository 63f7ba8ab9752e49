import type { GroupId } from '../../model/group.ts'
import type { GroupChange, ImportPlan, PersonChange } from '../../model/import-plan.ts'
import type { PersonId } from '../../model/person.ts'
import type { Register } from '../../model/register.ts'
import { alphabetical } from './sort.ts'

/** A plan with names where it has ids, for whoever shows it. */

export interface PersonLine {
  readonly change: PersonChange
  /** `Müller, Anna` */
  readonly name: string
  readonly birth: string | null
  /** Title of the class: where the plan puts them, or, of those who leave, where they were. Empty for none. */
  readonly title: string
}

export interface GroupLine {
  readonly title: string
  readonly joining: number
  readonly leaving: number
}

export interface PlanView {
  readonly plan: ImportPlan
  readonly people: readonly PersonLine[]
  /** What becomes of groups, with the title that each has afterwards. */
  readonly changes: readonly { readonly change: GroupChange; readonly title: string }[]
  /** Groups whose members change. */
  readonly groups: readonly GroupLine[]
}

export function viewPlan(plan: ImportPlan, register: Register): PlanView {
  const known = new Map(register.people.map((person) => [person.id, person]))
  const groups = new Map(register.groups.map(({ id, kind, title }) => [id, { kind, title }]))
  for (const change of plan.groups) {
    if (change.kind === 'new') groups.set(change.id, { kind: change.groupKind, title: change.title })
    if (change.kind === 'renamed')
      groups.set(change.id, { kind: groups.get(change.id)?.kind ?? 'class', title: change.after.title })
  }
  const classOf = new Map<PersonId, string>()
  const enter = (group: GroupId, person: PersonId): void => {
    const found = groups.get(group)
    if (found?.kind === 'class') classOf.set(person, found.title)
  }
  for (const { group, person } of register.memberships) enter(group, person)
  for (const { kind, group, person } of plan.memberships)
    if (kind === 'leave' && groups.get(group)?.kind === 'class') classOf.delete(person)
  const numbers = new Map<GroupId, { joining: number; leaving: number }>()
  for (const { kind, group, person } of plan.memberships) {
    if (kind === 'join') enter(group, person)
    const count = numbers.get(group) ?? { joining: 0, leaving: 0 }
    numbers.set(
      group,
      kind === 'join' ? { ...count, joining: count.joining + 1 } : { ...count, leaving: count.leaving + 1 },
    )
  }
  return {
    plan,
    people: plan.people.map((change) => {
      const { given, surname, birth, role } =
        change.kind === 'new'
          ? change.fields
          : (known.get(change.id) ?? { given: '', surname: change.login, birth: null, role: 'guest' })
      const title = role === 'pupil' ? (classOf.get(change.id) ?? '') : ''
      return { change, name: given === '' ? surname : `${surname}, ${given}`, birth, title }
    }),
    changes: plan.groups.map((change) => ({ change, title: groups.get(change.id)?.title ?? '' })),
    groups: [...numbers]
      .map(([id, count]) => ({ title: groups.get(id)?.title ?? '', ...count }))
      .toSorted((a, b) => alphabetical.compare(a.title, b.title)),
  }
}
