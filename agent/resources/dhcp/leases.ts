import { BoxError, isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { objectsOf, textOf } from './json.ts'
import { ask } from './kea.ts'
import type { DhcpNetwork, JsonObject } from './schema.ts'

/** An address that a device holds. */
export interface Lease {
  readonly address: string
  readonly mac: string
  /** As the device was told or calls itself; may be empty. */
  readonly hostname: string
  /** Milliseconds since the epoch: when the device last asked for it. */
  readonly since: number
  /** Milliseconds since the epoch. */
  readonly ends: number
}

/** Kea's state of a lease that somebody holds; the others are declined and expired. */
const assigned = 0

/** Leases in force, lowest address first. @throws `SOCKET_UNREACHABLE` when Kea does not run. */
export async function readLeases(system: System): Promise<readonly Lease[]> {
  const answer = await ask(system, 'lease4-get-all').catch((error: unknown) => {
    if (!isBoxError(error, 'SOCKET_UNREACHABLE')) throw error
    throw new BoxError('SOCKET_UNREACHABLE', 'Kea does not answer, so nobody knows the leases', {
      cause: error,
      hint: 'iserv-ctl box status tells what the agent does about it.',
    })
  })
  const now = system.clock.now()
  return objectsOf(answer['leases'])
    .filter((entry) => entry['state'] === assigned)
    .map((entry) => lease(entry))
    .filter(({ ends }) => ends > now)
    .toSorted((a, b) => order(a.address) - order(b.address))
}

/** A lease of an address that is reserved for another device. */
export interface HeldLease extends Lease {
  readonly reservedFor: string
}

/** Kea gives such an address to nobody, and the device it is reserved for gets another, until the lease ends. */
export function heldBy(leases: readonly Lease[], networks: readonly DhcpNetwork[]): readonly HeldLease[] {
  const owners = new Map(
    networks.flatMap(({ reservations }) =>
      reservations.flatMap((one) => (one.address === undefined ? [] : [[one.address, one] as const])),
    ),
  )
  return leases.flatMap((lease) => {
    const owner = owners.get(lease.address)
    return owner === undefined || owner.mac === lease.mac ? [] : [{ ...lease, reservedFor: owner.name }]
  })
}

function lease(entry: JsonObject): Lease {
  const since = Number(entry['cltt']) * 1000
  return {
    address: textOf(entry['ip-address']),
    mac: textOf(entry['hw-address']),
    hostname: textOf(entry['hostname']).replace(/\.$/, ''),
    since,
    ends: since + Number(entry['valid-lft']) * 1000,
  }
}

const order = (address: string): number => address.split('.').reduce((number, part) => number * 256 + Number(part), 0)
