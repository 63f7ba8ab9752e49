import { BoxError } from '../errors.ts'
import type { StateDocument } from '../model/document.ts'
import type { Generation } from './tables/generations.ts'
import type { Trial } from './tables/trial.ts'

/** What is declined before anything is done, and why. */

/** So many applied generations are remembered to go back to, and as many others. */
export const generationsKept = 20

export function refuseDuringTrial(trial: Trial | undefined): void {
  if (trial === undefined) return
  throw new BoxError('STATE_TRY_PENDING', `Generation ${trial.generation} is still on trial`, {
    hint: 'iserv-ctl state confirm keeps it, iserv-ctl state rollback goes back at once.',
  })
}

export function endedBefore(number: number, backTo: number | undefined): BoxError {
  return new BoxError(
    'STATE_TRY_OVER',
    `Generation ${number} went back to ${backTo ?? 'none'} before it was in force`,
    {
      hint: 'It was taken back or took too long: apply it with more time, or confirm it while it is being applied.',
    },
  )
}

export function refuseOldBase(base: number | undefined, current: Generation | undefined): void {
  if (base === undefined || base === (current?.number ?? 0)) return
  throw new BoxError('STATE_BASE_OLD', `Made from generation ${base}, but ${current?.number ?? 'none'} is current`, {
    hint: 'Export the current state, make the change there and apply it again.',
  })
}

export function saysTheSame(current: Generation | undefined, documents: readonly StateDocument[]): boolean {
  return JSON.stringify(current?.documents) === JSON.stringify(documents)
}

function nothingBefore(): BoxError {
  return new BoxError('STATE_GENERATION_UNKNOWN', 'No earlier generation says anything else', {
    hint: 'iserv-ctl state history lists them.',
  })
}

/**
 * The generation that a rollback leads to.
 * @param wanted its number; absent: the newest before the current one that was applied and says something else.
 * @param all newest first.
 */
export function rollbackTarget(
  wanted: number | undefined,
  current: Generation | undefined,
  all: readonly Generation[],
): Generation {
  if (current === undefined) throw noState()
  const target = wanted === undefined ? before(all, current) : all.find(({ number }) => number === wanted)
  if (target !== undefined) return target
  throw wanted === undefined ? nothingBefore() : unknownGeneration(wanted)
}

export function noState(): BoxError {
  return new BoxError('STATE_NONE', 'This box has no state yet', { hint: 'iserv-ctl state apply FILE' })
}

function before(generations: readonly Generation[], current: Generation): Generation | undefined {
  const words = (generation: Generation): string => JSON.stringify(generation.documents)
  return generations.find(
    (one) => one.number < current.number && one.outcome === 'applied' && words(one) !== words(current),
  )
}

function unknownGeneration(number: number): BoxError {
  return new BoxError('STATE_GENERATION_UNKNOWN', `There is no generation ${number}`, {
    hint: `iserv-ctl state history lists them; the newest ${generationsKept} are kept.`,
  })
}
