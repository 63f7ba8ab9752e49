import type { Problem } from '../errors.ts'
import type { SchoolState } from './state.ts'

/** Fewer are told by the plan, line by line; a tenth of all is no ordinary change. */
const manyEntries = 10
const manyPercent = 10

/**
 * Warnings about a state that leaves out much of the one before: most often an older file is applied, written before a
 * list of devices was imported. The box obeys all the same.
 * @param generation number of the state before, for the way back.
 */
export function lossesOf(before: SchoolState, after: SchoolState, generation: number): readonly Problem[] {
  return (['rooms', 'devices'] as const).flatMap((section) => {
    const kept = new Set<string>(after[section].map(({ name }) => name))
    const all = before[section].length
    const lost = before[section].filter(({ name }) => !kept.has(name)).length
    if (lost < manyEntries || lost * 100 < all * manyPercent) return []
    return [
      {
        severity: 'warning',
        path: section,
        message: `${lost} of ${all} ${section} of generation ${generation} are not in this state`,
        hint: `If that is not meant, they are here: iserv-ctl state export ${generation}`,
      },
    ]
  })
}
