import { defineResource } from '../../engine/resource.ts'
import { apply } from './apply.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { describe, plan } from './plan.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'

/** Ports, bridges, VLANs and addresses of the box, by systemd-networkd. */
export const interfaces = defineResource({
  name: 'interfaces',
  after: [],
  derive,
  render,
  check,
  observe,
  plan,
  describe,
  apply,
  probe,
})
