import { BoxError } from '../../errors.ts'
import { profileFor, profilePort, type FilterProfile } from '../../model/filters.ts'
import type { RoomLock } from '../../model/lock.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { SchoolState } from '../../model/state.ts'

/** On whose behalf a name is looked up, and where this one's questions end up. */
export interface Asker {
  readonly profile: FilterProfile | undefined
  readonly locked: boolean
  /** In a network for which the house has no names. */
  readonly guest: boolean
  readonly address: string
  readonly port: number
}

const dnsPort = 53

/** The box itself, for which nothing is filtered. */
export const box: Asker = { profile: undefined, locked: false, guest: false, address: '127.0.0.1', port: dnsPort }

/**
 * @param name of a room, a device or a network.
 * @throws `DEVICE_UNKNOWN` when there is none of that name.
 */
export function askerOf(name: string, state: SchoolState, locks: readonly RoomLock[]): Asker {
  const { devices, rooms, networks, filters } = state
  const device = devices.find((one) => one.name === name)
  const room = rooms.find((one) => one.name === (device?.room ?? name))
  const network = networks.find((one) => one.name === (room?.network ?? device?.network ?? name))
  if (network === undefined) {
    const known = [...rooms, ...devices, ...networks].map((one) => one.name)
    throw new BoxError('DEVICE_UNKNOWN', `There is no room, device or network "${name}".${didYouMean(name, known)}`)
  }
  const locked = room !== undefined && locks.some((lock) => lock.room === room.name)
  const profile = profileFor(filters, network, room, locked)
  const port = profile === undefined ? dnsPort : profilePort(filters.profiles.indexOf(profile))
  return { profile, locked, guest: network.kind === 'guest', address: network.ipv4.split('/')[0] ?? '', port }
}
