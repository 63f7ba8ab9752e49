import type { Clock, Journal } from '../system/system.ts'
import { unlessFull } from './full.ts'
import type { Ledger } from './ledger.ts'

/** Milliseconds. What differs by less is added up until it is worth writing down. */
const noticed = 1_000

/**
 * A clock whose hours are those of the wall clock and whose minutes are those of the machine: when somebody sets the wall
 * clock, what runs in the ledger (locks, the trial) is moved with it before anybody reads it. What lasts 45 minutes lasts
 * 45 minutes, and the kernel, whose timers no wall clock moves, agrees. While the ledger cannot be written the time goes on
 * as before. What was written before the machine started was written by a clock that may have been right: it stays.
 */
export function steadyClock(
  { clock, journal }: { readonly clock: Clock; readonly journal: Journal },
  ledger: Ledger,
): Clock {
  const known = { booted: Math.round(clock.now() - clock.monotonic()) }
  return {
    monotonic: () => clock.monotonic(),
    now() {
      const ticks = clock.monotonic()
      const step = Math.round(clock.now() - ticks - known.booted)
      if (Math.abs(step) >= noticed) {
        unlessFull(journal, () => {
          const set = { from: known.booted, to: Math.round(known.booted + ticks) }
          ledger.transaction(() => {
            ledger.locks.shift(step, set)
            ledger.trial.shift(step, set)
          })
          known.booted += step
          journal.write('info', `The clock was set by ${step / 1000} s; locks of rooms and trials end after their time`)
        })
      }
      return Math.round(ticks + known.booted)
    },
  }
}
