import { z } from 'zod'
import { accountAdd } from '../../../agent/contract/account.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { BirthDate, Login, Role } from '../../../agent/model/person.ts'
import { Line } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { askPassword, refuseToKeep } from './ask.ts'
import { passwordLine, waitingLines } from './rows.ts'

export const add = defineCommand({
  description:
    'Makes an account for somebody who comes by no import: no import will ever touch it. The name to sign in with follows\n' +
    'the rule of the school (accounts.login); --dry-run shows it.\n' +
    'Without --ask a password is made and shown once. With --ask you are asked for one; it may also come on standard input.',
  input: z.strictObject({
    given: Line.min(1).meta({ description: 'Given names.' }),
    surname: Line.meta({ description: 'Surname.' }),
    role: Role.meta({
      description: 'What somebody is: pupil, teacher, staff, parent, administrator or guest.',
      value: 'ROLE',
    }),
    group: z.array(GroupName).default([]).meta({ description: 'Group to belong to.', value: 'GROUP' }),
    birth: BirthDate.exactOptional().meta({ description: 'Day of birth, as in 2014-03-31.', value: 'DATE' }),
    mail: z.email().exactOptional().meta({ description: 'Address for mail.', value: 'ADDRESS' }),
    login: Login.exactOptional().meta({ description: 'Another name to sign in with.', value: 'LOGIN' }),
    ask: z.boolean().default(false).meta({ description: 'Ask for the password, or read it from standard input.' }),
    dryRun: z.boolean().default(false).meta({ description: 'Only say what the account would be.' }),
  }),
  positionals: ['given', 'surname'],
  output: accountAdd.response,
  examples: [
    { line: 'account add Jörg Müller --role teacher', tells: 'With a password that is made and shown.' },
    { line: 'account add "Anna Lena" Koch --role guest --login praktikum.koch --ask', tells: 'Asks for the password.' },
  ],
  async run({ group, ask, dryRun, birth = null, mail = null, ...person }, context) {
    if (!ask && !dryRun) refuseToKeep(context)
    const request = { ...person, birth, mail, groups: group }
    const seen = await context.agent.call(accountAdd, { ...request, dryRun: true })
    if (dryRun) return seen
    const password = ask ? { password: await askPassword(seen.login, context) } : {}
    return context.agent.call(accountAdd, { ...request, ...password })
  },
  present: ({ login, person, password, waiting }) => [
    {
      kind: 'lines',
      lines: [
        person === null
          ? `The name to sign in with would be ${login}. Nothing was changed.`
          : `${person.given} ${person.surname} signs in as ${login}`,
        ...(password === null ? [] : [passwordLine(login, password)]),
      ],
    },
    ...waitingLines(waiting),
  ],
})
