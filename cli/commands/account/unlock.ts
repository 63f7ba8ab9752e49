import { z } from 'zod'
import { accountUnlock } from '../../../agent/contract/account.ts'
import { Login } from '../../../agent/model/person.ts'
import { defineCommand } from '../../command.ts'
import { stateWords, waitingLines } from './rows.ts'

export const unlock = defineCommand({
  description:
    'Ends locks: those by hand, and the pause after too many wrong passwords. Who is on the way out stays there:\n' +
    '"account restore" brings people back.',
  input: z.strictObject({ login: z.array(Login).min(1).meta({ description: 'Names to sign in with.' }) }),
  positionals: ['login'],
  output: accountUnlock.response,
  examples: [{ line: 'account unlock m.mueller', tells: 'Also after ten wrong passwords.' }],
  run: ({ login }, { agent }) => agent.call(accountUnlock, { logins: login }),
  present: ({ people, changed, waiting }) => [
    {
      kind: 'lines',
      lines:
        changed === 0
          ? ['None of them was locked']
          : people.map((person) => `${person.login}: not locked, ${stateWords(person)}`),
    },
    ...waitingLines(waiting),
  ],
})
