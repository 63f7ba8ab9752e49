import type { Declared } from '../../engine/resource.ts'
import { contains, subnetOf, subnetText } from '../../model/address.ts'
import { administrationPort } from '../../model/administration.ts'
import { directoryServices } from '../../model/directory-ports.ts'
import { profileFor, profilePort, type FilterProfile } from '../../model/filters.ts'
import { bridgeOf } from '../../model/network.ts'
import type { SchoolState } from '../../model/state.ts'
import { signInPorts } from '../../model/wlan.ts'
import { renderBridge } from '../../nftables/bridge.ts'
import { roomNumbers } from '../../nftables/marks.ts'
import { render } from '../../nftables/render.ts'
import type { Device, Firewall, Forward } from '../../nftables/schema.ts'
import { table, type FirewallDesired } from './schema.ts'

/** The school's words into the packet filter's. Only known devices, rooms and networks: the state was checked before. */
export function derive({ state, locks }: Declared): FirewallDesired {
  const firewall = firewallOf(state)
  const numbers = roomNumbers(firewall)
  return {
    language: state.school.language,
    firewall,
    ruleset: render(firewall),
    bridge: renderBridge(firewall),
    rooms: Object.fromEntries(numbers),
    locks: locks.flatMap(({ room, until }) => {
      const number = numbers.get(room)
      // A room may be gone from the state while its lock still runs.
      return number === undefined ? [] : [{ room, number, until }]
    }),
  }
}

export function firewallOf(state: SchoolState): Firewall {
  const { filters } = state
  const port = (key: 'dnsPort' | 'dnsPortWhenLocked', profile: FilterProfile | undefined) =>
    profile === undefined ? {} : { [key]: profilePort(filters.profiles.indexOf(profile)) }
  const networks = new Map(state.networks.map((network) => [network.name, network]))
  return {
    table,
    uplink: { interface: state.uplink.port },
    networks: state.networks.map((network) => ({
      name: network.name,
      zone: network.kind,
      interface: bridgeOf(network),
      ipv4: network.ipv4,
      ...(network.ipv6 === undefined ? {} : { ipv6: network.ipv6 }),
      internet: network.internet,
      ...(network.internetForUnknown === undefined ? {} : { internetForUnknown: network.internetForUnknown }),
      ...port('dnsPort', profileFor(filters, network)),
    })),
    ...directoryOf(state),
    rooms: state.rooms.map((room) => {
      const network = networks.get(room.network) ?? {}
      return {
        name: room.name,
        network: room.network,
        ...(room.internet === undefined ? {} : { internet: room.internet }),
        ...port('dnsPort', profileFor(filters, network, room)),
        ...(room.filterWhenLocked === undefined
          ? {}
          : port('dnsPortWhenLocked', profileFor(filters, network, room, true))),
      }
    }),
    devices: state.devices.flatMap(deviceOf),
    services: [
      ...state.services,
      ...(state.directory === undefined ? [] : directoryServices),
      ...wlanServices(state),
      ...administrationServices(state),
    ],
    forwards: state.forwards.flatMap((forward) => forwardOf(forward, state)),
    limits: state.limits,
    dnsPorts: { from: profilePort(0), to: profilePort(Math.max(filters.profiles.length, 1) - 1) },
  }
}

/** The directory's name server asks the box on with what counts for the network it stands in. */
function directoryOf({ directory, networks, filters }: SchoolState): Pick<Firewall, 'addresses' | 'nameServer'> {
  if (directory === undefined) return {}
  const { address } = directory
  const own = subnetOf(address)
  const home = networks.find(({ ipv4 }) => {
    const subnet = subnetOf(ipv4)
    return own !== undefined && subnet !== undefined && contains(subnet, own.first)
  })
  const profile = home === undefined ? undefined : profileFor(filters, home)
  const port = profile === undefined ? {} : { dnsPort: profilePort(filters.profiles.indexOf(profile)) }
  return { addresses: [address], nameServer: { address, ...port } }
}

function deviceOf({ name, mac, address, room, network, internet }: SchoolState['devices'][number]): readonly Device[] {
  const place = room === undefined ? network : room
  if (place === undefined) return []
  return [
    {
      name,
      mac,
      place: { kind: room === undefined ? 'network' : 'room', name: place },
      ...(address === undefined ? {} : { address }),
      ...(internet === undefined ? {} : { internet }),
    },
  ]
}

/** Only access points may ask who signs in. */
function wlanServices({ wlan }: SchoolState): Firewall['services'] {
  if (wlan === undefined) return []
  const sources = wlan.accessPoints.flatMap(({ address }) => {
    const subnet = subnetOf(address)
    return subnet === undefined ? [] : [subnetText(subnet)]
  })
  return [{ name: 'wlan', protocol: 'udp', ports: [...signInPorts], from: ['school'], sources }]
}

/** Without a key nobody could sign in, so the door stays shut. It is one door: not at the directory's address, too. */
function administrationServices({ administration, devices }: SchoolState): Firewall['services'] {
  const { keys, from, devices: names, rooms, addresses } = administration
  if (keys.length === 0) return []
  const named = new Set<string>(names)
  return [
    {
      name: 'administration',
      protocol: 'tcp',
      ports: [administrationPort],
      from,
      own: true,
      ...(addresses === undefined
        ? {}
        : { sources: addresses.flatMap((text) => subnetOf(text) ?? []).map(subnetText) }),
      ...(names === undefined ? {} : { devices: devices.flatMap(({ name, mac }) => (named.has(name) ? mac : [])) }),
      ...(rooms === undefined ? {} : { rooms: [...rooms] }),
    },
  ]
}

/** A forward to a device without a reserved address leads nowhere; the check of the state has warned of it. */
function forwardOf(
  { name, protocol, port, to }: SchoolState['forwards'][number],
  state: SchoolState,
): readonly Forward[] {
  const address = to.address ?? state.devices.find((device) => device.name === to.device)?.address
  return address === undefined ? [] : [{ name, protocol, port, to: { address, port: to.port ?? port } }]
}
