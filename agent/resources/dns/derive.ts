import { isIP } from 'node:net'
import { profileFor, profilePort, type FilterProfile } from '../../model/filters.ts'
import { serverOf } from '../../model/local-names.ts'
import type { SchoolState } from '../../model/state.ts'
import { bypassList } from './bypass.ts'
import { digestOf } from './digest.ts'
import { canonical, reverseName, reverseZones } from './reverse.ts'
import type { DnsDesired, ListPlan, Listener, LocalRecord, View } from './schema.ts'

export const dnsPort = 53

/** The school's networks, devices and filters as names, listeners and lists. */
export function derive({ state }: { readonly state: SchoolState }): DnsDesired {
  const domain = `${state.school.domain}.`
  const server = serverOf(domain)
  const zones = [...new Set(state.networks.flatMap((network) => addressesOf(network).flatMap(reverseZones)))]
  return {
    language: state.school.language,
    domain,
    server,
    reverseZones: zones,
    records: [...boxRecords(state, domain, server), ...deviceRecords(state, domain)],
    listeners: listenersOf(state),
    views: viewsOf(state),
    lists: listPlan(state, [domain, ...zones]),
    // Told twice, unbound asks it once and says so: the two lists would never be the same.
    forwarders: [...new Set(state.uplink.dns.map(canonical))],
    ...(state.directory === undefined ? {} : { directory: state.directory.address }),
    timeServers: state.time.servers.filter((name) => isIP(name) === 0),
  }
}

type AddressedNetwork = SchoolState['networks'][number]

/** With prefix lengths. */
function addressesOf(network: AddressedNetwork): readonly string[] {
  return network.ipv6 === undefined ? [network.ipv4] : [network.ipv4, network.ipv6]
}

const plain = (address: string): string => canonical(address.split('/')[0] ?? '')

function addressRecord(name: string, address: string): LocalRecord {
  return { name, type: address.includes(':') ? 'AAAA' : 'A', value: address }
}

function boxRecords(state: SchoolState, domain: string, server: string): readonly LocalRecord[] {
  const home = state.networks.find((network) => network.kind === 'school') ?? state.networks[0]
  const homeAddresses = home === undefined ? [] : addressesOf(home).map(plain)
  return [
    ...homeAddresses.map((address) => addressRecord(server, address)),
    // In a directory's domain the bare name belongs to the domain controller.
    ...(state.directory === undefined ? homeAddresses.map((address) => addressRecord(domain, address)) : []),
    ...state.networks.flatMap((network) => {
      const name = serverOf(`${network.name}.${domain}`)
      return addressesOf(network)
        .map(plain)
        .flatMap((address): readonly LocalRecord[] => [
          addressRecord(name, address),
          { name: reverseName(address), type: 'PTR', value: homeAddresses.includes(address) ? server : name },
        ])
    }),
  ]
}

function deviceRecords(state: SchoolState, domain: string): readonly LocalRecord[] {
  return state.devices.flatMap(({ name, address }): readonly LocalRecord[] => {
    if (address === undefined) return []
    const full = `${name}.${domain}`
    return [addressRecord(full, address), { name: reverseName(address), type: 'PTR', value: full }]
  })
}

/** No profile is called so: their names have no underscore. */
const guestView = (profile: FilterProfile | undefined): string =>
  profile?.only === undefined ? '_guest' : `${profile.name}_guest`

/** For each profile with `only`; for guests, from whom the house's names are kept, the same and one more. */
function viewsOf({ networks, filters }: SchoolState): readonly View[] {
  const only = filters.profiles.filter((profile) => profile.only !== undefined)
  const hasGuests = networks.some(({ kind }) => kind === 'guest')
  return [
    ...only.map(({ name }) => ({ name, only: name, house: true })),
    ...(hasGuests ? [{ name: guestView(undefined), house: false }] : []),
    ...(hasGuests ? only.map((profile) => ({ name: guestView(profile), only: profile.name, house: false })) : []),
  ]
}

function listenersOf({ networks, filters, directory }: SchoolState): readonly Listener[] {
  const listener = (
    address: string,
    port: number,
    profile: FilterProfile | undefined,
    kind: AddressedNetwork['kind'] = 'school',
  ): Listener => {
    const view = kind === 'guest' ? guestView(profile) : profile?.only === undefined ? undefined : profile.name
    return {
      address,
      port,
      tags: profile === undefined ? [] : [...new Set([...profile.block, bypassList.name])],
      ...(view === undefined ? {} : { view }),
    }
  }
  const ofProfiles = (address: string, kind?: AddressedNetwork['kind']): readonly Listener[] =>
    filters.profiles.map((profile, index) => listener(address, profilePort(index), profile, kind))
  return [
    listener('127.0.0.1', dnsPort, undefined),
    listener('::1', dnsPort, undefined),
    ...networks.flatMap((network) =>
      addressesOf(network)
        .map(plain)
        .flatMap((address) => [
          listener(address, dnsPort, profileFor(filters, network), network.kind),
          ...ofProfiles(address, network.kind),
        ]),
    ),
    // The firewall redirects to the first address of a bridge: the directory's, once the box's own has been another.
    ...(directory === undefined ? [] : ofProfiles(directory.address)),
  ]
}

function listPlan({ filters }: SchoolState, own: readonly string[]): ListPlan {
  const only = filters.profiles.flatMap(({ name, only: lists }) =>
    lists === undefined ? [] : [{ profile: name, lists }],
  )
  const used = new Set(filters.profiles.flatMap((profile) => [...profile.block, ...(profile.only ?? [])]))
  const lists = [
    ...filters.lists.filter((list) => used.has(list.name)),
    ...(filters.profiles.length > 0 ? [bypassList] : []),
  ]
  return { shape: digestOf({ lists, only, own }), lists, only, own }
}
