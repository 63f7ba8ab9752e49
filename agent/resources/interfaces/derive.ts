import type { Declared } from '../../engine/resource.ts'
import { addressNumber, addressText, contains, subnetOf, subnetText } from '../../model/address.ts'
import { bridgeOf, type Network, type Uplink } from '../../model/network.ts'
import type { SchoolState } from '../../model/state.ts'
import type { Announced, Desired, Line, Link } from './schema.ts'

export function derive({ state }: Declared): Desired {
  return {
    language: state.school.language,
    links: [uplink(state.uplink), ...state.networks.map((network) => bridge(network, state)), ...carriers(state)],
  }
}

function uplink({ port, ipv4, ipv6 }: Uplink): Link {
  return {
    name: port,
    vlans: [],
    namedAt: ['uplink.port'],
    role: {
      kind: 'uplink',
      ipv4: ipv4 === 'dhcp' ? 'automatic' : fixed(ipv4),
      ipv6: ipv6 === 'auto' ? 'automatic' : fixed(ipv6),
    },
  }
}

function fixed(line: 'off' | { readonly address: string; readonly gateway: string }): Line {
  return line === 'off' ? 'off' : { address: normal(line.address), gateway: normal(line.gateway) }
}

function bridge(network: Network, { school, uplink: line, directory }: SchoolState): Link {
  const second = directory !== undefined && isIn(directory.address, network.ipv4) ? directory.address : undefined
  const ipv6 = network.ipv6 === undefined ? undefined : announced(network.ipv6, school.domain, line.ipv6 !== 'off')
  return {
    name: bridgeOf(network),
    netdev: { kind: 'bridge' },
    vlans: [],
    role: {
      kind: 'network',
      network: network.name,
      ipv4: normal(network.ipv4),
      // As a single address, so that the box itself goes on speaking with its own one in this network.
      ...(second === undefined ? {} : { directory: `${second}/32` }),
      ...(ipv6 === undefined ? {} : { ipv6 }),
    },
  }
}

function isIn(address: string, written: string): boolean {
  const [number, subnet] = [addressNumber(address), subnetOf(written)]
  return number !== undefined && subnet !== undefined && contains(subnet, number)
}

function announced(written: string, domain: string, router: boolean): Announced | undefined {
  const subnet = subnetOf(written)
  if (subnet === undefined) return undefined
  return {
    address: normal(written),
    prefix: subnetText(subnet),
    resolver: addressText(subnet.address, subnet.family),
    domain,
    router,
  }
}

/** The ports that carry the networks, and the VLAN interfaces that stand on them. */
function carriers({ networks }: SchoolState): readonly Link[] {
  const ports = Map.groupBy(
    networks.flatMap((network, index) =>
      network.ports.map((port, at) => ({ port, network, path: `networks[${index}].ports[${at}]` })),
    ),
    ({ port }) => port,
  )
  return [...ports].flatMap(([port, uses]) => {
    const plain = uses.find(({ network }) => network.vlan === undefined)
    const tagged = uses.flatMap(({ network }) =>
      network.vlan === undefined ? [] : [vlanOf(port, network.vlan, bridgeOf(network))],
    )
    const carrier: Link = {
      name: port,
      ...(plain === undefined ? {} : { bridge: bridgeOf(plain.network) }),
      vlans: tagged.map(({ name }) => name),
      namedAt: uses.map(({ path }) => path),
      role: { kind: 'port' },
    }
    return [carrier, ...tagged]
  })
}

function vlanOf(port: string, id: number, bridgeName: string): Link {
  return {
    name: vlanName(port, id),
    netdev: { kind: 'vlan', id, port },
    bridge: bridgeName,
    vlans: [],
    role: { kind: 'port' },
  }
}

/** The kernel's limit for the name of an interface. */
const longest = 15

/** `lan0.30`; of a long name of a port only the end, where ports of one machine differ. */
function vlanName(port: string, id: number): string {
  const tag = `.${id}`
  return `${port.slice(-(longest - tag.length))}${tag}`
}

/** The shortest form, as the kernel shows it; the prefix length stays. */
function normal(written: string): string {
  const subnet = subnetOf(written)
  if (subnet === undefined) return written
  const address = addressText(subnet.address, subnet.family)
  return written.includes('/') ? `${address}/${subnet.prefix}` : address
}
