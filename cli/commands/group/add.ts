import { z } from 'zod'
import { groupAdd, MadeKind } from '../../../agent/contract/group.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { Line } from '../../../agent/model/scalars.ts'
import { type Block, defineCommand } from '../../command.ts'
import { waitingLines } from '../account/rows.ts'

export const add = defineCommand({
  description:
    'Makes a group. Its name in the directory follows from kind and title (klasse-5a); its folder is called like the title.\n' +
    'Imports leave it alone.',
  input: z.strictObject({
    title: Line.min(1).meta({ description: 'As the school says it: 5a, Schülerzeitung.' }),
    kind: MadeKind.default('custom').meta({
      description: 'class, year, course, subject or custom.',
      value: 'KIND',
    }),
    name: GroupName.exactOptional().meta({ description: 'Another name.', value: 'GROUP' }),
    dryRun: z.boolean().default(false).meta({ description: 'Only say what it would be called.' }),
  }),
  positionals: ['title'],
  output: groupAdd.response,
  examples: [
    { line: 'group add Schülerzeitung', tells: 'A group of any people.' },
    { line: 'group add 5a --kind class', tells: 'A class, with folders.' },
  ],
  run: (input, { agent }) => agent.call(groupAdd, input),
  present: addedBlocks,
})

export function addedBlocks({ name, group, waiting }: z.output<typeof groupAdd.response>): readonly Block[] {
  const line =
    group === null ? `Its name would be ${name}. Nothing was changed.` : `${group.title} is there, as group ${name}`
  return [{ kind: 'lines', lines: [line] }, ...waitingLines(waiting)]
}
