import { closeSync, openSync, renameSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { BoxError } from '../errors.ts'
import { migrations } from './migrations.ts'
import type { Store } from './store.ts'
import { archiveTable, type Archive } from './tables/archive.ts'
import { firstPasswordsTable, type FirstPasswords } from './tables/first-passwords.ts'
import { clockLooksTable, type ClockLooks } from './tables/clock-looks.ts'
import { generationsTable, type Generations } from './tables/generations.ts'
import { groupsTable, type Groups } from './tables/groups.ts'
import { importsTable, type Imports } from './tables/imports.ts'
import { locksTable, type Locks } from './tables/locks.ts'
import { peopleTable, type People } from './tables/people.ts'
import { registersTable, type Registers } from './tables/register.ts'
import { resourcesTable, type Resources } from './tables/resources.ts'
import { sambaTrialsTable, type SambaTrials } from './tables/samba-trials.ts'
import { stepsTable, type Steps } from './tables/steps.ts'
import { trialTable, type Trials } from './tables/trial.ts'

/** The agent's memory on disk. Every call that changes something is durable when it returns. */
export interface Ledger {
  readonly generations: Generations
  readonly trial: Trials
  readonly steps: Steps
  readonly resources: Resources
  readonly locks: Locks
  readonly register: Registers
  readonly people: People
  readonly groups: Groups
  readonly firstPasswords: FirstPasswords
  readonly imports: Imports
  readonly sambaTrials: SambaTrials
  readonly clockLooks: ClockLooks
  readonly archive: Archive
  /** All of it or nothing, also over several tables. */
  transaction<T>(body: () => T): T
  close(): void
}

export interface OpenedLedger {
  readonly ledger: Ledger
  /** Where a damaged ledger was put, when the one opened is a new, empty one. */
  readonly damaged?: string
}

/**
 * Opens the ledger, brings it to this version's tables and checks it.
 * @param now milliseconds since the epoch, for the name of a damaged ledger.
 * @throws `STATE_NEWER` when a newer agent has written it, `DISK_FULL`, `LEDGER_DAMAGED` when it cannot be opened at all.
 */
export function openLedger(path: string, now: number): OpenedLedger {
  try {
    return { ledger: open(path) }
  } catch (error) {
    if (!(error instanceof BoxError) || error.code !== 'LEDGER_DAMAGED') throw error
  }
  const damaged = `${path}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '')}`
  for (const suffix of ['', '-wal', '-shm']) moveAside(`${path}${suffix}`, `${damaged}${suffix}`)
  return { ledger: open(path), damaged }
}

function open(path: string): Ledger {
  // Created by us, because SQLite would let everybody read it; its companions take their mode from it.
  closeSync(openSync(path, 'a', 0o600))
  const database = explained(() => new DatabaseSync(path))
  try {
    explained(() => database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 2000'))
    const store = storeOf(database)
    const report = store.all('pragma integrity_check').map((row) => String(row['integrity_check']))
    if (report[0] !== 'ok') throw new BoxError('LEDGER_DAMAGED', `The ledger ${path} is damaged: ${report[0]}`)
    migrate(path, store, database)
    return {
      generations: generationsTable(store),
      trial: trialTable(store),
      steps: stepsTable(store),
      resources: resourcesTable(store),
      locks: locksTable(store),
      register: registersTable(store),
      people: peopleTable(store),
      groups: groupsTable(store),
      firstPasswords: firstPasswordsTable(store),
      imports: importsTable(store),
      sambaTrials: sambaTrialsTable(store),
      clockLooks: clockLooksTable(store),
      archive: archiveTable(store),
      transaction: (body) => store.transaction(body),
      close: () => database.close(),
    }
  } catch (error) {
    database.close()
    throw error
  }
}

function migrate(path: string, store: Store, database: DatabaseSync): void {
  const version = Number(store.get('pragma user_version')?.['user_version'])
  if (version > migrations.length) {
    throw new BoxError('STATE_NEWER', `${path} has version ${version}; this agent knows ${migrations.length}`, {
      hint: 'Boot the newer system again. Services keep running as they are meanwhile.',
    })
  }
  store.transaction(() => {
    for (const sql of migrations.slice(version)) explained(() => database.exec(sql))
    explained(() => database.exec(`pragma user_version = ${migrations.length}`))
  })
}

function storeOf(database: DatabaseSync): Store {
  const prepared = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  const rows = (found: unknown): never => found as never
  return {
    all: (sql, ...values) => explained(() => rows(statement(sql).all(...values))),
    get: (sql, ...values) => explained(() => rows(statement(sql).get(...values))),
    run: (sql, ...values) => explained(() => void statement(sql).run(...values)),
    transaction(body) {
      if (database.isTransaction) return body()
      explained(() => database.exec('begin immediate'))
      try {
        const result = body()
        explained(() => database.exec('commit'))
        return result
      } catch (error) {
        // SQLite itself has already rolled back when the disk is full.
        if (database.isTransaction) database.exec('rollback')
        throw error
      }
    },
  }
}

/** SQLite's primary result codes: https://sqlite.org/rescode.html */
const sqlite = { corrupt: 11, full: 13, notADatabase: 26 } as const

function explained<T>(act: () => T): T {
  try {
    return act()
  } catch (cause) {
    const code = Number((cause as { errcode?: unknown }).errcode) & 0xff
    if (code === sqlite.full) {
      throw new BoxError('DISK_FULL', 'No space left to write the ledger in /var/lib/iserv', {
        cause,
        hint: 'Free some space on this disk (df -h shows how full it is) and try again.',
      })
    }
    if (code === sqlite.corrupt || code === sqlite.notADatabase) {
      throw new BoxError('LEDGER_DAMAGED', 'The ledger is damaged', { cause })
    }
    throw cause
  }
}

function moveAside(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
