import { z } from 'zod'
import { deviceList, DeviceView } from '../../../agent/contract/device.ts'
import { NetworkName, RoomName } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { deviceHead, deviceRow } from './rows.ts'

export const list = defineCommand({
  description: 'Shows the devices of the running state, in its order, with what counts for each.',
  input: z.strictObject({
    room: RoomName.exactOptional().meta({ description: 'Only devices of this room.', value: 'ROOM' }),
    network: NetworkName.exactOptional().meta({ description: 'Only devices of this network.', value: 'NETWORK' }),
  }),
  positionals: [],
  output: z.strictObject({ devices: z.array(DeviceView) }),
  examples: [
    { line: 'device list --room r214', tells: 'One room.' },
    { line: 'device list --json', tells: 'All of them, for a script.' },
  ],
  run: (input, { agent }) => agent.call(deviceList, input),
  present: ({ devices }) =>
    devices.length === 0
      ? [{ kind: 'lines', lines: ['No device is declared here. Add one: iserv-ctl device add NAME --mac … --room …'] }]
      : [{ kind: 'table', head: deviceHead, rows: devices.map((device) => deviceRow(device)) }],
})
