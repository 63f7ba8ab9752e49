import { z } from 'zod'
import { DeviceName, Ipv4, Line, MacAddress, NetworkName, RoomName } from './scalars.ts'

/** A known device. It stands in a room (and so in the room's network) or straight in a network. */
export const Device = z
  .strictObject({
    name: DeviceName,
    mac: MacAddress,
    room: RoomName.optional().meta({ description: 'The room it stands in.' }),
    network: NetworkName.optional().meta({ description: 'Only for devices without a room.' }),
    address: Ipv4.optional().meta({ description: 'Reserved IPv4 address. Absent: one from the pool.' }),
    internet: z.boolean().optional().meta({ description: 'Overrules room and network.' }),
    joins: z.boolean().optional().meta({
      description: 'Is it a computer that joins the directory? Overrules the room.',
    }),
    comment: Line.optional().meta({ description: 'For people only.' }),
  })
  .meta({
    id: 'Device',
    description: 'A known device. It stands in a room, and so in its network, or straight in a network.',
    examples: [{ name: 'r214-pc07', mac: '52:54:00:14:07:01', room: 'r214', address: '10.20.14.7' }],
  })
export type Device = z.infer<typeof Device>
