import { preparePlan } from '../../accounts/plan/prepare.ts'
import { importPlan } from '../../contract/import-plan.ts'
import { defineHandler, type Handler } from '../handler.ts'
import { schoolOf } from './people.ts'

export const importPlanHandlers: readonly Handler[] = [
  defineHandler(importPlan, (request, deps) =>
    preparePlan(request, { ...deps, state: schoolOf(deps), births: deps.caller.audience === 'root' }),
  ),
]
