import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../../engine/engine.ts'
import type { Ledger } from '../../engine/ledger.ts'
import { wordsFor } from '../../engine/words.ts'
import { type FoldersDeps, settleFolders } from './settle.ts'

/** Milliseconds between two questions whether anything has changed; each costs two reads of the ledger. */
const every = 5_000
/** Milliseconds after a failure: a full disk does not get emptier by trying. */
const afterFailure = 60_000

/**
 * Keeps the folders as register and state say until the signal: at the start, after every change of either, and once a day,
 * because the archive ages and hands change limits; and when the clock is believed, for until then nothing is too old.
 */
export async function keepFolders(
  { engine, ledger, system, watch }: FoldersDeps & { readonly engine: Engine; readonly ledger: Ledger },
  signal: AbortSignal,
): Promise<void> {
  let settled: string | undefined
  while (!signal.aborted) {
    const state = engine.declared()?.state
    const day = new Date(system.clock.now()).toISOString().slice(0, 10)
    const believed = watch.trusted() !== undefined
    const now = [engine.status().running?.generation.number, ledger.register.revision(), day, believed].join(' ')
    let wait = every
    if (state !== undefined && now !== settled) {
      const register = ledger.register.snapshot()
      try {
        if (state.directory !== undefined || register.people.length > 0) {
          await settleFolders({ register, state }, { system, ledger, watch })
        }
        settled = now
      } catch (error) {
        wait = afterFailure
        system.journal.write('error', `The folders could not be put in order: ${wordsFor(error)}`, {
          resource: 'shares',
        })
      }
    }
    await pause(wait, undefined, { signal }).catch(() => undefined)
  }
}
