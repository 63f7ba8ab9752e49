import { defineResource } from '../../engine/resource.ts'
import { derive } from './derive.ts'
import { describe, plan } from './plan.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'
import { apply, observe } from './running.ts'
import type { WebActual, WebDesired, WebStep } from './schema.ts'

/** nginx in front of the box's own page. */
export const web = defineResource<WebDesired, WebActual, WebStep>({
  name: 'web',
  after: ['interfaces', 'certificates'],
  derive,
  render,
  // nginx judges a configuration only with the rights to serve it, which the agent does not have; a running one keeps
  // its old configuration when it cannot read the new.
  check: async () => undefined,
  observe,
  plan,
  describe,
  apply,
  async reload(desired, system) {
    if (plan(desired, await observe(system)).length === 0) await system.units.reload('nginx.service')
  },
  probe,
})
