import { defineResource } from '../../engine/resource.ts'
import { apply } from './apply.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { describe, plan } from './plan.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'
import type { SshActual, SshDesired, SshStep } from './schema.ts'

/** sshd: the way in for those who administer the box from elsewhere. */
export const ssh = defineResource<SshDesired, SshActual, SshStep>({
  name: 'ssh',
  // It waits for nobody: whoever comes to mend something must get in.
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
