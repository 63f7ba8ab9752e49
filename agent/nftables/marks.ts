import type { Device, Firewall } from './schema.ts'

/**
 * A packet's mark says where its device belongs and what it may do:
 *
 *     bits 0–15   number of the room, or of the network for devices without a room
 *     bit 16      may not use the internet
 *     bit 17      its DNS is filtered
 *
 * A lock is then one element, the number of the room, whoever is in it.
 */
export const markBits = { place: 0xffff, offline: 0x1_0000, filtered: 0x2_0000 } as const

export interface Place {
  /** `room r214` or `network school`. */
  readonly label: string
  readonly number: number
  readonly internet: boolean
  readonly dnsPort?: number
  readonly dnsPortWhenLocked?: number
}

export interface Places {
  readonly rooms: ReadonlyMap<string, Place>
  readonly networks: ReadonlyMap<string, Place>
}

/** Where devices can belong, each with a number of its own. */
export function placesOf(firewall: Firewall): Places {
  const networks = new Map(firewall.networks.map((network) => [network.name, network]))
  const numbers = placeNumbers(firewall)
  const place = (label: string, ...from: readonly (PlaceWishes | undefined)[]): Place => {
    const dnsPort = from.find((wish) => wish?.dnsPort !== undefined)?.dnsPort
    const dnsPortWhenLocked = from[0]?.dnsPortWhenLocked
    return {
      label,
      number: numbers.get(label) ?? 0,
      internet: from.find((wish) => wish?.internet !== undefined)?.internet ?? false,
      ...(dnsPort === undefined ? {} : { dnsPort }),
      ...(dnsPortWhenLocked === undefined ? {} : { dnsPortWhenLocked }),
    }
  }
  return {
    networks: new Map(firewall.networks.map((network) => [network.name, place(`network ${network.name}`, network)])),
    rooms: new Map(
      firewall.rooms.map((room) => [room.name, place(`room ${room.name}`, room, networks.get(room.network))]),
    ),
  }
}

interface PlaceWishes {
  readonly internet?: boolean | undefined
  readonly dnsPort?: number | undefined
  readonly dnsPortWhenLocked?: number | undefined
}

/** The mark of a place, or of a device in it with a permission of its own. */
export function markOf(place: Place, internet: boolean = place.internet): number {
  return place.number + (internet ? 0 : markBits.offline) + (place.dnsPort === undefined ? 0 : markBits.filtered)
}

/** Undefined for a device whose room or network is not in the model. */
export function placeOf(device: Device, places: Places): Place | undefined {
  return (device.place.kind === 'room' ? places.rooms : places.networks).get(device.place.name)
}

interface Named {
  readonly name: string
}

/** The numbers of rooms alone, for whoever locks one in a hurry. */
export function roomNumbers(house: {
  readonly networks: readonly Named[]
  readonly rooms: readonly Named[]
}): ReadonlyMap<string, number> {
  const numbers = placeNumbers(house)
  return new Map(house.rooms.map(({ name }) => [name, numbers.get(`room ${name}`) ?? 0]))
}

/**
 * Numbers by name instead of by position: a room more in the middle of the list must not give the others new marks,
 * for connections carry theirs over a replacement. Equal hashes move on to the next free number.
 */
function placeNumbers({
  networks,
  rooms,
}: {
  readonly networks: readonly Named[]
  readonly rooms: readonly Named[]
}): ReadonlyMap<string, number> {
  const labels = [...networks.map(({ name }) => `network ${name}`), ...rooms.map(({ name }) => `room ${name}`)]
  const numbers = new Map<string, number>()
  const taken = new Set([0])
  for (const label of labels.sort()) {
    let number = fnv1a(label)
    while (taken.has(number)) number = (number + 1) & markBits.place
    taken.add(number)
    numbers.set(label, number)
  }
  return numbers
}

/** FNV-1a, folded to 16 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c_9dc5
  for (const byte of text) hash = Math.imul(hash ^ (byte.codePointAt(0) ?? 0), 0x0100_0193)
  return ((hash >>> 16) ^ hash) & markBits.place
}
