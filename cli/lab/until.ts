import { setTimeout as pause } from 'node:timers/promises'
import { BoxError } from '../../agent/errors.ts'

export interface Patience {
  /** Completes "waited in vain for …". */
  readonly what: string
  /** Milliseconds; default 30 000. */
  readonly timeout?: number
  /** Milliseconds between two looks; default 50. */
  readonly every?: number
  readonly signal?: AbortSignal
}

/**
 * Looks until there is something to see and returns it.
 * @throws LAB_FAILED after the timeout, INTERRUPTED when the signal comes first
 */
export async function until<T>(
  look: () => Promise<T | undefined | false>,
  { what, timeout = 30_000, every = 50, signal }: Patience,
): Promise<T> {
  const end = performance.now() + timeout
  for (;;) {
    if (signal?.aborted) throw new BoxError('INTERRUPTED', `Interrupted while waiting for ${what}`)
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > end) {
      throw new BoxError('LAB_FAILED', `Waited ${timeout / 1000} s in vain for ${what}`)
    }
    await pause(every)
  }
}
