import { addressNumber, addressText, contains } from '../model/address.ts'
import { survey } from '../model/checks/survey.ts'
import { Ipv4 } from '../model/scalars.ts'
import type { SchoolState } from '../model/state.ts'

/**
 * The next address nobody has: behind those of the same room where there are any, else the first of the network; never
 * in the pool. Undefined when the network is full, or there is no such place.
 */
export function freeAddress(
  state: SchoolState,
  place: { readonly room?: string | undefined; readonly network?: string | undefined },
): Ipv4 | undefined {
  const { network: find, ipv4 } = survey(state, () => '')
  const network = find(
    place.room === undefined ? place.network : state.rooms.find(({ name }) => name === place.room)?.network,
  )
  if (network === undefined) return undefined
  const subnet = ipv4(network)
  const number = (text: string | undefined): bigint => addressNumber(text ?? '') ?? -1n
  const taken = new Set([
    subnet.address,
    number(state.directory?.address),
    ...state.devices.map(({ address }) => number(address)),
  ])
  const pool = { first: number(network.pool?.from), last: number(network.pool?.to) }
  const inRoom = state.devices.filter(
    ({ room, address }) => room !== undefined && room === place.room && address !== undefined,
  )
  const start =
    inRoom.reduce((highest, { address }) => (number(address) > highest ? number(address) : highest), subnet.first) + 1n
  for (const from of [start, subnet.first + 1n]) {
    for (let address = from; address < subnet.last; address += 1n) {
      if (contains(pool, address)) address = pool.last
      else if (!taken.has(address)) return Ipv4.parse(addressText(address, 4))
    }
  }
  return undefined
}
