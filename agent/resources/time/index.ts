import { defineResource } from '../../engine/resource.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { describe, plan } from './plan.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'
import type { TimeActual, TimeDesired, TimeStep } from './schema.ts'

const unit = 'chrony.service'

/** chrony: the box's clock, and the time for everybody in the house. */
export const time = defineResource<TimeDesired, TimeActual, TimeStep>({
  name: 'time',
  after: ['interfaces'],
  derive,
  render,
  check,
  observe,
  plan,
  describe,
  apply: (_, system) => system.units.restart(unit),
  async reload(desired, system) {
    // A restart that the plan asks for anyway is left to it.
    if (plan(desired, await observe(system)).length === 0) await system.units.restart(unit)
  },
  probe,
})
