import { renameSync } from 'node:fs'
import { isBoxError } from '../errors.ts'
import { openDatabase, openWithoutRoom } from './database.ts'
import { migrate } from './migrate.ts'
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
  /** The disk is full: it can be read, and what is written fails until it is opened anew. */
  readonly full?: true
}

/**
 * Opens the ledger, brings it to this version's tables and checks it.
 * @param now milliseconds since the epoch, for the name of a damaged ledger.
 * @throws `STATE_NEWER` when something this agent uses was taken away since, `DISK_FULL` when there is no room even to read
 * it, `LEDGER_DAMAGED` when it cannot be opened at all.
 */
export function openLedger(path: string, now: number): OpenedLedger {
  try {
    return { ledger: open(path, openDatabase) }
  } catch (error) {
    if (isBoxError(error, 'DISK_FULL')) return { ledger: open(path, openWithoutRoom), full: true }
    if (!isBoxError(error, 'LEDGER_DAMAGED')) throw error
  }
  const damaged = `${path}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '')}`
  for (const suffix of ['', '-wal', '-shm']) moveAside(`${path}${suffix}`, `${damaged}${suffix}`)
  return { ledger: open(path, openDatabase), damaged }
}

function open(path: string, database: typeof openDatabase): Ledger {
  const { store, run, close } = database(path)
  try {
    migrate(path, { store, run })
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
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

function moveAside(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
