import { z } from 'zod'
import { groupList } from '../../../agent/contract/group.ts'
import { GroupKind } from '../../../agent/model/group.ts'
import { defineCommand } from '../../command.ts'
import { groupHead, groupRow } from './rows.ts'

export const list = defineCommand({
  description: 'Shows the groups of people and how many belong to each.',
  input: z.strictObject({
    kind: GroupKind.exactOptional().meta({
      description: 'Only these: role, class, year, course, subject or custom.',
      value: 'KIND',
    }),
    ended: z.boolean().default(false).meta({ description: 'Those that have ended, instead of those that live.' }),
  }),
  positionals: [],
  output: groupList.response,
  examples: [
    { line: 'group list --kind class', tells: 'The classes.' },
    { line: 'group list --ended', tells: 'What was.' },
  ],
  run: (input, { agent }) => agent.call(groupList, input),
  present: ({ groups }) =>
    groups.length === 0
      ? [{ kind: 'lines', lines: ['There is no such group. Make one: iserv-ctl group add TITLE'] }]
      : [{ kind: 'table', head: groupHead, rows: groups.map(groupRow) }],
})
