import type { Test } from 'tap'
import { createClockWatch } from '../../agent/accounts/job/clock-watch.ts'
import { createImports, type Imports } from '../../agent/accounts/job/imports.ts'
import { createRegistrar } from '../../agent/accounts/registrar.ts'
import { openSeal, type Seal } from '../../agent/accounts/seal.ts'
import { type Ledger, openLedger } from '../../agent/engine/ledger.ts'
import type { SchoolState } from '../../agent/model/state.ts'
import type { System } from '../../agent/system/system.ts'
import { startDirectory } from './directory.ts'
import { dying, type Life } from './dying.ts'

/** What of the agent carries imports, dying and starting again before one directory, one disk and one ledger. */

export interface Awake {
  readonly ledger: Ledger
  readonly imports: Imports
  die(): Promise<void>
}

export interface Lives {
  readonly system: System
  /** The box's root folder, seen from this machine. */
  readonly root: string
  readonly seal: Seal
  /** An agent that lives. */
  readonly wake: () => Awake
  /** One that dies when its life is over. */
  readonly wakeDying: (life: Life, done: boolean) => Awake
  /** Accounts in the directory by login. */
  readonly accounts: () => Promise<ReadonlyMap<string, { readonly guid: string; readonly disabled: boolean }>>
}

/** @param ledgerFile where the ledger lies, on this machine */
export async function startLives(
  t: Test,
  ledgerFile: string,
  change: (state: SchoolState) => SchoolState,
): Promise<Lives> {
  const box = await startDirectory(t)
  const system = { ...box.system, journal: { write: () => undefined } }
  const state = change(box.school)
  const start = (world: System, wrap: (ledger: Ledger) => Ledger): Awake => {
    const { ledger: opened } = openLedger(ledgerFile, 0)
    const ledger = wrap(opened)
    const engine = { state: () => state, declared: () => ({ state, locks: [] }) }
    const registrar = createRegistrar({ system: world, ledger, engine })
    const stop = new AbortController()
    const imports = createImports({
      system: world,
      ledger,
      engine,
      registrar,
      watch: createClockWatch({ system: world, ledger }),
    })
    const tending = imports.tend(stop.signal)
    return {
      ledger: opened,
      imports,
      async die() {
        stop.abort()
        await tending
        opened.close()
      },
    }
  }
  return {
    system,
    root: box.root,
    seal: await openSeal(system),
    wake: () => start(system, (ledger) => ledger),
    wakeDying: (life, done) =>
      start({ ...dying(system, life, done), journal: system.journal }, (ledger) => dying(ledger, life, done)),
    async accounts() {
      const found = await system.directory.search({
        base: 'OU=People,OU=School,DC=schule,DC=lan',
        scope: 'one',
        filter: '(objectClass=user)',
        attributes: ['sAMAccountName', 'objectGUID', 'userAccountControl'],
        binary: ['objectGUID'],
      })
      return new Map(
        found.map(({ attributes }) => [
          String(attributes['sAMAccountName']?.[0]),
          {
            guid: Buffer.from(attributes['objectGUID']?.[0] ?? '').toString('hex'),
            // MS-ADTS 2.2.16, ADS_UF_ACCOUNT_DISABLE.
            disabled: (Number(attributes['userAccountControl']?.[0]) & 2) !== 0,
          },
        ]),
      )
    },
  }
}

/** Until the last import is at its end; null when there was none. */
export async function finished({ imports }: Pick<Awake, 'imports'>) {
  let seen = imports.status()
  while (seen.import?.ended === null) seen = await imports.news(seen.revision)
  return seen.import
}

/** Until the cut is felt, or everything is done. @returns whether this life was long enough. */
export async function survived({ imports }: Pick<Awake, 'imports'>, life: Life): Promise<boolean> {
  let seen = imports.status()
  while (life.left >= 0 && seen.import?.ended === null) seen = await imports.news(seen.revision)
  return life.left >= 0
}
