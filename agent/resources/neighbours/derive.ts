import { bridgeOf } from '../../model/network.ts'
import type { SchoolState } from '../../model/state.ts'
import type { NeighboursDesired } from './schema.ts'

/** Only devices with an address of their own: others may get another one at any time. */
export function derive({ state }: { readonly state: SchoolState }): NeighboursDesired {
  const { networks, rooms, devices } = state
  const bridges = new Map<string, string>(networks.map((network) => [network.name, bridgeOf(network)]))
  const homes = new Map<string, string>(rooms.map(({ name, network }) => [name, network]))
  return {
    bridges: [...bridges.values()],
    neighbours: devices.flatMap(({ mac, address, room, network }) => {
      const bridge = bridges.get(network ?? homes.get(room ?? '') ?? '')
      return address === undefined || bridge === undefined ? [] : [{ bridge, address, mac }]
    }),
  }
}
