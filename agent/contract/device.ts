import { z } from 'zod'
import { DeviceName, Ipv4, Line, MacAddress, NetworkName, RoomName } from '../model/scalars.ts'
import { Problem } from './failure.ts'
import { defineOperation } from './operation.ts'
import { Applied } from './state.ts'

/** The devices of the current generation. Every change makes a new generation. */

export const DeviceView = z
  .strictObject({
    name: z.string(),
    mac: z.string(),
    room: z.string().nullable(),
    network: z.string().meta({ description: "Its own or its room's." }),
    address: z.string().nullable().meta({ description: 'Reserved IPv4 address; null: one from the pool.' }),
    internet: z.boolean().meta({ description: 'What counts for it: its own word, its room or its network.' }),
    comment: z.string().nullable(),
  })
  .meta({ id: 'DeviceView' })
export type DeviceView = z.infer<typeof DeviceView>

const Outcome = Applied.nullable().meta({ description: 'What became of the new generation; null: none was made.' })

export const DeviceChange = z.strictObject({ before: DeviceView, after: DeviceView }).meta({ id: 'DeviceChange' })

export const DeviceImport = z
  .strictObject({
    file: z.string(),
    format: z.string().meta({ description: 'Kind of file, in words.' }),
    encoding: z.string(),
    delimiter: z.string(),
    read: z.int().meta({ description: 'Devices in the file.' }),
    rooms: z
      .array(z.strictObject({ name: z.string(), network: z.string() }))
      .meta({ description: 'Rooms to be added.' }),
    added: z.array(DeviceView),
    changed: z.array(DeviceChange),
    unchanged: z.int(),
    untouched: z.int().meta({ description: 'Devices that the file does not name; they stay.' }),
    ignored: z.array(z.string()).meta({ description: 'Columns that are not read.' }),
    warnings: z.array(Problem),
    dryRun: z.boolean(),
    applied: Outcome,
  })
  .meta({ id: 'DeviceImport' })
export type DeviceImport = z.infer<typeof DeviceImport>

const root = ['root'] as const

export const deviceList = defineOperation({
  name: 'device.list',
  audience: root,
  summary: 'Known devices and what counts for them',
  request: z.strictObject({ room: RoomName.exactOptional(), network: NetworkName.exactOptional() }),
  response: z.strictObject({ devices: z.array(DeviceView) }),
})

export const deviceAdd = defineOperation({
  name: 'device.add',
  audience: root,
  summary: 'Adds a device, or changes the one of the same name and card',
  request: z.strictObject({
    name: DeviceName,
    mac: MacAddress,
    room: RoomName.exactOptional(),
    network: NetworkName.exactOptional(),
    address: z.union([z.literal('auto'), Ipv4]).exactOptional(),
    internet: z.boolean().exactOptional(),
    comment: Line.exactOptional(),
  }),
  response: z.strictObject({
    device: DeviceView,
    before: DeviceView.nullable(),
    applied: Outcome,
  }),
})

export const deviceRemove = defineOperation({
  name: 'device.remove',
  audience: root,
  summary: 'Removes devices',
  request: z.strictObject({ names: z.array(DeviceName).min(1) }),
  response: z.strictObject({ removed: z.array(DeviceView), applied: Outcome }),
})

export const deviceImport = defineOperation({
  name: 'device.import',
  audience: root,
  summary: 'Takes a list of devices from another program into the state',
  request: z.strictObject({
    file: z.string().min(1).max(255).meta({ description: 'Name of the file, for messages.' }),
    content: z.base64().meta({ description: 'Its bytes.' }),
    format: z.enum(['auto', 'linuxmuster', 'ucs', 'csv']).default('auto'),
    network: NetworkName.exactOptional().meta({ description: 'For rooms that are new and devices without a room.' }),
    dryRun: z.boolean().default(false),
  }),
  response: DeviceImport,
})
