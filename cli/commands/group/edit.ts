import { z } from 'zod'
import { groupEdit } from '../../../agent/contract/group.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { Line } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { changedBlocks } from './changed.ts'

export const edit = defineCommand({
  description: 'Changes the title of a group, and the name of its folder with it. Its name in the directory stays.',
  input: z.strictObject({
    name: GroupName.meta({ description: 'Name of the group.' }),
    title: Line.min(1).meta({ description: 'As the school says it from now on.', value: 'TITLE' }),
  }),
  positionals: ['name'],
  output: groupEdit.response,
  examples: [{ line: 'group edit schuelerzeitung --title "Schülerzeitung Blick"', tells: 'Another title.' }],
  run: (input, { agent }) => agent.call(groupEdit, input),
  present: changedBlocks,
})
