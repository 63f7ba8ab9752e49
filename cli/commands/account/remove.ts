import { z } from 'zod'
import { accountRemove } from '../../../agent/contract/account.ts'
import { Login } from '../../../agent/model/person.ts'
import { defineCommand } from '../../command.ts'
import { stateWords, waitingLines } from './rows.ts'

export const remove = defineCommand({
  description:
    'Sends people on the way out. Nothing is deleted now: they may sign in for some days (tolerated), then no more (disabled),\n' +
    'and only then account and files go (removed); how long each step takes, the school says by role (accounts.leaving).\n' +
    'Until then "account restore" brings everything back. To keep somebody out at once: "account lock".',
  input: z.strictObject({
    login: z.array(Login).min(1).meta({ description: 'Names to sign in with.' }),
    dryRun: z.boolean().default(false).meta({ description: 'Only say what would become of them.' }),
  }),
  positionals: ['login'],
  output: z.strictObject({ ...accountRemove.response.shape, dryRun: z.boolean() }),
  examples: [
    { line: 'account remove praktikum.koch', tells: 'On the way out from now on.' },
    { line: 'account remove a.weber b.weber --dry-run', tells: 'When would what happen?' },
  ],
  run: async ({ login, dryRun }, { agent }) => ({
    ...(await agent.call(accountRemove, { logins: login, dryRun })),
    dryRun,
  }),
  present: ({ leaving, already, waiting, dryRun }) => [
    {
      kind: 'lines',
      lines: [
        ...leaving.map((person) => `${person.login}: ${stateWords(person)}`),
        ...already.map((login) => `${login}: was on the way out before`),
        ...(dryRun ? ['Nothing was changed.'] : []),
      ],
    },
    ...waitingLines(waiting),
  ],
})
