import type { Entry } from './schema.ts'

/** Names in the archive: whose it was, the number that tells it for ever, and the day it came there. */

const shape = /^.*-\d+-(\d{4}-\d{2}-\d{2})$/
const day = 86_400_000

/** @param now milliseconds since the epoch. */
export function archiveName(name: string, number: number, now: number): string {
  return `${name}-${number}-${new Date(now).toISOString().slice(0, 10)}`
}

/** When it came into the archive; undefined for what the box has not put there. */
export function archivedOn({ name }: Pick<Entry, 'name'>): number | undefined {
  const date = shape.exec(name)?.[1]
  const at = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(at) ? undefined : at
}

/**
 * Is it older than the archive keeps things? The day counts in full, whatever the hour of its beginning.
 * @param keep seconds.
 */
export function isOver(entry: Pick<Entry, 'name'>, keep: number, now: number): boolean {
  const since = archivedOn(entry)
  return since !== undefined && now > since + day + keep * 1000
}
