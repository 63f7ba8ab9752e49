import { z } from 'zod'
import { groupRestore } from '../../../agent/contract/group.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { type Block, defineCommand } from '../../command.ts'
import { waitingLines } from '../account/rows.ts'
import type { Said } from './said.ts'
import { counted } from './rows.ts'

export const restore = restoreOf({
  description:
    'A group that has ended lives again, as the same group: with its members, and with its folder as long as the archive has it.',
  examples: [{ line: 'group restore schuelerzeitung', tells: 'It was removed by mistake.' }],
})

/** The same for a kind of group that has commands of its own. */
export function restoreOf(said: Said) {
  return defineCommand({
    ...said,
    input: z.strictObject({
      name: GroupName.meta({ description: 'The name it had.' }),
      dryRun: z.boolean().default(false).meta({ description: 'Only say which one it would be.' }),
    }),
    positionals: ['name'],
    output: groupRestore.response,
    run: (input, { agent }) => agent.call(groupRestore, input),
    present: restoredBlocks,
  })
}

function restoredBlocks({ group, waiting }: z.output<typeof groupRestore.response>): readonly Block[] {
  const { name, title, members, ended } = group
  const line =
    ended === null
      ? `${name} (${title}) is there again, with ${counted(members)}`
      : `${name} (${title}) with ${counted(members)} would be there again. Nothing was changed.`
  return [{ kind: 'lines', lines: [line] }, ...waitingLines(waiting)]
}
