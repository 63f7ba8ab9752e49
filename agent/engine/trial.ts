import { BoxError } from '../errors.ts'
import type { System } from '../system/system.ts'
import { unlessFull } from './full.ts'
import type { Ledger } from './ledger.ts'
import type { Trial } from './tables/trial.ts'

/**
 * The trial that is under way and its end. The end does not wait its turn: confirming is done at once, and a look during which
 * the trial ends is broken off, however long its steps would take.
 */
export interface TrialWatch {
  get(): Trial | undefined
  /** Why the box has to go back, as a half sentence; undefined: it has not. */
  over(trial: Trial): string | undefined
  /** Keeps the generation; `STATE_TRY_NONE`. */
  confirm(): Trial
  /** The box is to go back now. */
  takeBack(trial: Trial): void
  /** The apply is answered: from now on its seconds count. */
  answered(seconds: number): void
  /** Does something that is broken off as soon as a trial is over; undefined: it was. */
  during<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>
}

/** Milliseconds between two questions whether a trial is over, at most. */
const every = 1_000

export function watchTrial({ system, ledger }: { readonly system: System; readonly ledger: Ledger }): TrialWatch {
  const { clock, journal } = system
  const ended = new Map<number, string>()
  const interrupts = new Set<() => void>()

  const lost = ledger.trial.get()
  // A clock that stands before the beginning of the trial cannot tell; then the safe side is back.
  if (lost !== undefined && clock.now() < (ledger.generations.get(lost.generation)?.at ?? 0)) {
    ended.set(lost.generation, 'was not confirmed before the clock lost its time')
  }

  const over = ({ generation, deadline }: Trial): string | undefined =>
    ended.get(generation) ?? (clock.now() >= deadline ? 'was not confirmed in time' : undefined)

  return {
    get: () => ledger.trial.get(),
    over,
    confirm() {
      const trial = ledger.trial.get()
      if (trial === undefined || over(trial) !== undefined) {
        throw new BoxError('STATE_TRY_NONE', 'No generation is on trial')
      }
      ledger.trial.end()
      journal.write('info', `Generation ${trial.generation} is confirmed`, { generation: trial.generation })
      return trial
    },
    takeBack({ generation }) {
      ended.set(generation, 'was taken back')
      interrupts.forEach((interrupt) => interrupt())
    },
    answered(seconds) {
      const trial = ledger.trial.get()
      if (trial === undefined || over(trial) !== undefined) return
      unlessFull(journal, () => ledger.trial.set({ ...trial, deadline: clock.now() + seconds * 1000 }))
    },
    async during(act) {
      const stop = new AbortController()
      let timer: NodeJS.Timeout | undefined
      const look = (): void => {
        const trial = ledger.trial.get()
        if (trial === undefined) return
        if (over(trial) !== undefined) stop.abort()
        else timer = setTimeout(look, Math.min(every, Math.max(1, trial.deadline - clock.now())))
      }
      const first = ledger.trial.get()
      // One that is over already, but could not be written down, breaks nothing off: the box is on its way back.
      if (first !== undefined && over(first) === undefined) {
        interrupts.add(look)
        look()
      }
      try {
        return await act(stop.signal)
      } catch (error) {
        if (!stop.signal.aborted) throw error
        return undefined
      } finally {
        clearTimeout(timer)
        interrupts.delete(look)
      }
    },
  }
}
