import { defineResource } from '../../engine/resource.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { describe, plan } from './plan.ts'
import type { NeighboursActual, NeighboursDesired, NeighboursStep } from './schema.ts'

/**
 * The kernel's table of neighbours: the address of a declared device belongs to its card, whatever another device on the
 * cable says (ARP is not signed). Nothing depends on it, and nothing lies in files.
 */
export const neighbours = defineResource<NeighboursDesired, NeighboursActual, NeighboursStep>({
  name: 'neighbours',
  after: ['interfaces'],
  derive,
  render: () => [],
  check: async () => undefined,
  observe,
  plan,
  describe,
  async apply({ set, released }, { processes }) {
    const commands = [
      ...released.map(({ address, bridge }) => `neighbour delete ${address} dev ${bridge}`),
      ...set.map(
        ({ address, bridge, mac }) => `neighbour replace ${address} lladdr ${mac} dev ${bridge} nud permanent`,
      ),
    ]
    await processes.run(['ip', '-batch', '-'], { input: commands.map((line) => `${line}\n`).join('') })
  },
  probe: async () => [],
})
