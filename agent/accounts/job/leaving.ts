import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../../engine/engine.ts'
import type { Ledger } from '../../engine/ledger.ts'
import type { Leaving } from '../../model/accounts.ts'
import type { AccountState, Person } from '../../model/person.ts'
import type { System } from '../../system/system.ts'
import type { Registrar } from '../registrar.ts'
import { nextStep } from '../way-out.ts'
import { judgeClock, type Judged } from './clock.ts'

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

export interface LeavingDeps {
  readonly system: Pick<System, 'clock' | 'journal'>
  readonly ledger: Ledger
  readonly engine: Pick<Engine, 'declared' | 'status'>
  readonly registrar: Registrar
}

/** Looks at who is due for a step. */
export interface Leavers {
  /**
   * Takes the steps that are due and lets the directory follow; homes follow by themselves. Every removal is on record.
   * @returns how many went a step further
   */
  step(): Promise<number>
}

export function createLeavers({ system, ledger, engine, registrar }: LeavingDeps): Leavers {
  const { clock } = system
  const looked: { at?: number } = {}
  /** Looks at the clock, and puts right from when days count. */
  function look(): Judged {
    const at = Math.round(clock.monotonic())
    const judged = judgeClock(
      ledger.clockLooks.last(),
      clock.now(),
      looked.at === undefined ? undefined : at - looked.at,
    )
    ledger.transaction(() => {
      for (const { id } of misdated(ledger.people.list(), judged)) ledger.people.patch(id, { since: judged.look.wall })
      ledger.clockLooks.put(judged.look)
    })
    looked.at = at
    return judged
  }
  return {
    async step() {
      const state = engine.declared()?.state
      if (state?.directory === undefined) return 0
      const {
        trusted,
        look: { wall: now },
      } = look()
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
  const leavers = createLeavers(deps)
  while (!signal.aborted) {
    // What the directory does not take now stays waiting, and the registrar brings it.
    await leavers.step().catch(() => undefined)
    await pause(every, undefined, { signal }).catch(() => undefined)
  }
}
