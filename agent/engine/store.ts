/** A value as SQLite keeps it. */
export type Cell = string | number | null

export type Row = Readonly<Record<string, Cell>>

/** The ledger's tables see only this much of SQLite. Statements are prepared once and kept. */
export interface Store {
  all(sql: string, ...values: readonly Cell[]): readonly Row[]
  get(sql: string, ...values: readonly Cell[]): Row | undefined
  run(sql: string, ...values: readonly Cell[]): void
  /** All of it or nothing; on disk when this returns. */
  transaction<T>(body: () => T): T
}
