import { type Subnet, subnetOf } from '../address.ts'
import type { Device } from '../device.ts'
import type { Path } from '../document.ts'
import type { Network } from '../network.ts'
import type { Remark } from '../remark.ts'
import type { SchoolState, Section } from '../state.ts'

/** How much of a section is there: what had mistakes was left out of a state that is checked in spite of them. */
export interface Present {
  /** Nothing was left out. */
  readonly isWhole: (section: Section) => boolean
  /** No entry was left out, at most words that are unknown. */
  readonly hasAll: (section: Section) => boolean
}

const everything: Present = { isWhole: () => true, hasAll: () => true }

/** What every check may look up; made once for all of them. */
export interface Survey extends Present {
  readonly state: SchoolState
  /** The first network of a name, where a name is given twice. */
  readonly network: (name: string | undefined) => Network | undefined
  /** Where a device stands: in its room's network or in its own. */
  readonly networkOf: (device: Device) => Network | undefined
  readonly ipv4: (network: Network) => Subnet
  readonly ipv6: (network: Network) => Subnet | undefined
  /** Names another place in a sentence: `line 57`. */
  readonly refer: (path: Path, from: Path) => string
}

/** One rule that no single value can break alone. Pure. */
export type Check = (survey: Survey) => readonly Remark[]

export function survey(state: SchoolState, refer: Survey['refer'], present = everything): Survey {
  const networks = new Map(state.networks.toReversed().map((network) => [network.name as string, network]))
  const rooms = new Map(state.rooms.toReversed().map((room) => [room.name as string, room]))
  const subnets = new Map<string, Subnet>()
  const subnet = (text: string): Subnet => {
    const known = subnets.get(text) ?? subnetOf(text)
    if (known === undefined) throw new TypeError(`${text} is no subnet though the schema let it pass`)
    subnets.set(text, known)
    return known
  }
  const network = (name: string | undefined): Network | undefined => networks.get(name ?? '')
  return {
    state,
    network,
    networkOf: (device) => network(device.room === undefined ? device.network : rooms.get(device.room)?.network),
    ipv4: ({ ipv4 }) => subnet(ipv4),
    ipv6: ({ ipv6 }) => (ipv6 === undefined ? undefined : subnet(ipv6)),
    refer,
    ...present,
  }
}

/** Entries that share a key with an earlier one, together with the first of that key. */
export function repeated<Entry>(
  entries: Iterable<Entry>,
  key: (entry: Entry) => string,
): readonly (readonly [Entry, Entry])[] {
  const first = new Map<string, Entry>()
  const pairs: [Entry, Entry][] = []
  for (const entry of entries) {
    const earlier = first.get(key(entry))
    if (earlier === undefined) first.set(key(entry), entry)
    else pairs.push([entry, earlier])
  }
  return pairs
}
