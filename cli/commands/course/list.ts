import { z } from 'zod'
import { groupList } from '../../../agent/contract/group.ts'
import { defineCommand } from '../../command.ts'
import { groupHead, groupRow } from '../group/rows.ts'

export const list = defineCommand({
  description: 'Shows the courses, how many are in each, and who teaches it.',
  input: z.strictObject({}),
  positionals: [],
  output: groupList.response,
  examples: [{ line: 'course list', tells: 'All courses.' }],
  run: (_, { agent }) => agent.call(groupList, { kind: 'course' }),
  present: ({ groups }) =>
    groups.length === 0
      ? [{ kind: 'lines', lines: ['There is no course. Make one: iserv-ctl course add TITLE --teacher LOGIN'] }]
      : [{ kind: 'table', head: groupHead, rows: groups.map(groupRow) }],
})
