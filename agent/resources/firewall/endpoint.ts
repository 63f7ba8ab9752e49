import { isIP, isIPv6 } from 'node:net'
import { BoxError } from '../../errors.ts'
import { addressText, contains, subnetOf, type Subnet } from '../../model/address.ts'
import { bridgeOf } from '../../model/network.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { SchoolState } from '../../model/state.ts'
import type { Connection } from '../../nftables/trace.ts'

/** TEST-NET-3 and the documentation prefix: addresses of nobody, for "somewhere on the internet". */
const internet = { 4: '203.0.113.5', 6: '2001:db8:5::5' } as const
/** Stands for the uplink's address where none is known. */
const unknownUplink = { 4: '192.0.2.1', 6: '2001:db8:ffff::1' } as const

export interface Endpoint {
  readonly name: string
  readonly address: string
}

export interface Question {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly way: Pick<Connection, 'interface' | 'mac' | 'source' | 'destination'>
  /** Addresses of the box besides those in its networks. */
  readonly local: readonly string[]
}

/**
 * The words of a question as a first packet. Devices without a reserved address get one nobody has, of their network.
 * @param uplinkAddresses the box's addresses towards the internet, as the kernel has them.
 * @throws `DEVICE_UNKNOWN` for a word that names nothing.
 */
export function question(from: string, to: string, state: SchoolState, uplinkAddresses: readonly string[]): Question {
  const [sendingWord, targetWord] = [canonical(from), canonical(to)]
  const family = isIPv6(to) || isIPv6(from) ? 6 : 4
  const uplink = uplinkAddresses.find((address) => isIPv6(address) === (family === 6)) ?? unknownUplink[family]
  const sender = senderOf(sendingWord, family, state)
  const home = state.networks.find((network) => bridgeOf(network) === sender.interface)
  const box = boxAddress(home, family) ?? uplink
  const target = targetOf(targetWord, family, state, box)
  return {
    from: { name: sender.name, address: sender.source },
    to: target,
    way: {
      interface: sender.interface,
      ...(sender.mac === undefined ? {} : { mac: sender.mac }),
      source: sender.source,
      destination: target.address,
    },
    local: [...uplinkAddresses, uplink],
  }
}

/** An address in its one spelling; other words as they are. */
function canonical(word: string): string {
  if (isIP(word) === 0) return word
  // On every cable there is one network of them, so an address alone does not tell which cable is meant.
  if (/^fe[89ab]/i.test(word)) {
    throw new BoxError('REQUEST_INVALID', `"${word}" is a link-local address, which exists on every cable`, {
      hint: 'Ask for a device or a network by its name.',
    })
  }
  const subnet = subnetOf(word)
  return subnet === undefined ? word : addressText(subnet.address, subnet.family)
}

interface Sender {
  readonly name: string
  readonly interface: string
  readonly mac?: string
  readonly source: string
}

type Family = 4 | 6
type Network = SchoolState['networks'][number]
type Device = SchoolState['devices'][number]

function senderOf(word: string, family: Family, state: SchoolState): Sender {
  if (word === 'internet' || word === 'uplink') {
    return { name: 'the internet', interface: state.uplink.port, source: internet[family] }
  }
  if (isIP(word) !== 0) return senderAt(word, state)
  const device = state.devices.find(({ name }) => name === word) ?? inRoom(word, state)
  if (device !== undefined) return deviceSender(device, family, state)
  const network = state.networks.find(({ name }) => name === word)
  if (network !== undefined) {
    const name = `a device nobody knows in network ${network.name}`
    return { name, interface: bridgeOf(network), source: someAddress(network, family, state) }
  }
  throw unknown(word, state)
}

/** A room is asked for by one of its devices, one without an exception of its own if there is one. */
function inRoom(word: string, state: SchoolState): Device | undefined {
  const exact = state.rooms.filter(({ name }) => name === word || `room-${name}` === word)
  const [room, ...others] =
    exact.length > 0 ? exact : state.rooms.filter(({ name }) => word === `room-${name.slice(1)}`)
  if (room === undefined) return undefined
  if (others.length > 0) {
    const names = [room, ...others].map(({ name }) => `"${name}"`)
    throw new BoxError('DEVICE_UNKNOWN', `"${word}" may be any of the rooms ${names.join(', ')}`)
  }
  const devices = state.devices.filter((device) => device.room === room.name)
  const found = devices.find((device) => device.internet === undefined) ?? devices[0]
  if (found !== undefined) return found
  throw new BoxError('DEVICE_UNKNOWN', `No device is declared in room ${room.name}, so there is nobody to ask about`)
}

function deviceSender(device: Device, family: Family, state: SchoolState): Sender {
  const room = state.rooms.find(({ name }) => name === device.room)
  const network = state.networks.find(({ name }) => name === (room?.network ?? device.network)) ?? state.networks[0]
  const place = room === undefined ? `network ${network?.name ?? ''}` : `room ${room.name}`
  const own = family === 4 ? device.address : undefined
  return {
    name: `${device.name}, ${place}`,
    interface: network === undefined ? state.uplink.port : bridgeOf(network),
    mac: device.mac,
    source: own ?? (network === undefined ? internet[family] : someAddress(network, family, state)),
  }
}

function senderAt(address: string, state: SchoolState): Sender {
  const network = state.networks.find((one) => subnets(one).some((subnet) => isIn(address, subnet)))
  if (network === undefined) return { name: 'the internet', interface: state.uplink.port, source: address }
  const device = state.devices.find((one) => one.address === address)
  if (device !== undefined) return { ...deviceSender(device, 4, state), interface: bridgeOf(network), source: address }
  return { name: `a device nobody knows in network ${network.name}`, interface: bridgeOf(network), source: address }
}

function targetOf(word: string, family: Family, state: SchoolState, box: string): Endpoint {
  if (isIP(word) !== 0) {
    const device = state.devices.find(({ address }) => address === word)
    return { name: device?.name ?? word, address: word }
  }
  if (word === 'internet') return { name: 'the internet', address: internet[family] }
  if (word === 'server' || word === 'box') return { name: 'server', address: box }
  const device = state.devices.find(({ name }) => name === word)
  if (device === undefined) throw unknown(word, state)
  return { name: device.name, address: deviceSender(device, family, state).source }
}

function boxAddress(network: Network | undefined, family: Family): string | undefined {
  const own = (family === 4 ? network?.ipv4 : network?.ipv6)?.split('/')[0]
  return own === undefined ? undefined : canonical(own)
}

function subnets({ ipv4, ipv6 }: Network): readonly Subnet[] {
  return [ipv4, ipv6].flatMap((own) => (own === undefined ? [] : (subnetOf(own) ?? [])))
}

function isIn(address: string, subnet: Subnet): boolean {
  const own = subnetOf(address)
  return own !== undefined && own.family === subnet.family && contains(subnet, own.first)
}

/** The last of the network that nobody is known to have. */
function someAddress(network: Network, family: Family, { devices, directory }: SchoolState): string {
  const subnet = subnets(network).find((one) => one.family === family)
  if (subnet === undefined) return internet[family]
  const known = [...devices.map(({ address }) => address), directory?.address, boxAddress(network, family)]
  let free = subnet.last - 1n
  while (free > subnet.first + 1n && known.includes(addressText(free, family))) free -= 1n
  return addressText(free, family)
}

function unknown(word: string, state: SchoolState): BoxError {
  const names = [...state.devices, ...state.rooms, ...state.networks].map(({ name }): string => name)
  return new BoxError('DEVICE_UNKNOWN', `"${word}" is no device, room, network or address.${didYouMean(word, names)}`, {
    hint: 'iserv-ctl room list and iserv-ctl device list show what there is.',
  })
}
