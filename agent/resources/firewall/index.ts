import { defineResource } from '../../engine/resource.ts'
import { apply } from './apply.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { observeChanges } from './observe.ts'
import { describe, plan } from './plan.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'
import type { FirewallActual, FirewallDesired, FirewallStep } from './schema.ts'

/** nftables: who may talk to whom, and which rooms are locked. `observe` sees all of it, so nothing needs reloading. */
export const firewall = defineResource<FirewallDesired, FirewallActual, FirewallStep>({
  name: 'firewall',
  after: ['interfaces'],
  derive,
  render,
  check,
  observe: observeChanges,
  plan,
  describe,
  apply,
  probe,
})
