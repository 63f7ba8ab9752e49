import type { Store } from '../store.ts'

/** What a version of Samba was found to be able to do. */
export interface SambaTrial {
  readonly works: boolean
  readonly why: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface SambaTrials {
  get(version: string): SambaTrial | undefined
  set(version: string, trial: SambaTrial): void
}

export function sambaTrialsTable(store: Store): SambaTrials {
  return {
    get(version) {
      const row = store.get('select works, why, at from samba_trials where version = ?', version)
      return row && { works: row['works'] === 1, why: String(row['why']), at: Number(row['at']) }
    },
    set: (version, { works, why, at }) =>
      store.run(
        'insert or replace into samba_trials (version, works, why, at) values (?, ?, ?, ?)',
        version,
        works ? 1 : 0,
        why,
        at,
      ),
  }
}
