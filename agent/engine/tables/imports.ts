import type { Store } from '../store.ts'

/**
 * Imports that were carried out or are under way. The register holds the whole of an import from its first moment on; what
 * remains is to bring directory and folders after it.
 */
export interface ImportRecord {
  readonly number: number
  /** The plan's seal: the same plan is carried out once. */
  readonly digest: string
  readonly source: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly by: string
  /** `undoing`: on the way back; `undone`: back. */
  readonly state: 'running' | 'done' | 'undoing' | 'undone'
  /** Revisions of the register before it and with it. */
  readonly base: number
  readonly revision: number
  /** JSON: what the register held before; null when it can no longer be taken back. */
  readonly before: string | null
  /** JSON: what it changed, in numbers. */
  readonly counts: string
  /** Milliseconds since the epoch; null while it is under way. */
  readonly ended: number | null
}

export interface Imports {
  add(record: Omit<ImportRecord, 'number'>): ImportRecord
  last(): ImportRecord | undefined
  byDigest(digest: string): ImportRecord | undefined
  update(number: number, fields: Partial<Pick<ImportRecord, 'state' | 'revision' | 'before' | 'ended'>>): void
}

export function importsTable(store: Store): Imports {
  const columns = 'number, digest, source, at, "by", state, base, revision, before, counts, ended'
  const one = (where: string, ...values: readonly string[]): ImportRecord | undefined =>
    // The columns are what the insert below has put there.
    store.get(`select ${columns} from imports ${where} order by number desc limit 1`, ...values) as
      | ImportRecord
      | undefined
  return {
    add: ({ digest, source, at, by, state, base, revision, before, counts, ended }) =>
      store.transaction(() => {
        store.run(
          `insert into imports (digest, source, at, "by", state, base, revision, before, counts, ended)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          digest,
          source,
          at,
          by,
          state,
          base,
          revision,
          before,
          counts,
          ended,
        )
        // Only the last one can be taken back; the others are history.
        store.run('update imports set before = null where number < (select max(number) from imports)')
        const added = one('')
        if (added === undefined) throw new TypeError('an import that was added is not there')
        return added
      }),
    last: () => one(''),
    byDigest: (digest) => one('where digest = ?', digest),
    update(number, fields) {
      const names = Object.keys(fields).map((name) => `${name} = ?`)
      const values = Object.values(fields).map((value) => value ?? null)
      store.run(`update imports set ${names.join(', ')} where number = ?`, ...values, number)
    },
  }
}
