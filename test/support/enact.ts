import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { converge } from '../../agent/engine/converge.ts'
import { enact } from '../../agent/engine/enact.ts'
import { openLedger } from '../../agent/engine/ledger.ts'
import { prepareAll } from '../../agent/engine/prepare.ts'
import type { AnyResource, Finding } from '../../agent/engine/resource.ts'
import type { SchoolState } from '../../agent/model/state.ts'
import type { System } from '../../agent/system/system.ts'

export interface Looked {
  /** What was done; empty when everything was in place. */
  readonly lines: readonly string[]
  /** Undefined when nothing was done and nobody asked for proof. */
  readonly findings?: readonly Finding[]
}

export interface Enactor {
  /** Makes a state the box's next generation, and its services equal to it; what was done, by resource. */
  readonly enact: (state: SchoolState) => Promise<Readonly<Record<string, Looked>>>
  /** Looks at the services again under the state enacted last, as the agent does every half minute. */
  readonly tend: () => Promise<Readonly<Record<string, Looked>>>
  /** The same, with every service asked for proof; what they found, by resource. */
  readonly prove: () => Promise<Readonly<Record<string, readonly Finding[]>>>
}

/** The engine's own way from a state to running services, for the resources under test only and without its clock. */
export function enactorOn(
  t: { teardown(handler: () => void): unknown },
  system: System,
  resources: readonly AnyResource[],
): Enactor {
  const folder = mkdtempSync(join(tmpdir(), 'iserv-enact-'))
  const { ledger } = openLedger(join(folder, 'ledger.sqlite'), Date.now())
  t.teardown(() => {
    ledger.close()
    rmSync(folder, { recursive: true })
  })
  const seen = new Map()
  let last: { readonly number: number; readonly state: SchoolState } | undefined
  const look = async (proveIt: boolean): Promise<Readonly<Record<string, Looked>>> => {
    if (last === undefined) return {}
    const done: Record<string, Looked> = {}
    const prepared = prepareAll(resources, { state: last.state, locks: [] })
    for (const one of prepared) {
      done[one.name] = { lines: await converge(() => one, last.number, { system, ledger, seen }) }
    }
    for (const one of prepared) {
      const lines = done[one.name]?.lines ?? []
      if (proveIt || lines.length > 0) done[one.name] = { lines, findings: await one.probe(system) }
    }
    return done
  }
  return {
    async enact(state) {
      const number = ledger.generations.next()
      const generation = { number, documents: [], at: Date.now(), by: 'test', reason: 'test' } as const
      await enact({ ...generation, outcome: 'prepared', detail: '' }, state, undefined, { system, ledger, resources })
      last = { number, state }
      return look(true)
    },
    tend: () => look(false),
    async prove() {
      return Object.fromEntries(Object.entries(await look(true)).map(([name, { findings = [] }]) => [name, findings]))
    },
  }
}
