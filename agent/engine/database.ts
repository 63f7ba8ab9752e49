import { closeSync, copyFileSync, existsSync, openSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { BoxError } from '../errors.ts'
import type { Store } from './store.ts'

/** A file of SQLite as a store. */
export interface Database {
  readonly store: Store
  /** Several statements in one text. */
  readonly run: (sql: string) => void
  readonly close: () => void
}

/**
 * Opens or makes a database that only root can read.
 * @throws `DISK_FULL`, `LEDGER_DAMAGED`
 */
export function openDatabase(path: string): Database {
  // Created by us, because SQLite would let everybody read it; its companions take their mode from it.
  explained(() => closeSync(openSync(path, 'a', 0o600)))
  return checked(path, pragmas, {})
}

const pragmas = 'pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 2000'

/**
 * Opens a database on a full disk, where SQLite has no room for its index of what was written last: it lies in memory
 * then, and nobody else can open the database meanwhile. It can be read; what is written fails until there is room.
 */
export function openWithoutRoom(path: string): Database {
  return checked(path, `pragma locking_mode = exclusive; ${pragmas}`, {})
}

/** Opens a database that must be there, for reading only. */
export function readDatabase(path: string): Database {
  return checked(path, 'pragma busy_timeout = 10000', { readOnly: true })
}

/**
 * Opens a copy of a database that nobody writes meanwhile, as of its last transaction. Nothing is written where it lies:
 * its disk may be full.
 * @param folder where the copy lies until it is closed
 */
export function openCopy(path: string, folder: string): Database {
  const copy = join(folder, basename(path))
  const forget = (): void => ['', '-wal', '-shm'].forEach((suffix) => rmSync(`${copy}${suffix}`, { force: true }))
  try {
    forget()
    copyFileSync(path, copy)
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
    const database = checked(copy, '', {})
    const close = (): void => {
      database.close()
      forget()
    }
    return { ...database, close }
  } catch (error) {
    forget()
    throw error
  }
}

function checked(path: string, pragmas: string, options: { readonly readOnly?: boolean }): Database {
  // The schema of a file that came from elsewhere calls nothing that could do more than calculate.
  const database = explained(() => new DatabaseSync(path, { defensive: true, ...options }))
  try {
    explained(() => database.exec(`pragma trusted_schema = off; ${pragmas}`))
    const store = storeOf(database)
    const report = store.all('pragma integrity_check').map((row) => String(row['integrity_check']))
    if (report[0] !== 'ok') throw new BoxError('LEDGER_DAMAGED', `The ledger ${path} is damaged: ${report[0]}`)
    return { store, run: (sql) => explained(() => database.exec(sql)), close: () => database.close() }
  } catch (error) {
    database.close()
    throw error
  }
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
/** Of its extended codes those that tell of no room beside the database. */
const noRoom: readonly unknown[] = [/* IOERR_SHMOPEN */ 4618, /* IOERR_SHMSIZE */ 4874, /* IOERR_SHMMAP */ 5386]

function explained<T>(act: () => T): T {
  try {
    return act()
  } catch (cause) {
    const { errcode, code: name } = cause as { readonly errcode?: unknown; readonly code?: unknown }
    const code = Number(errcode) & 0xff
    if (code === sqlite.full || noRoom.includes(errcode) || name === 'ENOSPC') {
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
