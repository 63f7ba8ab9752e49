import { defineResource } from '../../engine/resource.ts'
import { apply } from './apply.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { describe, plainAddress, plan } from './plan.ts'
import { probe } from './probe.ts'
import { render } from './render.ts'
import type { DirectoryActual, DirectoryDesired, DirectoryStep } from './schema.ts'

/** Samba: the domain controller, and what every school's directory holds before the first person. */
export const directory = defineResource<DirectoryDesired, DirectoryActual, DirectoryStep>({
  name: 'directory',
  // Last of all: making it takes ten seconds, and the network must not wait for them.
  after: ['interfaces', 'firewall', 'dhcp', 'dns', 'time', 'web', 'certificates'],
  derive,
  render,
  check,
  observe,
  plan,
  describe,
  apply,
  async reload(desired, system) {
    const { domain } = desired
    const actual = await observe(system)
    // A start that the plan asks for anyway is left to it.
    if (
      domain !== undefined &&
      actual.active &&
      !plan(desired, actual).some(({ kind }) => ['start', 'stop'].includes(kind))
    ) {
      await apply({ kind: 'start', reason: 'its configuration has changed', address: plainAddress(domain) }, system)
    }
  },
  probe,
})
