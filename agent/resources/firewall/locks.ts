import type { RoomLock } from '../../model/lock.ts'
import type { SchoolState } from '../../model/state.ts'
import { roomNumbers } from '../../nftables/marks.ts'
import { freshWith, liveChanges, type LiveElement } from '../../nftables/transaction.ts'
import { table } from './schema.ts'

/** Where the rules look for locked rooms. */
export const lockSet = 'locked'

type House = Pick<SchoolState, 'networks' | 'rooms'>

/** The transaction that locks rooms at once; each element tells when it was set. */
export function lockCommands(house: House, locks: readonly RoomLock[]): string {
  const numbers = roomNumbers(house)
  const elements = locks.map(({ room, since, until }) => ({
    ...lockElement(numbers.get(room) ?? 0, until, since),
    comment: String(since),
  }))
  return liveChanges(table, elements)
}

/** The transaction that takes locks away; silent where there is none. */
export function unlockCommands(house: House, rooms: readonly string[]): string {
  const numbers = roomNumbers(house)
  return liveChanges(
    table,
    rooms.map((room) => ({ set: lockSet, key: numbers.get(room) ?? 0 })),
  )
}

/** The transaction that gives rooms the locks of the list, with the time that they have left, and no others. */
export function resetCommands(house: House, rooms: readonly string[], locks: readonly RoomLock[], now: number): string {
  const numbers = roomNumbers(house)
  const elements = rooms.map((room): LiveElement => {
    const key = numbers.get(room) ?? 0
    const lock = locks.find((one) => one.room === room)
    return lock === undefined
      ? { set: lockSet, key }
      : { ...lockElement(key, lock.until, now), comment: String(lock.since) }
  })
  return liveChanges(table, elements)
}

/**
 * What the box puts in force before its network comes up: the rules of the current generation and the locks that are
 * still running, from their first packet on.
 * @param ruleset text of `ruleset.json`
 * @param rooms text of `rooms.json`
 * @param now milliseconds since the epoch
 */
export function bootCommands(ruleset: string, rooms: string, locks: readonly RoomLock[], now: number): string {
  const numbers = new Map(Object.entries(JSON.parse(rooms) as Readonly<Record<string, number>>))
  const elements = locks.flatMap(({ room, until }) => {
    const number = numbers.get(room)
    return number === undefined || isOver(until, now) ? [] : [lockElement(number, until, now)]
  })
  return freshWith(ruleset, table, elements)
}

/** A lock as the kernel is to have it, with the time that is left at `now`. */
export function lockElement(number: number, until: number | null, now: number): LiveElement {
  return { set: lockSet, key: number, lasts: until === null ? null : Math.max(1, Math.ceil((until - now) / 1000)) }
}

export function isOver(until: number | null, now: number): boolean {
  return until !== null && until <= now
}
