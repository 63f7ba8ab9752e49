import { z } from 'zod'
import { deviceRemove } from '../../../agent/contract/device.ts'
import { exitStatus } from '../../../agent/errors.ts'
import { DeviceName } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { appliedBlocks, appliedStatus } from '../state/applied.ts'
import { deviceHead, deviceRow } from './rows.ts'

export const remove = defineCommand({
  description:
    'Takes devices out of the state, in one new generation. All of them or none; "iserv-ctl state rollback" brings\n' +
    'them back.',
  input: z.strictObject({ name: z.array(DeviceName).min(1).meta({ description: 'Names of devices.' }) }),
  positionals: ['name'],
  output: deviceRemove.response,
  examples: [{ line: 'device remove r214-pc07 r214-pc08', tells: 'Two devices at once.' }],
  run: ({ name }, { agent }) => agent.call(deviceRemove, { names: name }),
  present: ({ removed, applied }) => [
    { kind: 'table', head: deviceHead, rows: removed.map((device) => deviceRow(device)) },
    ...(applied === null ? [] : appliedBlocks(applied)),
  ],
  status: ({ applied }) => (applied === null ? exitStatus.ok : appliedStatus(applied)),
})
