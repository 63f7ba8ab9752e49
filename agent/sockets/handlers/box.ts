import { boxReconcile, type BoxStatus, boxStatus } from '../../contract/box.ts'
import type { SchoolState } from '../../model/state.ts'
import { defineHandler, type Handler } from '../handler.ts'
import { portsOf } from './port.ts'
import { summaryOf } from './state.ts'

const schoolOf = ({ school, directory }: SchoolState): NonNullable<BoxStatus['school']> => ({
  name: school.name,
  domain: school.domain,
  directory: directory !== undefined,
})

export const boxHandlers: readonly Handler[] = [
  defineHandler(boxStatus, async (_request, { system, ledger, engine, version }) => {
    const { running, resources, trial, held } = engine.status()
    const current = ledger.generations.current()
    return {
      version,
      school: running === undefined ? null : schoolOf(running.state),
      generation: current === undefined ? null : summaryOf(current, current.number),
      held: held === undefined ? null : { code: held.code, message: held.message, hint: held.hint ?? null },
      resources: resources.map(({ name, state, since, detail, findings }) => ({
        name,
        state,
        since,
        detail,
        findings: [...findings],
      })),
      ports: await portsOf(system, running?.state),
      trial: trial ?? null,
      locks: [...ledger.locks.list(system.clock.now())],
    }
  }),

  defineHandler(boxReconcile, async (_request, { engine }) => {
    const reports = await engine.reconcile(false)
    return { resources: reports.map((one) => ({ ...one, lines: [...one.lines] })) }
  }),
]
