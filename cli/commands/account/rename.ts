import { z } from 'zod'
import { accountRename } from '../../../agent/contract/account.ts'
import { Login } from '../../../agent/model/person.ts'
import { defineCommand } from '../../command.ts'
import { waitingLines } from './rows.ts'

export const rename = defineCommand({
  description:
    'Gives somebody another name to sign in with. Account, password, files and groups stay the same ones; the home folder is\n' +
    'renamed with it. The old name is never given to anybody else.',
  input: z.strictObject({
    login: Login.meta({ description: 'Name to sign in with so far.' }),
    to: Login.meta({ description: 'Name to sign in with from now on.' }),
  }),
  positionals: ['login', 'to'],
  output: accountRename.response,
  examples: [{ line: 'account rename m.mueller m.mueller-koch', tells: 'After a wedding.' }],
  run: (input, { agent }) => agent.call(accountRename, input),
  present: ({ person: { login, given, surname }, changed, waiting }) => [
    {
      kind: 'lines',
      lines: [changed ? `${given} ${surname} signs in as ${login}` : `That is the name already: ${login}`],
    },
    ...waitingLines(waiting),
  ],
})
