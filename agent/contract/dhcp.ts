import { z } from 'zod'
import { DeviceName, Ipv4, MacAddress, NetworkName, RoomName } from '../model/scalars.ts'
import { defineOperation } from './operation.ts'

export const DhcpLease = z
  .strictObject({
    address: Ipv4,
    mac: MacAddress,
    network: NetworkName.nullable().meta({ description: 'Network the address belongs to.' }),
    device: DeviceName.nullable().meta({ description: 'Null: nobody has declared this device.' }),
    room: RoomName.nullable(),
    hostname: z.string().meta({ description: 'Name the device was given or calls itself by; may be empty.' }),
    since: z.int().meta({ description: 'Milliseconds since the epoch: when the device last asked for the address.' }),
    ends: z.int().meta({ description: 'Milliseconds since the epoch.' }),
  })
  .meta({ id: 'DhcpLease' })
export type DhcpLease = z.infer<typeof DhcpLease>

export const dhcpLeases = defineOperation({
  name: 'dhcp.leases',
  audience: ['root', 'platform'],
  summary: 'Who holds which address',
  request: z.strictObject({
    room: RoomName.optional().meta({ description: 'Only devices of this room.' }),
    network: NetworkName.optional().meta({ description: 'Only addresses of this network.' }),
  }),
  response: z.strictObject({ leases: z.array(DhcpLease) }),
})
