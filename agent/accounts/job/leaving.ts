import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../../engine/engine.ts'
import type { Ledger } from '../../engine/ledger.ts'
import { wordsFor } from '../../engine/words.ts'
import type { Leaving } from '../../model/accounts.ts'
import type { AccountState, Person } from '../../model/person.ts'
import type { System } from '../../system/system.ts'
import type { Registrar } from '../registrar.ts'
import { nextStep } from '../way-out.ts'
import type { ClockWatch } from './clock-watch.ts'

/** Milliseconds between two looks: the steps count in days. */
const every = 3_600_000

export interface Due {
  readonly person: Person
  readonly state: AccountState
}

/**
 * Who goes a step further on the way out. Pure. One step at a time, and its days count from when it is taken: a box that
 * was off for months removes nobody who has not been disabled for as long as the school says.
 * @param now milliseconds since the epoch
 */
export function dueSteps(people: readonly Person[], leaving: Leaving, now: number): readonly Due[] {
  return people.flatMap((person) => {
    const next = nextStep(person, leaving)
    return next === undefined || next.at > now ? [] : [{ person, state: next.state }]
  })
}

export interface LeavingDeps {
  readonly system: Pick<System, 'journal'>
  readonly ledger: Ledger
  readonly engine: Pick<Engine, 'declared' | 'status'>
  readonly registrar: Pick<Registrar, 'bring'>
  readonly watch: Pick<ClockWatch, 'look'>
}

/** Looks at who is due for a step. */
export interface Leavers {
  /**
   * Takes the steps that are due and lets the directory follow; homes follow by themselves. Every removal is on record.
   * @returns how many went a step further
   */
  step(): Promise<number>
}

export function createLeavers({ system, ledger, engine, registrar, watch }: LeavingDeps): Leavers {
  return {
    async step() {
      const {
        trusted,
        look: { wall: now },
      } = watch.look()
      const state = engine.declared()?.state
      if (state?.directory === undefined) return 0
      const due = trusted ? dueSteps(ledger.people.list(), state.accounts.leaving, now) : []
      if (due.length === 0) return 0
      const removed = due.flatMap(({ person, state: next }) => (next === 'removed' ? [person.id] : []))
      const generation = engine.status().running?.generation.number ?? 0
      ledger.transaction(() => {
        for (const { person, state: next } of due) {
          ledger.people.patch(person.id, { state: next, since: now })
          const line = `${person.login}: ${person.state} → ${next}`
          ledger.steps.add({ at: now, generation, resource: 'accounts', kind: next, line })
        }
        // Whoever comes back after this gets another first password, and the groups that the list says by then.
        ledger.firstPasswords.forget(removed)
        ledger.groups.leave(removed.flatMap((id) => ledger.groups.of(id).filter(({ source }) => source !== null)))
      })
      system.journal.write('info', `${due.length} people who have left go a step further`, {
        removed: removed.length,
      })
      await registrar.bring()
      return due.length
    },
  }
}

/** Looks at the start and then every hour, until the signal. */
export async function keepLeavers(deps: LeavingDeps, signal: AbortSignal): Promise<void> {
  const { system } = deps
  const leavers = createLeavers(deps)
  while (!signal.aborted) {
    // What the directory does not take now stays waiting, and the registrar brings it.
    await leavers.step().catch((error: unknown) => {
      system.journal.write('error', `The way out could not be followed to its end: ${wordsFor(error)}`, {
        resource: 'accounts',
      })
    })
    await pause(every, undefined, { signal }).catch(() => undefined)
  }
}
