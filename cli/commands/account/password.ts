import { z } from 'zod'
import { accountPassword } from '../../../agent/contract/account.ts'
import { Login } from '../../../agent/model/person.ts'
import { defineCommand } from '../../command.ts'
import { askPassword, refuseToKeep } from './ask.ts'
import { passwordLine } from './rows.ts'

export const password = defineCommand({
  description:
    'Sets a password. You are asked for it, or it comes in the first line of standard input; it is never said on the command\n' +
    'line. With --generate one is made and shown once. How long it must be depends on the role (directory.passwords).\n' +
    'Whoever was locked out after wrong passwords can sign in at once.',
  input: z.strictObject({
    login: Login.meta({ description: 'Name to sign in with.' }),
    generate: z.boolean().default(false).meta({ description: 'Make one and show it.' }),
  }),
  positionals: ['login'],
  output: accountPassword.response,
  examples: [
    { line: 'account password m.mueller', tells: 'Asks for it twice.' },
    { line: 'account password m.mueller --generate', tells: 'For a child that has forgotten it.' },
  ],
  async run({ login, generate }, context) {
    if (generate) refuseToKeep(context)
    const chosen = generate ? {} : { password: await askPassword(login, context) }
    return context.agent.call(accountPassword, { login, ...chosen })
  },
  present: ({ login, password: made }) => [
    { kind: 'lines', lines: [made === null ? `${login} has a new password` : passwordLine(login, made)] },
  ],
})
