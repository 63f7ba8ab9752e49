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
  /** Moves it, and when its generation was applied, should that lie between these times: somebody has set the clock. */
  shift(by: number, set: { readonly from: number; readonly to: number }): void
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
    shift(by, { from, to }) {
      const applied = 'select number from generations where at between ? and ?'
      store.run(`update trial set deadline = deadline + ? where generation in (${applied})`, by, from, to)
      store.run(
        `update generations set at = at + ? where number in (select generation from trial) and at between ? and ?`,
        by,
        from,
        to,
      )
    },
    end: () => store.run('delete from trial'),
  }
}
