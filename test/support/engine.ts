import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createClockWatch } from '../../agent/accounts/job/clock-watch.ts'
import { createImports, type Imports } from '../../agent/accounts/job/imports.ts'
import { createRegistrar, type Registrar } from '../../agent/accounts/registrar.ts'
import { createEngine, type Engine } from '../../agent/engine/engine.ts'
import { dataFolder } from '../../agent/engine/folders.ts'
import { type Ledger, openLedger } from '../../agent/engine/ledger.ts'
import { steadyClock } from '../../agent/engine/steady-clock.ts'
import type { AnyResource } from '../../agent/engine/resource.ts'
import { readState } from '../../agent/model/read.ts'
import type { System } from '../../agent/system/system.ts'

export interface Agent {
  /** As the agent sees it: with its own clock. */
  readonly system: System
  readonly engine: Engine
  readonly ledger: Ledger
  readonly registrar: Registrar
  readonly imports: Imports
  readonly damaged: string | undefined
}

export const ledgerIn = (root: string): string => join(root, dataFolder, 'ledger.sqlite')

export const current = (root: string, ...path: readonly string[]) => join(root, dataFolder, 'current', ...path)

/** What agent/main.ts does before it opens its sockets, for a machine whose files lie below a folder. */
export async function startAgent(
  root: string,
  local: System,
  resources: readonly AnyResource[],
  wrap: (ledger: Ledger) => Ledger = (ledger) => ledger,
): Promise<Agent> {
  mkdirSync(join(root, dataFolder), { recursive: true })
  const { ledger: opened, damaged } = openLedger(ledgerIn(root), local.clock.now())
  try {
    const ledger = wrap(opened)
    const system = { ...local, clock: steadyClock(local, ledger) }
    const engine = await createEngine({ system, ledger, resources, parse: readState })
    const registrar = createRegistrar({ system, ledger, engine })
    const imports = createImports({ system, ledger, engine, registrar, watch: createClockWatch({ system, ledger }) })
    return { system, engine, ledger: opened, registrar, imports, damaged }
  } catch (error) {
    opened.close()
    throw error
  }
}
