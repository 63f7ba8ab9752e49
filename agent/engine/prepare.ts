import { BoxError, isBoxError, type Problem } from '../errors.ts'
import type { System } from '../system/system.ts'
import { folderOf } from './folders.ts'
import type { AnyResource, Declared, Prepared } from './resource.ts'
import { wordsFor } from './words.ts'

/** All resources bound to one declared state, in the order given. Pure but for what a resource refuses. */
export function prepareAll(resources: readonly AnyResource[], declared: Declared): readonly Prepared[] {
  return resources.map((resource) => resource.prepare(declared))
}

/**
 * Has every service's own checker judge its files in a generation's folder, before anything is switched.
 * @throws `SERVICE_CHECK_FAILED` with what every service declined, not only the first.
 */
export async function checkAll(prepared: readonly Prepared[], generation: number, system: System): Promise<void> {
  // All at the same time, since each mostly waits for a program of its own; and all to their end, since the files may go then.
  const judged = await Promise.allSettled(prepared.map((one) => one.check(folderOf(generation, one.name), system)))
  const declined = judged.flatMap((outcome, index) => {
    if (outcome.status === 'fulfilled') return []
    if (!isBoxError(outcome.reason)) throw outcome.reason
    return [{ name: prepared[index]?.name ?? '', error: outcome.reason }]
  })
  const [first] = declined
  if (first === undefined) return
  // A full disk or a missing program is no fault of the state, and has a way out of its own.
  const otherwise = declined.find(({ error }) => error.code !== 'SERVICE_CHECK_FAILED')
  if (otherwise !== undefined) throw otherwise.error
  throw new BoxError(
    'SERVICE_CHECK_FAILED',
    `${declined.map(({ name }) => name).join(', ')} would not take this state`,
    {
      hint: 'Nothing was changed; the last good state keeps running.',
      problems: declined.flatMap(({ name, error }) => problemsOf(name, error)),
    },
  )
}

/** What every service has to say about a state that is about to come; where one does not answer, nothing. */
export async function warningsOf(prepared: readonly Prepared[], system: System): Promise<readonly Problem[]> {
  const told = await Promise.allSettled(prepared.map((one) => one.warn(system)))
  return told.flatMap((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value
    if (!isBoxError(outcome.reason)) throw outcome.reason
    return []
  })
}

function problemsOf(name: string, error: BoxError): readonly Problem[] {
  if (error.problems.length > 0) return error.problems
  const hint = error.hint === undefined ? {} : { hint: error.hint }
  return [{ severity: 'error', path: name, message: wordsFor(error), ...hint }]
}
