import type { Altered, ImportPlan } from '../../model/import-plan.ts'

/** More people than these do not leave unless somebody says so: a file that is an excerpt looks like a school that empties. */
const limit = { count: 30, share: 0.1 }

export interface Guarded {
  readonly leaving: number
  readonly managed: number
  /** Whether the files are full lists, from which somebody is missing; else they say of each that they have left. */
  readonly whole: boolean
  /** `--allow-leaving` must say at least this. */
  readonly needed: number
}

/** @returns undefined when the plan may be carried out. */
export function leavingGuard({
  people,
  covers,
  managed,
  allowedLeaving,
}: Pick<ImportPlan, 'people' | 'covers' | 'managed' | 'allowedLeaving'>): Guarded | undefined {
  const leaving = people.filter(({ kind }) => kind === 'leaving').length
  const few = leaving <= limit.count && leaving <= managed * limit.share
  if (few || leaving <= (allowedLeaving ?? 0)) return undefined
  return { leaving, managed, whole: covers.length > 0, needed: leaving }
}

/** A few marriages and corrections are soon a tenth of a small file. */
const usual = { count: 10, share: 0.1 }

/** @returns what is other in how many, when that is a wrong column rather than people; undefined when the plan may be carried out. */
export function alteredGuard({
  altered,
  allowedChanges,
}: Pick<ImportPlan, 'altered' | 'allowedChanges'>): Altered | undefined {
  const { people, known } = altered
  const few = people <= usual.count || people <= known * usual.share
  return few || people <= (allowedChanges ?? 0) ? undefined : altered
}
