import { z } from 'zod'
import { accountList } from '../../../agent/contract/account.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { AccountState, Role } from '../../../agent/model/person.ts'
import { Line } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { personHead, personRow } from './rows.ts'

export const list = defineCommand({
  description:
    'Shows people by surname: everybody but those who are removed, or whom the options leave. Words of --search are found in\n' +
    'names and logins, from any place and in any spelling: "mul", "mül" and "mueller" all find Müller.',
  input: z.strictObject({
    search: Line.exactOptional().meta({ description: 'Words of the name.', value: 'WORDS' }),
    role: Role.exactOptional().meta({ description: 'Only people of this role.', value: 'ROLE' }),
    group: GroupName.exactOptional().meta({ description: 'Only members of this group.', value: 'GROUP' }),
    state: AccountState.exactOptional().meta({
      description: 'Only active, tolerated, disabled or removed people.',
      value: 'STATE',
    }),
  }),
  positionals: [],
  output: accountList.response,
  examples: [
    { line: 'account list --search mül', tells: 'Everybody whose name is like that.' },
    { line: 'account list --group klasse-5a', tells: 'A class.' },
    { line: 'account list --state tolerated', tells: 'Who is on the way out.' },
  ],
  run: (input, { agent }) => agent.call(accountList, input),
  present: ({ people, total }) =>
    total === 0
      ? [{ kind: 'lines', lines: ['Nobody. People come by "iserv-ctl import plan FILE" or "iserv-ctl account add".'] }]
      : [
          { kind: 'table', head: personHead, rows: people.map(personRow) },
          { kind: 'lines', lines: [total === 1 ? '1 person' : `${total} people`] },
        ],
})
