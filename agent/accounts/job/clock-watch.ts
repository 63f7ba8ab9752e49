import type { Ledger } from '../../engine/ledger.ts'
import type { Person } from '../../model/person.ts'
import type { System } from '../../system/system.ts'
import { judgeClock, type Judged } from './clock.ts'

/** The one watch over the clock of all who count days before they take something away. */
export interface ClockWatch {
  /** Looks at the clock, notes it, and puts right from when days count. */
  look(): Judged
  /** The time, in milliseconds since the epoch; undefined: days are not to be counted by it. Notes nothing. */
  trusted(): number | undefined
}

export function createClockWatch({
  system: { clock },
  ledger,
}: {
  readonly system: Pick<System, 'clock'>
  readonly ledger: Pick<Ledger, 'clockLooks' | 'people' | 'transaction'>
}): ClockWatch {
  const looked: { at?: number } = {}
  const judged = (at: number): Judged =>
    judgeClock(ledger.clockLooks.last(), clock.now(), looked.at === undefined ? undefined : at - looked.at)
  const counter = (): number => Math.round(clock.monotonic())
  return {
    look() {
      const at = counter()
      const now = judged(at)
      ledger.transaction(() => {
        for (const { id } of misdated(ledger.people.list(), now)) ledger.people.patch(id, { since: now.look.wall })
        ledger.clockLooks.put(now.look)
      })
      looked.at = at
      return now
    },
    trusted() {
      const { trusted, look } = judged(counter())
      return trusted ? look.wall : undefined
    },
  }
}

/**
 * Whose days were counted from a moment that a wrong clock has told: it lies in the future, or the clock was set since, before
 * anybody trusted it. Pure.
 */
export function misdated(people: readonly Person[], { look, trusted, wrong }: Judged): readonly Person[] {
  return people.filter(({ state, since }) => {
    if (state !== 'tolerated' && state !== 'disabled') return false
    return (trusted && since > look.wall) || (wrong !== undefined && since >= wrong.from && since <= wrong.to)
  })
}
