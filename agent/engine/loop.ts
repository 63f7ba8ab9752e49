import { isBoxError } from '../errors.ts'
import type { Files, System } from '../system/system.ts'
import { backoff } from './backoff.ts'
import type { Engine } from './engine.ts'
import { currentName, dataFolder } from './folders.ts'
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
  let failures = 0
  let busy = 0
  while (!signal.aborted) {
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
    while (!signal.aborted && rest() > 0) await wokenWithin(engine, rest(), files, signal)
  }
}

/** Every process and every question has a time limit of its own; what takes longer than this will never end. */
const longest = 900_000

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

/** Somebody who saves a file does so in several steps; milliseconds until all of them are done. */
const settling = 200

/** Until the time is over, the engine is woken, somebody has touched its files, or the agent is to end. */
function wokenWithin(engine: Engine, milliseconds: number, files: Files, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timers: NodeJS.Timeout[] = []
    const done = (): void => {
      timers.forEach((timer) => clearTimeout(timer))
      closers.forEach((close) => close())
      signal.removeEventListener('abort', done)
      engine.onWake(() => undefined)
      resolve()
    }
    const touched = (): void => {
      if (timers.length === 1) timers.push(setTimeout(() => engine.wake('files were touched'), settling))
    }
    const closers = [
      ...engine.folders().map((folder) => files.watch(folder, touched)),
      // The ledger lies beside the link and is written all the time.
      files.watch(dataFolder, (name) => name === currentName && touched()),
    ]
    timers.push(setTimeout(done, milliseconds))
    signal.addEventListener('abort', done)
    engine.onWake(done)
  })
}
