import { z } from 'zod'
import type { Finding } from '../resource.ts'
import type { Row, Store } from '../store.ts'

/** `waiting`: a resource it stands on has not converged on this generation yet. */
export const resourceStates = ['converged', 'failed', 'waiting'] as const

/** What became of a resource the last time something about it changed. */
export interface ResourceRecord {
  readonly name: string
  readonly generation: number
  readonly state: (typeof resourceStates)[number]
  /** Milliseconds since the epoch since which it is in this state. */
  readonly since: number
  /** Why it failed or what it waits for; empty otherwise. */
  readonly detail: string
  readonly findings: readonly Finding[]
}

export interface Resources {
  list(): readonly ResourceRecord[]
  set(record: ResourceRecord): void
  /** Its files under `current/` have changed and its service may not have read them yet. Outlives a crash. */
  isStale(name: string): boolean
  setStale(name: string, stale: boolean): void
  /** Forgets resources that this version of the agent does not have. */
  keepOnly(names: readonly string[]): void
}

const Findings = z.array(
  z.strictObject({ code: z.string(), severity: z.enum(['ok', 'warning', 'error']), message: z.string() }),
)

export function resourcesTable(store: Store): Resources {
  // Also kept here, because on a full disk the table cannot be written.
  const stale = new Set(store.all('select name from stale').map((row) => String(row['name'])))
  return {
    list: () =>
      store.all('select name, generation, state, since, detail, findings from resources order by name').map(read),
    set: (record) =>
      store.run(
        `insert into resources (name, generation, state, since, detail, findings) values (?, ?, ?, ?, ?, ?)
         on conflict do update set generation = excluded.generation, state = excluded.state, since = excluded.since,
         detail = excluded.detail, findings = excluded.findings`,
        record.name,
        record.generation,
        record.state,
        record.since,
        record.detail,
        JSON.stringify(record.findings),
      ),
    isStale: (name) => stale.has(name),
    setStale(name, is) {
      if (is) stale.add(name)
      store.run(is ? 'insert or ignore into stale (name) values (?)' : 'delete from stale where name = ?', name)
      if (!is) stale.delete(name)
    },
    keepOnly(names) {
      const kept = new Set(names)
      for (const { name } of this.list()) if (!kept.has(name)) store.run('delete from resources where name = ?', name)
    },
  }
}

function read(row: Row): ResourceRecord {
  return {
    name: String(row['name']),
    generation: Number(row['generation']),
    state: z.enum(resourceStates).parse(row['state']),
    since: Number(row['since']),
    detail: String(row['detail']),
    findings: Findings.parse(JSON.parse(String(row['findings']))),
  }
}
