import { z } from 'zod'
import { groupRemove } from '../../../agent/contract/group.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { type Block, defineCommand } from '../../command.ts'
import type { Said } from './said.ts'
import { waitingLines } from '../account/rows.ts'
import { counted } from './rows.ts'

export const remove = removeOf({
  description:
    'Ends a group: it is in no list and no right any more, and its folder goes to the archive. Its members stay what they are.\n' +
    '"group restore" brings it back, with members and folder.',
  examples: [{ line: 'group remove schuelerzeitung', tells: 'Its folder is kept in the archive.' }],
})

/** The same for a kind of group that has commands of its own. */
export function removeOf(said: Said) {
  return defineCommand({
    ...said,
    input: z.strictObject({
      name: GroupName.meta({ description: 'Name of the group.' }),
      dryRun: z.boolean().default(false).meta({ description: 'Only say whom it concerns.' }),
    }),
    positionals: ['name'],
    output: groupRemove.response,
    run: (input, { agent }) => agent.call(groupRemove, input),
    present: removedBlocks,
  })
}

export function removedBlocks({ group, waiting }: z.output<typeof groupRemove.response>): readonly Block[] {
  const { name, title, members, ended } = group
  const line =
    ended === null
      ? `${name} (${title}) with ${members} members would end. Nothing was changed.`
      : `${name} (${title}) has ended; it had ${counted(members)}`
  return [{ kind: 'lines', lines: [line] }, ...waitingLines(waiting)]
}
