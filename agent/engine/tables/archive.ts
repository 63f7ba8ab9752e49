import type { Store } from '../store.ts'

/** What became of a folder whose person or group is gone. Kept for ever: it is the only trace of what is deleted. */
export interface ArchiveAct {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly act: 'archived' | 'restored' | 'deleted'
  readonly place: 'homes' | 'classes' | 'courses'
  /** What the folder was called before it came into the archive: a login, or the title of a class. */
  readonly name: string
  /** Of person or group; it is nobody else's. */
  readonly number: number
  /** Its name in the archive. */
  readonly folder: string
}

export interface Archive {
  /**
   * Call it before the act: then nothing is done without a record. What a crash has cut off is noted again when it is done
   * again, and stands there once.
   */
  note(act: ArchiveAct): void
  /**
   * Newest first.
   * @param name only of folders that were called so
   */
  list(limit: number, name?: string): readonly ArchiveAct[]
  count(name?: string): number
}

export function archiveTable(store: Store): Archive {
  const columns = 'at, act, place, name, number, folder'
  const called = (name?: string) =>
    name === undefined ? { where: '', values: [] } : { where: 'where name = ? collate nocase', values: [name] }
  return {
    note: ({ at, act, place, name, number, folder }) =>
      store.transaction(() => {
        const last = store.get(
          'select act from archive where place = ? and folder = ? order by id desc limit 1',
          place,
          folder,
        )
        if (last?.['act'] === act) return
        store.run(`insert into archive (${columns}) values (?, ?, ?, ?, ?, ?)`, at, act, place, name, number, folder)
      }),
    list(limit, name) {
      const { where, values } = called(name)
      // The columns are what the insert above has put there.
      return store.all(
        `select ${columns} from archive ${where} order by id desc limit ?`,
        ...values,
        limit,
      ) as unknown as readonly ArchiveAct[]
    },
    count(name) {
      const { where, values } = called(name)
      return Number(store.get(`select count(*) as n from archive ${where}`, ...values)?.['n'])
    },
  }
}
