import type { SchoolState } from '../../model/state.ts'
import type { Listing } from '../../nftables/listing.ts'
import type { Rule } from '../../nftables/ruleset.ts'
import type { System } from '../../system/system.ts'
import { firewallOf } from './derive.ts'
import { observe } from './observe.ts'

/** What is open as declared, and what the kernel has counted. */
export async function show(state: SchoolState, system: System) {
  const { listing, bridge, foreign } = await observe(system)
  const { uplink, networks, rooms, devices, services, forwards, limits } = firewallOf(state)
  const roomsByName = new Map(rooms.map((room) => [room.name, room]))
  const zones = networks.map(({ name, zone, interface: bridge, internet, internetForUnknown }) => {
    const inside = devices.filter(
      ({ place }) => name === (place.kind === 'room' ? roomsByName.get(place.name)?.network : place.name),
    )
    const without = inside.filter((device) => {
      const room = device.place.kind === 'room' ? roomsByName.get(device.place.name) : undefined
      return !(device.internet ?? room?.internet ?? internet)
    })
    return {
      name,
      zone,
      interface: bridge,
      internet: internetForUnknown ?? internet,
      devices: inside.length,
      withoutInternet: without.length,
    }
  })
  const outside = {
    name: 'uplink',
    zone: 'uplink' as const,
    interface: uplink.interface,
    internet: null,
    devices: 0,
    withoutInternet: 0,
  }
  return {
    inForce: listing !== undefined && bridge !== undefined,
    zones: [outside, ...zones],
    services: services.map(({ name, protocol, ports, from, sources, devices: cards, rooms: places }) => ({
      name,
      protocol,
      ports: [...ports],
      from: [...from],
      ...((sources ?? cards ?? places) === undefined
        ? {}
        : { sources: [...(sources ?? []), ...(cards ?? []), ...(places ?? []).map((room) => `room ${room}`)] }),
    })),
    forwards: forwards.map(({ name, protocol, port, to }) => ({
      name,
      protocol,
      port,
      to: `${to.address}:${to.port}`,
    })),
    limits,
    lockedRooms: listing?.sets.find(({ name }) => name === 'locked')?.elements.length ?? 0,
    counters: [listing, bridge].flatMap((one) => (one === undefined ? [] : countersOf(one))),
    bans: listing === undefined ? [] : bansOf(listing),
    foreign: [...foreign],
  }
}

/** Addresses the kernel drops packets from: floods of the uplink, and inside whoever guesses passwords, with the seconds that are left. */
export function bansOf({
  sets,
}: Pick<Listing, 'sets'>): readonly { readonly address: string; readonly seconds: number }[] {
  return sets
    .filter(({ name }) => ['banned4', 'banned6', 'guessing'].includes(name))
    .flatMap(({ elements }) => elements.map(({ key, expires = 0 }) => ({ address: String(key), seconds: expires })))
}

/** Rules of both families that say the same are one line. */
function countersOf({ chains }: Listing) {
  const counters = new Map<string, { rule: string; chain: string; packets: number; bytes: number }>()
  for (const { name: chain, rules } of chains) {
    for (const { comment: rule = '', expr } of rules) {
      const counted = counterOf(expr)
      if (counted === undefined) continue
      const before = counters.get(`${chain} ${rule}`) ?? { rule, chain, packets: 0, bytes: 0 }
      const { packets, bytes } = { packets: before.packets + counted.packets, bytes: before.bytes + counted.bytes }
      counters.set(`${chain} ${rule}`, { rule, chain, packets, bytes })
    }
  }
  return [...counters.values()]
}

interface Counter {
  readonly packets: number
  readonly bytes: number
}

function counterOf(expr: Rule['expr']): Counter | undefined {
  const found = expr.find((statement) => 'counter' in statement)
  return found === undefined ? undefined : (found['counter'] as unknown as Counter)
}
