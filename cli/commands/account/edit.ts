import { z } from 'zod'
import { accountEdit } from '../../../agent/contract/account.ts'
import { BoxError } from '../../../agent/errors.ts'
import { BirthDate, Login, Role } from '../../../agent/model/person.ts'
import { Line } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { waitingLines } from './rows.ts'

export const edit = defineCommand({
  description:
    'Changes what is known of somebody. The name to sign in with stays: "account rename" changes it.\n' +
    'What an import says of people it has brought, it says again with the next file: change it there, too.',
  input: z.strictObject({
    login: Login.meta({ description: 'Name to sign in with.' }),
    given: Line.min(1).exactOptional().meta({ description: 'Given names.', value: 'NAMES' }),
    surname: Line.exactOptional().meta({ description: 'Surname.', value: 'NAME' }),
    birth: z
      .union([z.literal('none'), BirthDate])
      .exactOptional()
      .meta({ description: 'Day of birth, as in 2014-03-31, or none.', value: 'DATE' }),
    mail: z
      .union([z.literal('none'), z.email()])
      .exactOptional()
      .meta({ description: 'Address for mail, or none.', value: 'ADDRESS' }),
    role: Role.exactOptional().meta({ description: 'What somebody is now.', value: 'ROLE' }),
  }),
  positionals: ['login'],
  output: accountEdit.response,
  examples: [
    { line: 'account edit m.mueller --surname Müller-Koch', tells: 'After a wedding.' },
    { line: 'account edit j.weber --mail none', tells: 'Without an address.' },
  ],
  run({ login, birth, mail, ...fields }, { agent }) {
    const change = {
      ...fields,
      ...(birth === undefined ? {} : { birth: birth === 'none' ? null : birth }),
      ...(mail === undefined ? {} : { mail: mail === 'none' ? null : mail }),
    }
    if (Object.keys(change).length === 0) {
      throw new BoxError('USAGE', 'What is to be changed?', { hint: 'Say at least one of the options: --surname …' })
    }
    return agent.call(accountEdit, { login, ...change })
  },
  present: ({ person: { login, given, surname, role }, changed, waiting }) => [
    {
      kind: 'lines',
      lines: [changed ? `${login} is ${given} ${surname}, ${role}` : `${login} is so already; nothing was changed`],
    },
    ...waitingLines(waiting),
  ],
})
