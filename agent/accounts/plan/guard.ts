import type { Altered, Emptied, ImportPlan } from '../../model/import-plan.ts'

/** More people than these do not leave unless somebody says so: a file that is an excerpt looks like a school that empties. */
const limit = { count: 30, share: 0.1 }

/** A role is soon a tenth, and a class half gone, by two or three people who move away. */
const usualOf = { role: { count: 3, share: 0.1 }, class: { count: 4, share: 0.5 } }

/** @returns whether so many leave one role or class that it is to be asked about, however many the school has. */
export function isEmptied(leaving: number, of: number, what: keyof typeof usualOf): boolean {
  return leaving > usualOf[what].count && leaving > of * usualOf[what].share
}

export interface Guarded {
  readonly leaving: number
  readonly managed: number
  /** Whether the files are full lists, from which somebody is missing; else they say of each that they have left. */
  readonly whole: boolean
  /** `--allow-leaving` must say at least this. */
  readonly needed: number
  /** Roles and classes of which too many leave. */
  readonly emptied: readonly Emptied[]
}

/** @returns undefined when the plan may be carried out. */
export function leavingGuard({
  people,
  covers,
  managed,
  emptied,
  allowedLeaving,
}: Pick<ImportPlan, 'people' | 'covers' | 'managed' | 'emptied' | 'allowedLeaving'>): Guarded | undefined {
  const leaving = people.filter(({ kind }) => kind === 'leaving').length
  const few = leaving <= limit.count && leaving <= managed * limit.share && emptied.length === 0
  if (few || leaving <= (allowedLeaving ?? 0)) return undefined
  return { leaving, managed, whole: covers.length > 0, needed: leaving, emptied }
}

/** A few marriages and corrections are soon a tenth of a small file. */
const usual = { count: 10, share: 0.1 }

/** Few people get another role in a year: more are a wrong column, or a wrong --role. */
const mostRoles = 5

/** @returns what is other in how many, when that is a wrong column rather than people; undefined when the plan may be carried out. */
export function alteredGuard({
  altered,
  allowedChanges,
}: Pick<ImportPlan, 'altered' | 'allowedChanges'>): Altered | undefined {
  const { people, known, roles } = altered
  const few = (people <= usual.count || people <= known * usual.share) && roles <= mostRoles
  return few || people <= (allowedChanges ?? 0) ? undefined : altered
}
