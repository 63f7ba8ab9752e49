import { isBoxError } from '../errors.ts'
import type { System } from '../system/system.ts'
import { backoff } from './backoff.ts'
import type { Engine } from './engine.ts'
import { longestStep } from './resource.ts'
import { watchFiles } from './watch.ts'
import { wordsFor } from './words.ts'

/** Milliseconds between two looks when nothing calls for one earlier. */
const every = 30_000
/** Milliseconds, doubled with each look in a row that found something to do. */
const shortly = 500

/** Keeps the box as declared until the signal; the look under way is finished first. */
export async function keepReconciling(
  engine: Engine,
  { clock, journal, files }: Pick<System, 'clock' | 'journal' | 'files'>,
  signal: AbortSignal,
): Promise<void> {
  const watch = watchFiles(engine, files)
  let failures = 0
  let busy = 0
  try {
    while (!signal.aborted) {
      // Before the look: what it has passed already is still watched.
      watch.renew()
      try {
        const reports = await withinReason(engine.reconcile(false))
        failures = 0
        busy = reports.some(({ lines }) => lines.length > 0) ? busy + 1 : 0
      } catch (error) {
        // A new start helps: it puts the ledger aside and builds it anew, and leaves behind what hangs.
        if (isBoxError(error, 'LEDGER_DAMAGED') || error instanceof Hanging) throw error
        failures += 1
        journal.write('error', `The look at the box failed: ${wordsFor(error)}`)
      }
      const from = clock.monotonic()
      // Whoever has broken one thing may be at the next while it is repaired.
      const pause = busy === 0 ? every : Math.min(every, shortly * 2 ** busy)
      const passed = (): number => clock.monotonic() - from
      // After a failure not before its time, or a full disk would make the agent spin.
      const rest = (): number => Math.max(backoff(failures) - passed(), engine.nextLook(pause - passed()))
      while (!signal.aborted && rest() > 0) {
        // Those of a generation that was made current by the look, or meanwhile.
        watch.renew()
        await wokenWithin(engine, rest(), signal)
      }
    }
  } finally {
    watch.close()
  }
}

/**
 * Every process and every question has a time limit of its own. A look may wait for an apply before it, and each of them
 * may make a directory; what takes longer than both will never end.
 */
const longest = 3 * longestStep

class Hanging extends Error {
  override readonly name = 'Hanging'
}

async function withinReason<T>(look: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Hanging(`no look at the box for ${longest / 1000} s`)), longest)
  try {
    return await Promise.race([look, promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Until the time is over, the engine is woken, or the agent is to end. */
function wokenWithin(engine: Engine, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      engine.onWake(() => undefined)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    engine.onWake(done)
  })
}
