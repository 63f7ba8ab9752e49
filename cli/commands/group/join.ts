import { z } from 'zod'
import { groupJoin } from '../../../agent/contract/group.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { Login } from '../../../agent/model/person.ts'
import { defineCommand } from '../../command.ts'
import type { Said } from './said.ts'
import { movedBlocks } from './rows.ts'

export const join = joinOf({
  description: 'Puts people into a group. What a hand has put in, no import takes out.',
  examples: [
    { line: 'group join schuelerzeitung m.mueller j.weber', tells: 'Two members.' },
    { line: 'group join klasse-5a e.koch --leader', tells: 'The class teacher.' },
  ],
})

/** The same for a kind of group that has commands of its own. */
export function joinOf(said: Said) {
  return defineCommand({
    ...said,
    input: z.strictObject({
      name: GroupName.meta({ description: 'Name of the group.' }),
      login: z.array(Login).min(1).meta({ description: 'Names to sign in with.' }),
      leader: z.boolean().default(false).meta({ description: 'They lead it: teachers of a class or course.' }),
      dryRun: z.boolean().default(false).meta({ description: 'Only say who would join.' }),
    }),
    positionals: ['name', 'login'],
    output: z.strictObject({ ...groupJoin.response.shape, dryRun: z.boolean() }),
    run: async ({ login, dryRun, ...input }, { agent }) => ({
      ...(await agent.call(groupJoin, { ...input, logins: login, dryRun })),
      dryRun,
    }),
    present: ({ dryRun, ...moved }) => movedBlocks(moved, 'joins', 'was already in', dryRun),
  })
}
