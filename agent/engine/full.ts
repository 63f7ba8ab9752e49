import { isBoxError } from '../errors.ts'
import type { Journal } from '../system/system.ts'

/** Record keeping must not stop the repair of a firewall: on a full disk the journal is told instead. */
export function unlessFull(journal: Journal, keep: () => void): void {
  try {
    keep()
  } catch (error) {
    tellFull(journal, error)
  }
}

/** Throws whatever is not a full disk. */
export function tellFull(journal: Journal, error: unknown): void {
  if (!isBoxError(error, 'DISK_FULL')) throw error
  journal.write('error', error.message)
}
