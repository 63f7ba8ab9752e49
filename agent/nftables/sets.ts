import { plain } from './address.ts'
import { markOf, placeOf, placesOf, type Place } from './marks.ts'
import { joint, type Element, type NamedSet } from './ruleset.ts'
import { dnsPort, type Firewall } from './schema.ts'

/** The sets and maps: all that grows with the house lies here, the rules stay few. */

/** As many addresses as one set remembers; beyond, only the limit for all together holds. */
const remembered = 65_535
/** Seconds after which an address that is quiet is forgotten. */
const memory = 10

export function setsOf(firewall: Firewall): readonly NamedSet[] {
  const { networks, addresses = [], limits } = firewall
  const bridges = (zone: 'school' | 'guest') => networks.filter((network) => network.zone === zone).map(bridge)
  return [
    fixed('inside', 'ifname', networks.map(bridge)),
    fixed('school', 'ifname', bridges('school')),
    fixed('guest', 'ifname', bridges('guest')),
    fixed('box', 'ipv4_addr', [
      ...networks.map(({ name, ipv4 }) => ({ key: plain(ipv4), label: `address in ${name}` })),
      ...addresses.map((key) => ({ key, label: `address ${key}` })),
    ]),
    fixed(
      'box6',
      'ipv6_addr',
      networks.flatMap(({ name, ipv6 }) =>
        ipv6 === undefined ? [] : [{ key: plain(ipv6), label: `address in ${name}` }],
      ),
    ),
    ...markMaps(firewall),
    ...dnsMaps(firewall),
    ...nameServerSets(firewall),
    { name: 'locked', type: 'mark', flags: ['timeout'], live: true, elements: [] },
    { name: 'guessing', type: 'ipv4_addr', flags: ['timeout'], live: true, elements: [] },
    meter('banned4', 'ipv4_addr', limits.banFor),
    meter('banned6', 'ipv6_addr', limits.banFor),
    meter('flood4', 'ipv4_addr', memory),
    meter('flood6', 'ipv6_addr', memory),
    meter('source4', 'ipv4_addr', memory),
    meter('source6', 'ipv6_addr', memory),
    meter('per_device', 'ether_addr', memory),
  ]
}

const bridge = (network: Firewall['networks'][number]) => ({ key: network.interface, label: `network ${network.name}` })

function markMaps(firewall: Firewall): readonly NamedSet[] {
  const places = placesOf(firewall)
  const marked = firewall.devices.flatMap((device) => {
    const place = placeOf(device, places)
    if (place === undefined) return []
    const internet = device.internet ?? place.internet
    return [
      {
        device,
        value: markOf(place, internet),
        label: `device ${device.name} in ${place.label}${internet ? '' : ', no internet'}`,
      },
    ]
  })
  return [
    fixedMap(
      'network_mark',
      'ifname',
      'mark',
      firewall.networks.flatMap((network) => {
        const place = places.networks.get(network.name)
        return place === undefined ? [] : [strangers(network, place)]
      }),
    ),
    fixedMap(
      'address_mark',
      'ipv4_addr',
      'mark',
      marked.flatMap(({ device, value, label }) =>
        device.address === undefined ? [] : [{ key: device.address, value, label: `address of ${label}` }],
      ),
    ),
    fixedMap(
      'device_mark',
      'ether_addr',
      'mark',
      marked.map(({ device, value, label }) => ({ key: device.mac, value, label })),
    ),
  ]
}

function strangers({ interface: key, internetForUnknown }: Firewall['networks'][number], place: Place): Element {
  const internet = internetForUnknown ?? place.internet
  const label = `devices nobody knows in ${place.label}${internet === place.internet ? '' : ', no internet'}`
  return { key, value: markOf(place, internet), label }
}

function dnsMaps(firewall: Firewall): readonly NamedSet[] {
  const { rooms, networks } = placesOf(firewall)
  const all = [...networks.values(), ...rooms.values()]
  const map = (name: string, field: 'dnsPort' | 'dnsPortWhenLocked', label: string): NamedSet =>
    fixedMap(
      name,
      'mark',
      'inet_service',
      all.flatMap((place) => {
        const value = place[field]
        return value === undefined ? [] : [{ key: place.number, value, label: `${label} of ${place.label}` }]
      }),
    )
  const ways = (name: string, label: string, portOf: (place: Place) => number | undefined): NamedSet =>
    fixed(
      name,
      joined('mark', 'inet_service'),
      all.map((place) => ({
        key: joined(place.number, portOf(place) ?? dnsPort),
        label: `${label} of ${place.label}`,
      })),
    )
  return [
    map('dns_port', 'dnsPort', 'filter'),
    map('dns_port_locked', 'dnsPortWhenLocked', 'filter while locked'),
    ways('dns_way', 'way of DNS', (place) => place.dnsPort),
    ways('dns_way_locked', 'way of DNS while locked', (place) => place.dnsPortWhenLocked ?? place.dnsPort),
  ]
}

/** Who asks the other name server as filtered as the box itself. */
function nameServerSets(firewall: Firewall): readonly NamedSet[] {
  const { nameServer, networks, rooms } = firewall
  if (nameServer === undefined) return []
  const places = placesOf(firewall)
  const school = new Set(networks.flatMap(({ zone, name }) => (zone === 'school' ? name : [])))
  const askers = [
    ...[...school].map((name) => places.networks.get(name)),
    ...rooms.flatMap(({ name, network }) => (school.has(network) ? [places.rooms.get(name)] : [])),
  ].flatMap((place) => (place === undefined || place.dnsPort !== nameServer.dnsPort ? [] : place))
  return [
    fixed(
      'asks_directly',
      'mark',
      askers.map(({ number, label }) => ({ key: number, label: `direct questions of ${label}` })),
    ),
  ]
}

const joined = (...parts: readonly (string | number)[]): string => parts.join(joint)

export function fixed(name: string, type: string, elements: NamedSet['elements']): NamedSet {
  return { name, type, live: false, elements }
}

function fixedMap(name: string, type: string, map: string, elements: NamedSet['elements']): NamedSet {
  return { name, type, map, live: false, elements }
}

export function meter(name: string, type: string, timeout: number): NamedSet {
  return { name, type, size: remembered, flags: ['timeout', 'dynamic'], timeout, live: true, elements: [] }
}
