import { z } from 'zod'
import { DeviceName, Ipv4, Label, Port, Transport } from './scalars.ts'

/** From where something may be reached: the internet side, school networks, guest networks. */
export const ZoneName = z.enum(['uplink', 'school', 'guest']).meta({
  id: 'ZoneName',
  description: 'The internet, networks of kind "school", or networks of kind "guest".',
})

/** A service of the box itself and from where it may be reached. Nothing else of the box is open, but DHCP, DNS, time and ping inside. */
export const Service = z
  .strictObject({
    name: Label,
    protocol: Transport,
    ports: z.array(Port).min(1).meta({ description: 'Ports it listens on.' }),
    from: z.array(ZoneName).min(1).meta({ description: 'From where it may be reached.' }),
  })
  .meta({
    id: 'Service',
    description:
      'A service of the box itself. Without a line here only DHCP, DNS, time and ping are open, and only inside.',
    examples: [{ name: 'web', protocol: 'tcp', ports: [80, 443], from: ['school'] }],
  })
export type Service = z.infer<typeof Service>

/** A port of the uplink address that leads to a device inside. IPv4: inside IPv6 addresses need no translation. */
export const Forward = z
  .strictObject({
    name: Label,
    protocol: Transport,
    port: Port,
    to: z.strictObject({ device: DeviceName.optional(), address: Ipv4.optional(), port: Port.optional() }).meta({
      id: 'ForwardTarget',
      description: 'A device with a reserved address, or an address. The port is the outer one unless named.',
    }),
  })
  .meta({
    id: 'Forward',
    description: 'A port of the uplink address that leads to a device inside.',
    examples: [{ name: 'roof-sensor', protocol: 'tcp', port: 8443, to: { device: 'roof-sensor', port: 443 } }],
  })
export type Forward = z.infer<typeof Forward>

/** New connections per second; a flood on one side must not take the other side down. */
export const Limits = z
  .strictObject({
    fromUplink: z
      .int()
      .min(1)
      .max(100_000)
      .default(500)
      .meta({ description: 'New connections a second from the internet, all together.' }),
    perSource: z.int().min(1).max(10_000).default(50).meta({
      description: 'New connections a second from one address of the internet; who exceeds it tenfold is banned.',
    }),
    perDevice: z
      .int()
      .min(1)
      .max(10_000)
      .default(200)
      .meta({ description: 'New connections a second from one device inside towards the internet.' }),
    banFor: z.int().min(10).max(604_800).default(600).meta({ description: 'Seconds a banned address stays banned.' }),
  })
  .meta({
    id: 'Limits',
    description: 'How many new connections pass, so that a flood on one side leaves the other alone.',
  })
export type Limits = z.infer<typeof Limits>
