import { defineResource } from '../../engine/resource.ts'
import { apply } from './apply.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { describe, plan } from './plan.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'
import { warn } from './warn.ts'

/** Addresses for the school's devices, by Kea. */
export const dhcp = defineResource({
  name: 'dhcp',
  after: ['interfaces'],
  derive,
  render,
  check,
  warn,
  observe,
  plan,
  describe,
  apply,
  probe,
})
