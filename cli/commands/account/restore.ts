import { z } from 'zod'
import { accountRestore } from '../../../agent/contract/account.ts'
import { Login } from '../../../agent/model/person.ts'
import { defineCommand } from '../../command.ts'
import { passwordLine, stateWords, waitingLines } from './rows.ts'

export const restore = defineCommand({
  description:
    'Brings people back who are on the way out: the same account, password, files and groups. Who was removed already gets a\n' +
    'new account with the same name and number, the files from the archive if they are still there, and a new password.',
  input: z.strictObject({
    login: z.array(Login).min(1).meta({ description: 'Names to sign in with.' }),
    dryRun: z.boolean().default(false).meta({ description: 'Only say what would become of them.' }),
  }),
  positionals: ['login'],
  output: z.strictObject({ ...accountRestore.response.shape, dryRun: z.boolean() }),
  examples: [{ line: 'account restore m.mueller', tells: 'As if nothing had been.' }],
  async run({ login, dryRun }, { agent, terminal }) {
    const answer = await agent.call(accountRestore, { logins: login, dryRun })
    // A file or a pipe would keep them; "account password" makes others.
    return { ...answer, passwords: terminal ? answer.passwords : [], dryRun }
  },
  present: ({ back, already, passwords, waiting, dryRun }) => [
    {
      kind: 'lines',
      lines: [
        ...back.map((person) => `${person.login}: ${stateWords(person)}`),
        ...already.map((login) => `${login}: was not on the way out`),
        ...passwords.map(({ login, password }) => passwordLine(login, password)),
        ...(dryRun ? ['Nothing was changed.'] : []),
      ],
    },
    ...waitingLines(waiting),
  ],
})
