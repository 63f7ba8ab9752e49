import type { Problem } from '../../errors.ts'
import { ImportPlan } from '../../model/import-plan.ts'
import type { Place } from '../read/record.ts'
import type { Planned } from './plan.ts'

/** What no reader has refused and no plan can say, each with where in the files it comes from. */
export function misfits(planned: Pick<Planned, 'plan' | 'places'>): readonly Problem[] {
  const { error } = ImportPlan.safeParse(planned.plan)
  return (error?.issues ?? []).map(({ path, message }): Problem => {
    const value = path.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown>)[key], planned.plan)
    return {
      severity: 'error',
      ...placeOf(planned, path),
      path: path.slice(2).join('.'),
      message: `${JSON.stringify(value)} cannot be taken: ${message}`,
    }
  })
}

/** Of a group the first line that puts somebody into it. */
function placeOf(
  { plan, places }: Pick<Planned, 'plan' | 'places'>,
  [list, at]: readonly PropertyKey[],
): Place | undefined {
  const index = Number(at)
  const proposal = list === 'proposals' ? plan.proposals[index] : undefined
  if (proposal !== undefined) return { file: proposal.file, line: proposal.line }
  const id = list === 'groups' ? plan.groups[index]?.id : undefined
  const person = list === 'people' ? plan.people[index]?.id : plan.memberships.find(({ group }) => group === id)?.person
  return person === undefined ? undefined : places.get(person)
}
