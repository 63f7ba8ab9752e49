import { RoomLock } from '../../model/lock.ts'
import type { Store } from '../store.ts'

/** Locks of rooms; they outlive the firewall's memory. Each call is on disk when it returns. */
export interface Locks {
  /** Locks in force at `now` (milliseconds since the epoch), by room. */
  list(now: number): readonly RoomLock[]
  get(room: string, now: number): RoomLock | undefined
  /** Sets or replaces the lock of a room. */
  set(lock: RoomLock): void
  /** Moves the locks that were set between these times: somebody has set the clock by so many milliseconds. */
  shift(by: number, set: { readonly from: number; readonly to: number }): void
  /** Silent when the room is not locked. */
  remove(room: string): void
}

export function locksTable(store: Store): Locks {
  const inForce = '(until is null or until > ?)'
  return {
    list: (now) =>
      store
        .all(`select room, since, until, "by" from locks where ${inForce} order by room`, now)
        .map((row) => RoomLock.parse(row)),
    get(room, now) {
      const row = store.get(`select room, since, until, "by" from locks where room = ? and ${inForce}`, room, now)
      return row === undefined ? undefined : RoomLock.parse(row)
    },
    set(lock) {
      store.transaction(() => {
        store.run('delete from locks where until is not null and until <= ?', lock.since)
        store.run(
          'insert or replace into locks (room, since, until, "by") values (?, ?, ?, ?)',
          lock.room,
          lock.since,
          lock.until,
          lock.by,
        )
      })
    },
    shift: (by, { from, to }) =>
      store.run('update locks set since = since + ?, until = until + ? where since between ? and ?', by, by, from, to),
    remove: (room) => store.run('delete from locks where room = ?', room),
  }
}
