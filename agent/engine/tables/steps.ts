import type { Store } from '../store.ts'

/** One step the agent has taken, for those who ask later what happened. */
export interface StepTaken {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly generation: number
  readonly resource: string
  readonly kind: string
  readonly line: string
  /** Why it failed; absent when it was done. */
  readonly error?: string
}

export interface Steps {
  add(step: StepTaken): void
  /** Newest first. */
  list(limit: number): readonly StepTaken[]
}

/** About a year of an ordinary school; a flapping service must not fill the disk. */
const kept = 10_000

export function stepsTable(store: Store): Steps {
  return {
    add: (step) =>
      store.transaction(() => {
        store.run(
          'insert into steps (at, generation, resource, kind, line, error) values (?, ?, ?, ?, ?, ?)',
          step.at,
          step.generation,
          step.resource,
          step.kind,
          step.line,
          step.error ?? null,
        )
        store.run('delete from steps where id <= (select max(id) from steps) - ?', kept)
      }),
    list: (limit) =>
      store
        .all('select at, generation, resource, kind, line, error from steps order by id desc limit ?', limit)
        .map((row) => ({
          at: Number(row['at']),
          generation: Number(row['generation']),
          resource: String(row['resource']),
          kind: String(row['kind']),
          line: String(row['line']),
          ...(row['error'] === null ? {} : { error: String(row['error']) }),
        })),
  }
}
