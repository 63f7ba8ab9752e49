import { z } from 'zod'
import { groupRename } from '../../../agent/contract/group.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { Line } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { changedBlocks } from './changed.ts'

export const rename = defineCommand({
  description:
    'Gives a group another title and name: it stays the same group, with its members, folders and rights. All classes of a\n' +
    'school at once are renamed by an import.',
  input: z.strictObject({
    name: GroupName.meta({ description: 'Name of the group so far.' }),
    title: Line.min(1).meta({ description: 'As the school says it from now on: 6a.' }),
    to: GroupName.exactOptional().meta({ description: 'Another name than the one by the title.', value: 'GROUP' }),
  }),
  positionals: ['name', 'title'],
  output: groupRename.response,
  examples: [{ line: 'group rename klasse-5a 6a', tells: 'It is klasse-6a then.' }],
  run: (input, { agent }) => agent.call(groupRename, input),
  present: changedBlocks,
})
