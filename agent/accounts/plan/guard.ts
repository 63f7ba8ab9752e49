import type { ImportPlan } from '../../model/import-plan.ts'

/** More people than these do not leave unless somebody says so: a file that is an excerpt looks like a school that empties. */
const limit = { count: 30, share: 0.1 }

export interface Guarded {
  readonly leaving: number
  readonly managed: number
  /** `--allow-leaving` must say at least this. */
  readonly needed: number
}

/** @returns undefined when the plan may be carried out. */
export function leavingGuard({
  people,
  managed,
  allowedLeaving,
}: Pick<ImportPlan, 'people' | 'managed' | 'allowedLeaving'>): Guarded | undefined {
  const leaving = people.filter(({ kind }) => kind === 'leaving').length
  const few = leaving <= limit.count && leaving <= managed * limit.share
  if (few || leaving <= (allowedLeaving ?? 0)) return undefined
  return { leaving, managed, needed: leaving }
}
