import type { Store } from '../store.ts'

/** A generation that runs on trial: unless it is confirmed before the deadline, the box goes back. */
export interface Trial {
  readonly generation: number
  /** The generation whose documents come back. */
  readonly backTo: number
  /** Milliseconds since the epoch, so that it also holds over a restart. */
  readonly deadline: number
}

export interface Trials {
  get(): Trial | undefined
  set(trial: Trial): void
  end(): void
}

export function trialTable(store: Store): Trials {
  return {
    get() {
      const row = store.get('select generation, back_to, deadline from trial')
      if (row === undefined) return undefined
      return {
        generation: Number(row['generation']),
        backTo: Number(row['back_to']),
        deadline: Number(row['deadline']),
      }
    },
    set: ({ generation, backTo, deadline }) =>
      store.run(
        'insert or replace into trial (one, generation, back_to, deadline) values (1, ?, ?, ?)',
        generation,
        backTo,
        deadline,
      ),
    end: () => store.run('delete from trial'),
  }
}
