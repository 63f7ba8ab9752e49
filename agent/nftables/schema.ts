import { isIPv4, isIPv6 } from 'node:net'
import { z } from 'zod'

/**
 * A packet filter of a house with one line to the internet, as data: zones, who belongs to which room, who may use the
 * internet, what is open, what is forwarded. The words are those of a network, not those of nftables.
 */

const Name = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and hyphens, at most 63')
const InterfaceName = z.string().regex(/^[A-Za-z0-9_.-]{1,15}$/, 'an interface name of at most 15 characters')
const Mac = z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'a MAC address in lower case with colons')
const Ipv4 = z.string().refine((text) => isIPv4(text), 'an IPv4 address')
const Port = z.int().min(1).max(65_535)
/** On which everybody asks for names. */
export const dnsPort = 53
const Protocol = z.enum(['tcp', 'udp'])

const isInterfaceAddress = (text: string, isAddress: (address: string) => boolean, bits: number): boolean => {
  const [address = '', prefix = '', rest] = text.split('/')
  return rest === undefined && isAddress(address) && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits
}

/** `school` networks reach the box's services and one another; `guest` networks only the internet. */
export const Zone = z.enum(['uplink', 'school', 'guest'])
export type Zone = z.infer<typeof Zone>

/** A network of the house. The box has an address in it and is its router. */
export const NetworkZone = z.strictObject({
  name: Name,
  zone: Zone.exclude(['uplink']),
  interface: InterfaceName,
  /** The box's own address with the prefix length. */
  ipv4: z.string().refine((text) => isInterfaceAddress(text, isIPv4, 32), 'an IPv4 address with a prefix length'),
  ipv6: z
    .string()
    .refine((text) => isInterfaceAddress(text, isIPv6, 128), 'an IPv6 address with a prefix length')
    .optional(),
  internet: z.boolean(),
  /** The same for devices that nobody has declared; absent: as `internet`. */
  internetForUnknown: z.boolean().optional(),
  /** Port of the box that answers this network's DNS, whomever its devices ask. Absent: DNS is left alone. */
  dnsPort: Port.optional(),
})
export type NetworkZone = z.infer<typeof NetworkZone>

/** The unit that is locked. What is absent is as in the network. */
export const Room = z.strictObject({
  name: Name,
  network: Name,
  internet: z.boolean().optional(),
  dnsPort: Port.optional(),
  dnsPortWhenLocked: Port.optional(),
})
export type Room = z.infer<typeof Room>

/** A known device, in a room or straight in a network. What is absent is as there. */
export const Device = z.strictObject({
  name: Name,
  mac: Mac,
  address: Ipv4.optional(),
  place: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('room'), name: Name }),
    z.strictObject({ kind: z.literal('network'), name: Name }),
  ]),
  internet: z.boolean().optional(),
})
export type Device = z.infer<typeof Device>

/** Ports of the box itself. */
export const Service = z.strictObject({
  name: Name,
  protocol: Protocol,
  ports: z.array(Port).min(1),
  from: z.array(Zone).min(1),
  /** Only senders in these subnets, as in 10.20.0.40/32; absent: everybody in the zones. */
  sources: z
    .array(z.string().refine((text) => isInterfaceAddress(text, isIPv4, 32) || isInterfaceAddress(text, isIPv6, 128)))
    .optional(),
  /** Closed to addresses from which somebody guesses passwords, for connections in use, too. */
  guarded: z.boolean().optional(),
  /** Or only these cards, … */
  devices: z.array(Mac).optional(),
  /** … or devices of these rooms. */
  rooms: z.array(Name).optional(),
  /** Only at the box's addresses in its networks, not at its others. */
  own: z.boolean().optional(),
})
export type Service = z.infer<typeof Service>

/** A port of the uplink address that leads to an address inside. */
export const Forward = z.strictObject({
  name: Name,
  protocol: Protocol,
  port: Port,
  to: z.strictObject({ address: Ipv4, port: Port }),
})
export type Forward = z.infer<typeof Forward>

/** New connections per second. */
export const Limits = z.strictObject({
  /** From the uplink, all together. */
  fromUplink: z.int().min(1),
  /** From one address of the uplink. Tenfold leads to a ban. */
  perSource: z.int().min(1),
  /** From one device inside towards the uplink. */
  perDevice: z.int().min(1),
  /** Seconds. */
  banFor: z.int().min(1),
})
export type Limits = z.infer<typeof Limits>

export const Firewall = z.strictObject({
  /** Name of the one table of family inet that is ours. */
  table: z.string().regex(/^[a-z][a-z0-9_]*$/),
  uplink: z.strictObject({ interface: InterfaceName }),
  networks: z.array(NetworkZone),
  /** The box's inner addresses besides those in its networks. */
  addresses: z.array(Ipv4).optional(),
  /**
   * An address of the box with a DNS server of its own, which asks on with the filter of this port: school devices with
   * the same filter may ask it directly. Absent: no such server.
   */
  nameServer: z.strictObject({ address: Ipv4, dnsPort: Port.optional() }).optional(),
  rooms: z.array(Room),
  devices: z.array(Device),
  services: z.array(Service),
  forwards: z.array(Forward),
  limits: Limits,
  /** Ports behind which the DNS of the profiles answers; closed but for redirected queries. */
  dnsPorts: z.strictObject({ from: Port, to: Port }),
})
export type Firewall = z.infer<typeof Firewall>
