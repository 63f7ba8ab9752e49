import type { ArchiveAct } from '../../engine/tables/archive.ts'
import { type Entry, filesFolder, type FolderStep, places } from './schema.ts'

/**
 * Names in the archive: whose it was, the number that tells it for ever, and the day it came there. A day that no clock could
 * be believed is left open, and filled in when one can.
 */

const shape = /^(.*)-(\d+)-(\d{4}-\d{2}-\d{2}|undated)$/
const day = 86_400_000

/** @param now milliseconds since the epoch; undefined: the clock is not to be believed. */
export function archiveName(name: string, number: number, now: number | undefined): string {
  return `${name}-${number}-${now === undefined ? 'undated' : new Date(now).toISOString().slice(0, 10)}`
}

type Named = Pick<Entry, 'name'>

/** When it came into the archive: after everything else, if its day is open; undefined for what the box has not put there. */
export function archivedOn({ name }: Named): number | undefined {
  const date = shape.exec(name)?.[3]
  if (date === 'undated') return Number.POSITIVE_INFINITY
  const at = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(at) ? undefined : at
}

/** The name of what has been put there without a day, once there is one; undefined for all others. */
export function datedName({ name }: Named, now: number): string | undefined {
  const [, whose = '', number, date] = shape.exec(name) ?? []
  return date === 'undated' ? archiveName(whose, Number(number), now) : undefined
}

/**
 * Is it older than the archive keeps things? The day counts in full, whatever the hour of its beginning.
 * @param keep seconds.
 */
export function isOver(entry: Named, keep: number, now: number): boolean {
  const since = archivedOn(entry)
  return since !== undefined && now > since + day + keep * 1000
}

/** What a step does to the archive; undefined: nothing that has to be on record. */
export function actOf(step: FolderStep): Omit<ArchiveAct, 'at'> | undefined {
  switch (step.kind) {
    case 'archive':
      return onRecord('archived', step.to)
    case 'restore':
      return onRecord('restored', step.from)
    case 'delete':
      return onRecord('deleted', step.path)
    case 'sweep':
    case 'rename':
    case 'aside':
    case 'detour':
    case 'make':
    case 'add':
    case 'rights':
    case 'spread':
      return undefined
  }
}

function onRecord(act: ArchiveAct['act'], path: string): Omit<ArchiveAct, 'at'> {
  const [folder = '', among = ''] = path
    .slice(filesFolder.length + 1)
    .split('/')
    .toReversed()
  const place = places.find((one) => one === among)
  const [, name = '', number] = shape.exec(folder) ?? []
  if (place === undefined || number === undefined) throw new TypeError(`${path} is no place in the archive`)
  return { act, place, name, number: Number(number), folder }
}
