import { z } from 'zod'
import { groupLeave } from '../../../agent/contract/group.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { Login } from '../../../agent/model/person.ts'
import { defineCommand } from '../../command.ts'
import type { Said } from './said.ts'
import { movedBlocks } from './rows.ts'

export const leave = leaveOf({
  description:
    'Takes people out of a group. Whom an import has put in, the next file puts in again, if it still says so.',
  examples: [{ line: 'group leave schuelerzeitung j.weber', tells: 'One leaves.' }],
})

/** The same for a kind of group that has commands of its own. */
export function leaveOf(said: Said) {
  return defineCommand({
    ...said,
    input: z.strictObject({
      name: GroupName.meta({ description: 'Name of the group.' }),
      login: z.array(Login).min(1).meta({ description: 'Names to sign in with.' }),
      dryRun: z.boolean().default(false).meta({ description: 'Only say who would leave.' }),
    }),
    positionals: ['name', 'login'],
    output: z.strictObject({ ...groupLeave.response.shape, dryRun: z.boolean() }),
    run: async ({ login, dryRun, ...input }, { agent }) => ({
      ...(await agent.call(groupLeave, { ...input, logins: login, dryRun })),
      dryRun,
    }),
    present: ({ dryRun, ...moved }) => movedBlocks(moved, 'leaves', 'was not in', dryRun),
  })
}
