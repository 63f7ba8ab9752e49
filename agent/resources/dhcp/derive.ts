import type { Declared } from '../../engine/resource.ts'
import { addressNumber, addressText, subnetOf, subnetText } from '../../model/address.ts'
import type { Device } from '../../model/device.ts'
import { bridgeOf, type Network } from '../../model/network.ts'
import type { SchoolState } from '../../model/state.ts'
import type { Desired, DhcpNetwork, Reservation } from './schema.ts'

export function derive({ state }: Declared): Desired {
  const devices = devicesByNetwork(state)
  return {
    language: state.school.language,
    domain: state.school.domain,
    networks: state.networks.flatMap((network) => dhcpNetwork(network, devices.get(network.name) ?? [])),
  }
}

function devicesByNetwork({ rooms, devices }: SchoolState): ReadonlyMap<string, readonly Device[]> {
  const networkOfRoom = new Map<string, string>(rooms.map((room) => [room.name, room.network]))
  return Map.groupBy(devices, (device) => device.network ?? networkOfRoom.get(device.room ?? '') ?? '')
}

function dhcpNetwork(network: Network, devices: readonly Device[]): readonly DhcpNetwork[] {
  const subnet = subnetOf(network.ipv4)
  if (subnet === undefined) return []
  const reserved = devices.flatMap(({ address }) => (address === undefined ? [] : [address as string]))
  const box = addressText(subnet.address, 4)
  const taken = [box, ...reserved].map((address) => addressNumber(address) ?? subnet.first)
  return [
    {
      name: network.name,
      bridge: bridgeOf(network),
      // The subnet's own number: unique, because subnets do not overlap, and the same whatever else is declared.
      id: Number(subnet.first),
      subnet: subnetText(subnet),
      box,
      lease: network.lease,
      pools: network.pool === undefined ? [] : without(network.pool, [subnet.first, ...taken, subnet.last]),
      reservations: devices.map((device) => reservation(device)),
    },
  ]
}

function reservation({ mac, name, address }: Device): Reservation {
  return { mac, name, ...(address === undefined ? {} : { address }) }
}

/** The pool in pieces around addresses that belong to somebody. Kea then need not ask for each address whose it is. */
function without({ from, to }: { from: string; to: string }, taken: readonly bigint[]): readonly string[] {
  const first = addressNumber(from) ?? 0n
  const last = addressNumber(to) ?? 0n
  const inside = [...new Set(taken)]
    .filter((address) => first <= address && address <= last)
    .toSorted((a, b) => (a < b ? -1 : 1))
  const starts = [first, ...inside.map((address) => address + 1n)]
  const ends = [...inside.map((address) => address - 1n), last]
  return starts.flatMap((start, index) => {
    const end = ends[index] ?? last
    return start <= end ? [rangeText(start, end)] : []
  })
}

/** Kea gives a range that is a whole prefix back as that prefix. */
function rangeText(first: bigint, last: bigint): string {
  const size = last - first + 1n
  const aligned = (size & (size - 1n)) === 0n && first % size === 0n
  if (aligned) return `${addressText(first, 4)}/${32 - (size.toString(2).length - 1)}`
  return `${addressText(first, 4)}-${addressText(last, 4)}`
}
