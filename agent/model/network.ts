import { z } from 'zod'
import {
  Duration,
  IpAddress,
  Ipv4,
  Ipv4Interface,
  Ipv6,
  Ipv6Interface,
  Label,
  NetworkName,
  PortName,
} from './scalars.ts'

/** The line to the internet. */
export const Uplink = z
  .strictObject({
    port: PortName,
    ipv4: z
      .union([
        z.enum(['dhcp', 'off']),
        z.strictObject({ address: Ipv4Interface, gateway: Ipv4 }).meta({
          id: 'UplinkIpv4',
          description: 'A fixed address as the provider has given it.',
        }),
      ])
      .default('dhcp')
      .meta({ description: 'From the router by DHCP, fixed, or none.' }),
    ipv6: z
      .union([
        z.enum(['auto', 'off']),
        z.strictObject({ address: Ipv6Interface, gateway: Ipv6 }).meta({
          id: 'UplinkIpv6',
          description: 'A fixed address as the provider has given it.',
        }),
      ])
      .default('auto')
      .meta({ description: 'From router advertisements, fixed, or none.' }),
    dns: z
      .array(IpAddress)
      .default([])
      .meta({ description: 'Resolvers to ask. Empty: unbound asks the root servers itself.' }),
  })
  .meta({
    id: 'Uplink',
    description: 'The line to the internet.',
    examples: [{ port: '52:54:00:aa:01:1e', ipv4: 'dhcp' }],
  })
export type Uplink = z.infer<typeof Uplink>

/** What kind of people and machines a network is for; the firewall's zones follow from it. */
export const NetworkKind = z.enum(['school', 'guest']).meta({
  id: 'NetworkKind',
  description: '"school" reaches the server and other school networks; "guest" only the internet.',
})
export type NetworkKind = z.infer<typeof NetworkKind>

/** Shorter ones load the box for nothing; much longer ones do not fit the 32 bits they have on the wire. */
const leaseSeconds = { min: 120, max: 365 * 86_400 }

export const Network = z
  .strictObject({
    name: NetworkName,
    kind: NetworkKind.default('school'),
    ports: z.array(PortName).min(1).meta({ description: 'Ports of the box that make up this network (a bridge).' }),
    vlan: z.int().min(1).max(4094).optional().meta({ description: 'VLAN tag on these ports; absent: untagged.' }),
    ipv4: Ipv4Interface.meta({ description: 'Address of the box in this network, with the prefix length.' }),
    ipv6: Ipv6Interface.optional().meta({ description: 'The same for IPv6; a /64, announced to the network.' }),
    pool: z
      .strictObject({ from: Ipv4, to: Ipv4 })
      .optional()
      .meta({ id: 'Pool', description: 'Addresses for unknown devices. Absent: only known devices get one.' }),
    lease: Duration.refine(
      (seconds) => seconds >= leaseSeconds.min && seconds <= leaseSeconds.max,
      'is no time to keep an address for: at least 2m, at most 365d',
    )
      .prefault('4h')
      .meta({ description: 'How long a device may keep its address.' }),
    internet: z.boolean().default(true).meta({ description: 'May devices of this network use the internet?' }),
    internetForUnknown: z.boolean().optional().meta({
      description:
        'May devices that nobody has declared use the internet? Absent: as `internet`. With `false` nobody leaves a locked room with another network card.',
    }),
    filter: Label.optional().meta({
      description: 'Filter profile of this network; absent: "default" if there is one.',
    }),
  })
  .meta({
    id: 'Network',
    description: 'A network of the school: the box is its router, and gives it addresses, names and time.',
    examples: [
      {
        name: 'school',
        ports: ['52:54:00:aa:01:1f'],
        ipv4: '10.20.0.1/16',
        ipv6: 'fd20:1::1/64',
        pool: { from: '10.20.200.1', to: '10.20.207.254' },
      },
    ],
  })
export type Network = z.infer<typeof Network>

/** The bridge that carries a network. */
export function bridgeOf(network: Pick<Network, 'name'>): string {
  return `br-${network.name}`
}
