import type { RenderedFile } from '../../engine/resource.ts'
import type { Announced, Desired, Line, Link, Role } from './schema.ts'

/** systemd puts the links we lead into this group: what we made is told apart from what others made. */
export const group = 7083

export function render({ links }: Desired): readonly RenderedFile[] {
  return links.flatMap((link) => [...netdevFile(link), { path: networkFileName(link), text: networkText(link) }])
}

/**
 * The name carries a digest of the content: systemd-networkd says which file it has loaded for a link, and so says
 * which content.
 */
export function networkFileName(link: Link): string {
  return `50-${link.name}-${digest(networkText(link))}.network`
}

/** The link of a file that `networkFileName` has named. */
export function portOfFile(file: string): string | undefined {
  return /^50-(.+)-[0-9a-f]{8}\.network$/.exec(file)?.[1]
}

function netdevFile({ name, netdev }: Link): readonly RenderedFile[] {
  if (netdev === undefined) return []
  const head: Section = ['NetDev', { Name: name, Kind: netdev.kind }]
  // Our bridges are trees: a port that has to listen for loops first would keep a PC waiting at each start.
  const body: Section =
    netdev.kind === 'bridge' ? ['Bridge', { STP: 'no', ForwardDelaySec: '0' }] : ['VLAN', { Id: String(netdev.id) }]
  return [{ path: `40-${name}.netdev`, text: textOf([head, body]) }]
}

function networkText(link: Link): string {
  const common: Section[] = [
    ['Match', { Name: link.name }],
    // No network may hold up the boot: not the internet line, not a port without a cable.
    ['Link', { Group: String(group), RequiredForOnline: link.role.kind === 'network' ? 'no-carrier' : 'no' }],
  ]
  return textOf([...common, ...roleSections(link)])
}

function roleSections({ role, bridge, vlans }: Link): readonly Section[] {
  const carries = {
    ...(bridge === undefined ? {} : { Bridge: bridge }),
    ...(vlans.length === 0 ? {} : { VLAN: vlans }),
  }
  switch (role.kind) {
    case 'port':
      return [['Network', { LinkLocalAddressing: 'no', IPv6AcceptRA: 'no', LLDP: 'no', ...carries }]]
    case 'uplink':
      return uplinkSections(role.ipv4, role.ipv6)
    case 'network':
      return networkSections(addressesOf(role), role.ipv6)
  }
}

function uplinkSections(ipv4: Line, ipv6: Line): readonly Section[] {
  const fixed = [ipv4, ipv6].filter((line) => typeof line === 'object')
  const automatic = ipv4 === 'automatic' || ipv6 === 'automatic'
  // Names are looked up and time is taken where the school says, not where the provider says.
  const nothingElse = { UseDNS: 'no', UseNTP: 'no', UseDomains: 'no', UseHostname: 'no' }
  return [
    [
      'Network',
      {
        DHCP: ipv4 === 'automatic' ? 'ipv4' : 'no',
        LinkLocalAddressing: ipv6 === 'off' ? 'no' : 'ipv6',
        IPv6AcceptRA: ipv6 === 'automatic' ? 'yes' : 'no',
        LLDP: 'no',
        ...(fixed.length === 0 ? {} : { Address: fixed.map(({ address }) => address) }),
        ...(fixed.length === 0 ? {} : { Gateway: fixed.map(({ gateway }) => gateway) }),
        // The box keeps its address while agent and networkd start anew.
        ...(automatic ? { KeepConfiguration: 'dynamic-on-stop' } : {}),
      },
    ],
    ...(ipv4 === 'automatic' ? [['DHCPv4', { ...nothingElse, UseTimezone: 'no' }] as const] : []),
    ...(ipv6 === 'automatic'
      ? ([
          ['IPv6AcceptRA', { UseDNS: 'no', UseDomains: 'no' }],
          ['DHCPv6', { ...nothingElse, WithoutRA: 'no' }],
        ] as const)
      : []),
  ]
}

/** Of the box in a network, with prefix lengths. */
export function addressesOf({ ipv4, directory, ipv6 }: Extract<Role, { kind: 'network' }>): readonly string[] {
  return [ipv4, directory, ipv6?.address].filter((address) => address !== undefined)
}

function networkSections(addresses: readonly string[], ipv6: Announced | undefined): readonly Section[] {
  const network = {
    Address: addresses,
    // Kea and unbound find their addresses also while nobody has plugged a cable in.
    ConfigureWithoutCarrier: 'yes',
    IgnoreCarrierLoss: 'yes',
    LinkLocalAddressing: ipv6 === undefined ? 'no' : 'ipv6',
    IPv6AcceptRA: 'no',
    LLDP: 'no',
    IPv6SendRA: ipv6 === undefined ? 'no' : 'yes',
  }
  if (ipv6 === undefined) return [['Network', network]]
  return [
    ['Network', network],
    [
      'IPv6SendRA',
      {
        Managed: 'no',
        OtherInformation: 'no',
        EmitDNS: 'yes',
        DNS: ipv6.resolver,
        EmitDomains: 'yes',
        Domains: ipv6.domain,
        // Without IPv6 to the internet nobody shall try that way first.
        ...(ipv6.router ? {} : { RouterLifetimeSec: '0' }),
      },
    ],
    ['IPv6Prefix', { Prefix: ipv6.prefix }],
  ]
}

type Section = readonly [name: string, settings: Readonly<Record<string, string | readonly string[]>>]

function textOf(sections: readonly Section[]): string {
  return sections
    .map(([name, settings]) => {
      const lines = Object.entries(settings).flatMap(([key, value]) =>
        (typeof value === 'string' ? [value] : value).map((one) => `${key}=${one}\n`),
      )
      return `[${name}]\n${lines.join('')}`
    })
    .join('\n')
}

/** FNV-1a, 32 bits: tells one content of a file from the one before it, no more. */
function digest(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
