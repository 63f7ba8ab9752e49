import type { Register } from '../../model/register.ts'
import type { Reading } from '../read/record.ts'

/**
 * The name of the source when nobody says it: the one from which people of these roles come so far, if it is one only, so that a school
 * that exports from another program finds its people again; else that of the format.
 */
export function sourceOf(readings: readonly Reading[], { people }: Register): string {
  const format = readings.find((reading) => reading.people.length > 0)?.format ?? 'import'
  const roles = new Set(readings.flatMap((reading) => reading.people.map(({ role }) => role)))
  const sources = new Set(
    people.flatMap(({ origin, role, state }) =>
      origin !== null && state !== 'removed' && roles.has(role) ? [origin.source] : [],
    ),
  )
  const [only] = sources
  return sources.size === 1 && only !== undefined ? only : format
}
