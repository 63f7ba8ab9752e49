import { defineResource } from '../../engine/resource.ts'
import { apply } from './apply.ts'
import { check } from './check.ts'
import { fastReload } from './control.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { describe, mustReload, plan } from './plan.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'
import { warn } from './warn.ts'
import type { DnsActual, DnsDesired, DnsStep } from './schema.ts'

/** unbound: the house's names, the internet's names, and which of them exist for whom. */
export const dns = defineResource<DnsDesired, DnsActual, DnsStep>({
  name: 'dns',
  after: ['interfaces'],
  derive,
  render,
  check,
  warn,
  observe,
  plan,
  describe,
  apply,
  async reload(desired, system) {
    if (mustReload(desired, await observe(system))) await fastReload(system)
  },
  probe,
})
