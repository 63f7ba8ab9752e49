import { defineResource } from '../../engine/resource.ts'
import { apply, restart } from './apply.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { describe, plan } from './plan.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'
import type { WlanActual, WlanDesired, WlanStep } from './schema.ts'

/** FreeRADIUS: who may sign in to the wireless network, and into which network. */
export const wlan = defineResource<WlanDesired, WlanActual, WlanStep>({
  name: 'wlan',
  after: ['interfaces', 'certificates', 'directory'],
  derive,
  render,
  check,
  observe,
  plan,
  describe,
  apply,
  async reload(desired, system) {
    // What was repaired may have been loaded meanwhile. A restart that the plan asks for anyway is left to it.
    if (desired.service !== undefined && plan(desired, await observe(system)).length === 0) await restart(system)
  },
  probe,
})
