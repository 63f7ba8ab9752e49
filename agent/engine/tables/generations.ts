import { z } from 'zod'
import { StateDocument } from '../../model/document.ts'
import type { Row, Store } from '../store.ts'

/**
 * What became of a generation: `prepared` until it is decided, `refused` when a check declined it, `applied` once it
 * was made current, `reverted` when a try of it was not confirmed.
 */
export const outcomes = ['prepared', 'refused', 'applied', 'reverted'] as const
export type Outcome = (typeof outcomes)[number]

/** A declared state with its number. Never changed but for its outcome. */
export interface Generation {
  readonly number: number
  readonly documents: readonly StateDocument[]
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly by: string
  readonly reason: string
  readonly outcome: Outcome
  /** Why it was refused; empty otherwise. */
  readonly detail: string
}

export interface Generations {
  /** Newest first. */
  list(limit: number): readonly Generation[]
  get(number: number): Generation | undefined
  /** The generation that the box is to run. */
  current(): Generation | undefined
  /** Next free number; numbers are never used twice. */
  next(): number
  add(generation: Generation): void
  conclude(number: number, outcome: Outcome, detail: string): void
  /** Undefined: the box has no state. */
  makeCurrent(number: number | undefined): void
  /**
   * Keeps the newest that were applied, and as many of those that came to nothing, so that these do not push out what
   * the box can go back to. The current one and the one a trial goes back to stay whatever their age.
   */
  prune(kept: number): void
}

const columns = 'number, documents, at, "by", reason, outcome, detail'

export function generationsTable(store: Store): Generations {
  const one = (row: Row | undefined): Generation | undefined => (row === undefined ? undefined : read(row))
  return {
    list: (limit) => store.all(`select ${columns} from generations order by number desc limit ?`, limit).map(read),
    get: (number) => one(store.get(`select ${columns} from generations where number = ?`, number)),
    current: () => one(store.get(`select ${columns} from generations where number = (select number from current)`)),
    next: () => Number(store.get('select coalesce(max(number), 0) + 1 as next from generations')?.['next']),
    add: (generation) =>
      store.run(
        `insert into generations (${columns}) values (?, ?, ?, ?, ?, ?, ?)`,
        generation.number,
        JSON.stringify(generation.documents),
        generation.at,
        generation.by,
        generation.reason,
        generation.outcome,
        generation.detail,
      ),
    conclude: (number, outcome, detail) =>
      store.run('update generations set outcome = ?, detail = ? where number = ?', outcome, detail, number),
    makeCurrent: (number) =>
      number === undefined
        ? store.run('delete from current')
        : store.run('insert or replace into current (one, number) values (1, ?)', number),
    prune: (kept) =>
      store.run(
        `delete from generations
          where number in (
            select number from (
              select number, row_number() over (partition by outcome = 'applied' order by number desc) as place
              from generations
            ) where place > ?
          ) and number not in (select number from current union select back_to from trial)`,
        kept,
      ),
  }
}

function read(row: Row): Generation {
  return {
    number: Number(row['number']),
    documents: z.array(StateDocument).parse(JSON.parse(String(row['documents']))),
    at: Number(row['at']),
    by: String(row['by']),
    reason: String(row['reason']),
    outcome: z.enum(outcomes).parse(row['outcome']),
    detail: String(row['detail']),
  }
}
