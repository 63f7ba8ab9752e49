import { z } from 'zod'
import { Limits, ZoneName } from '../model/firewall.ts'
import { IpAddress, Label, NetworkName, Port, Transport } from '../model/scalars.ts'
import { defineOperation } from './operation.ts'

const Count = z.int().min(0)

export const FirewallService = z
  .strictObject({
    name: Label,
    protocol: Transport,
    ports: z.array(Port),
    from: z.array(ZoneName),
    sources: z
      .array(z.string())
      .optional()
      .meta({ description: 'Only from these subnets, cards and rooms; absent: everybody there.' }),
  })
  .meta({ id: 'FirewallService' })

export const FirewallForward = z
  .strictObject({ name: Label, protocol: Transport, port: Port, to: z.string().meta({ description: 'ADDRESS:PORT' }) })
  .meta({ id: 'FirewallForward' })

export const FirewallZone = z
  .strictObject({
    name: z.union([NetworkName, z.literal('uplink')]),
    zone: ZoneName,
    interface: z.string(),
    internet: z.boolean().nullable().meta({ description: 'For devices nobody knows; null for the uplink.' }),
    devices: Count,
    withoutInternet: Count.meta({ description: 'Known devices that may not use the internet.' }),
  })
  .meta({ id: 'FirewallZone' })

export const FirewallCounter = z
  .strictObject({ rule: z.string(), chain: z.string(), packets: Count, bytes: Count })
  .meta({ id: 'FirewallCounter' })

export const FirewallStatus = z
  .strictObject({
    inForce: z.boolean().meta({ description: 'Is our table in the kernel?' }),
    zones: z.array(FirewallZone),
    services: z.array(FirewallService),
    forwards: z.array(FirewallForward),
    limits: Limits,
    lockedRooms: Count,
    counters: z.array(FirewallCounter).meta({ description: 'Since the rules were last put in force.' }),
    bans: z.array(z.strictObject({ address: IpAddress, seconds: Count })),
    foreign: z.array(z.string()).meta({ description: 'Tables of others, as in "ip filter".' }),
  })
  .meta({ id: 'FirewallStatus' })
export type FirewallStatus = z.infer<typeof FirewallStatus>

export const firewallShow = defineOperation({
  name: 'firewall.show',
  audience: ['root'],
  summary: 'What is open, what was refused, who is banned',
  request: z.strictObject({}),
  response: FirewallStatus,
})

const Judgement = {
  verdict: z.enum(['accepted', 'rejected', 'dropped']),
  decidedBy: z.string().meta({ description: 'The rule, in words.' }),
}

export const FirewallTrace = z
  .strictObject({
    from: z.strictObject({ address: IpAddress, name: z.string() }),
    to: z.strictObject({ address: IpAddress, port: Port, name: z.string() }),
    protocol: z.enum(['tcp', 'udp']),
    ...Judgement,
    reaches: z
      .string()
      .nullable()
      .meta({ description: 'ADDRESS:PORT where the connection ends instead of where it was meant to; null: there.' }),
    wouldThen: z
      .strictObject(Judgement)
      .nullable()
      .meta({ description: 'What would happen without the lock that decided; null: no lock decided.' }),
  })
  .meta({ id: 'FirewallTrace' })
export type FirewallTrace = z.infer<typeof FirewallTrace>

export const firewallTrace = defineOperation({
  name: 'firewall.trace',
  audience: ['root'],
  summary: 'May this one connect there, and which rule decides?',
  request: z.strictObject({
    from: z.string().meta({ description: 'Device, room, network, address, or "internet".' }),
    to: z.string().meta({ description: 'Address, device, "server" (the box itself) or "internet".' }),
    port: Port,
    protocol: Transport.default('tcp'),
  }),
  response: FirewallTrace,
})
