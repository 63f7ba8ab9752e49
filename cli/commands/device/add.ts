import { z } from 'zod'
import { deviceAdd } from '../../../agent/contract/device.ts'
import { exitStatus } from '../../../agent/errors.ts'
import { DeviceName, Ipv4, Line, MacAddress, NetworkName, RoomName } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { appliedBlocks, appliedStatus } from '../state/applied.ts'
import { deviceHead, deviceRow, differences } from './rows.ts'

export const add = defineCommand({
  description:
    'Declares a device in a new generation. Comments and order of the documents stay as they are.\n' +
    'A device of the same name and network card is changed in what the options say.',
  input: z.strictObject({
    name: DeviceName,
    mac: MacAddress.meta({ description: 'Address of its network card.', value: 'MAC' }),
    room: RoomName.exactOptional().meta({ description: 'Room it stands in.', value: 'ROOM' }),
    network: NetworkName.exactOptional().meta({ description: 'Its network, when it has no room.', value: 'NETWORK' }),
    address: z
      .union([z.literal('auto'), Ipv4])
      .exactOptional()
      .meta({
        description: 'IPv4 address to keep for it; auto: the next free one of its room. Without: one from the pool.',
        value: 'ADDRESS',
      }),
    internet: z.enum(['yes', 'no']).exactOptional().meta({ description: 'Overrules its room.', value: 'yes|no' }),
    comment: Line.exactOptional().meta({ description: 'For people only.', value: 'TEXT' }),
  }),
  positionals: ['name'],
  output: deviceAdd.response,
  examples: [
    {
      line: 'device add r214-pc31 --mac 52:54:00:14:31:01 --room r214 --address auto',
      tells: 'The next address of the room.',
    },
    {
      line: 'device add roof-sensor --mac 52:54:00:00:09:01 --network school --address 10.20.0.9',
      tells: 'Without a room.',
    },
  ],
  run: ({ internet, ...device }, { agent }) =>
    agent.call(deviceAdd, { ...device, ...(internet === undefined ? {} : { internet: internet === 'yes' }) }),
  present({ device, before, applied }) {
    if (applied === null) return [{ kind: 'lines', lines: [`${device.name} is already so; nothing was changed`] }]
    return [
      before === null
        ? { kind: 'table', head: deviceHead, rows: [deviceRow(device)] }
        : { kind: 'lines', lines: [`${device.name}: ${differences(before, device)}`] },
      ...appliedBlocks(applied),
    ]
  },
  status: ({ applied }) => (applied === null ? exitStatus.ok : appliedStatus(applied)),
})
