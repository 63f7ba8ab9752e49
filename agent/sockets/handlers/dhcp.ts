import { type DhcpLease, dhcpLeases } from '../../contract/dhcp.ts'
import { BoxError } from '../../errors.ts'
import { addressNumber, contains, subnetOf } from '../../model/address.ts'
import type { Device } from '../../model/device.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { SchoolState } from '../../model/state.ts'
import { type Lease, readLeases } from '../../resources/dhcp/leases.ts'
import { defineHandler } from '../handler.ts'
import type { z } from 'zod'

export const dhcpHandlers = [
  defineHandler(dhcpLeases, async ({ room, network }, { engine, system }) => {
    const state = engine.state()
    refuseUnknown('ROOM_UNKNOWN', 'room', room, state.rooms)
    refuseUnknown('NETWORK_UNKNOWN', 'network', network, state.networks)
    const leases = (await readLeases(system)).map(namer(state))
    return {
      leases: leases.filter(
        (lease) => (room === undefined || lease.room === room) && (network === undefined || lease.network === network),
      ),
    }
  }),
]

/** Tells a lease in the school's own words. */
function namer({ devices, networks }: SchoolState): (lease: Lease) => z.input<typeof DhcpLease> {
  const deviceOf = new Map<string, Device>(devices.map((device) => [device.mac, device]))
  const subnets = networks.map(({ name, ipv4 }) => ({ name, subnet: subnetOf(ipv4) }))
  return ({ address, mac, hostname, since, ends }) => {
    const device = deviceOf.get(mac)
    const number = addressNumber(address) ?? -1n
    const network = subnets.find(({ subnet }) => subnet !== undefined && contains(subnet, number))
    return {
      address,
      mac,
      network: network?.name ?? null,
      device: device?.name ?? null,
      room: device?.room ?? null,
      hostname,
      since,
      ends,
    }
  }
}

function refuseUnknown(
  code: 'ROOM_UNKNOWN' | 'NETWORK_UNKNOWN',
  kind: string,
  name: string | undefined,
  known: readonly { readonly name: string }[],
): void {
  if (name === undefined || known.some((one) => one.name === name)) return
  const names = known.map((one) => one.name)
  throw new BoxError(code, `There is no ${kind} "${name}".${didYouMean(name, names)}`)
}
