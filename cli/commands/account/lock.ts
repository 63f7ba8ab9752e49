import { z } from 'zod'
import { accountLock } from '../../../agent/contract/account.ts'
import { Login } from '../../../agent/model/person.ts'
import { defineCommand } from '../../command.ts'
import { waitingLines } from './rows.ts'

export const lock = defineCommand({
  description:
    'Nobody can sign in with these accounts any more until they are unlocked, whatever imports say. Who is signed in stays so\n' +
    'until the session ends. Files and mail stay.',
  input: z.strictObject({ login: z.array(Login).min(1).meta({ description: 'Names to sign in with.' }) }),
  positionals: ['login'],
  output: accountLock.response,
  examples: [{ line: 'account lock m.mueller', tells: 'Until "account unlock m.mueller".' }],
  run: ({ login }, { agent }) => agent.call(accountLock, { logins: login }),
  present: ({ people, changed, waiting }) => [
    {
      kind: 'lines',
      lines: changed === 0 ? ['All of them were locked before'] : people.map(({ login }) => `${login}: locked`),
    },
    ...waitingLines(waiting),
  ],
})
