import { rolesIn } from '../../accounts/job/judge.ts'
import { importApply, importStatus, importUndo } from '../../contract/import-job.ts'
import { defineHandler, type Handler } from '../handler.ts'
import { refuseAdministrators } from './people.ts'

export const importJobHandlers: readonly Handler[] = [
  defineHandler(importApply, ({ plan, dryRun }, { imports, ledger, caller }) => {
    // Who is an administrator by the time it is carried out is one now: it fits this revision of the register only.
    refuseAdministrators(caller, ...rolesIn(plan, (id) => ledger.people.byId(id)?.role))
    return imports.apply(plan, caller.by, dryRun)
  }),
  defineHandler(importStatus, ({ after }, { imports }) =>
    after === undefined ? imports.status() : imports.news(after),
  ),
  defineHandler(importUndo, async ({ dryRun }, { imports, caller }) => ({
    import: await imports.undo(dryRun, (roles) => refuseAdministrators(caller, ...roles)),
  })),
]
