import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClockWatch } from '../../agent/accounts/job/clock-watch.ts'
import { createImports } from '../../agent/accounts/job/imports.ts'
import { sealPlan } from '../../agent/accounts/plan/sealed.ts'
import { createRegistrar } from '../../agent/accounts/registrar.ts'
import { openSeal } from '../../agent/accounts/seal.ts'
import { openLedger } from '../../agent/engine/ledger.ts'
import type { ImportPlan } from '../../agent/model/import-plan.ts'
import { directorySchool, type DirectoryBox, startDirectory } from './directory.ts'
import { planOf } from './people-readings.ts'

/** What the benches of imports have in common: the agent's part for people, before a real directory and a real disk. */
export interface ImportBench {
  readonly box: DirectoryBox
  plan(readings: Parameters<typeof planOf>[0], more?: Parameters<typeof planOf>[2]): ImportPlan
  /** Carries a plan out to its end; seconds. */
  carryOut(plan: ImportPlan): Promise<number>
  ledger: ReturnType<typeof openLedger>['ledger']
}

export async function withImportBench<T>(work: (bench: ImportBench) => Promise<T>): Promise<T> {
  const cleanups: (() => unknown)[] = []
  const t = { teardown: (handler: () => Promise<void> | void) => cleanups.push(handler) }
  try {
    const box = await startDirectory(t as Parameters<typeof startDirectory>[0])
    const state = directorySchool()
    const folder = mkdtempSync(join(tmpdir(), 'import-bench-'))
    const { ledger } = openLedger(join(folder, 'ledger.sqlite'), Date.now())
    const engine = { state: () => state, declared: () => ({ state, locks: [] }) }
    const registrar = createRegistrar({ system: box.system, ledger, engine })
    const imports = createImports({
      system: box.system,
      ledger,
      engine,
      registrar,
      watch: createClockWatch({ system: box.system, ledger }),
    })
    const stop = new AbortController()
    const tending = imports.tend(stop.signal)
    cleanups.push(async () => {
      stop.abort()
      await tending
      ledger.close()
      rmSync(folder, { recursive: true })
    })
    return await work({
      box,
      ledger,
      plan: (readings, more) => planOf(readings, ledger.register.snapshot(), { state, ...more }).plan,
      async carryOut(plan) {
        const begin = performance.now()
        const { import: begun } = await imports.apply(sealPlan(plan, await openSeal(box.system)), 'bench', false)
        let seen = imports.status()
        let stage: string | undefined
        while (begun !== null && seen.import?.ended === null) {
          if (seen.import.stage !== stage) {
            stage = seen.import.stage
            console.error(`  ${stage} after ${((performance.now() - begin) / 1000).toFixed(1)} s`)
          }
          seen = await imports.news(seen.revision)
        }
        const seconds = (performance.now() - begin) / 1000
        const failed = seen.import?.refused ?? []
        if (failed.length > 0) throw new Error(`refused: ${JSON.stringify(failed.slice(0, 3))}`)
        return seconds
      },
    })
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  }
}
