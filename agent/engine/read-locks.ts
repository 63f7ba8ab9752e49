import type { RoomLock } from '../model/lock.ts'
import { openCopy } from './database.ts'
import { locksTable } from './tables/locks.ts'

/**
 * The locks in force, from a ledger that nobody has open, of this release or a later one.
 * @param folder for a copy of it, in memory
 */
export function readLocks(ledger: string, folder: string, now: number): readonly RoomLock[] {
  const { store, close } = openCopy(ledger, folder)
  try {
    return locksTable(store).list(now)
  } finally {
    close()
  }
}
