import { z } from 'zod'
import { groupAdd } from '../../../agent/contract/group.ts'
import { Login } from '../../../agent/model/person.ts'
import { Line } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { addedBlocks } from '../group/add.ts'

export const add = defineCommand({
  description:
    'Makes a course, with who teaches it and who is in it. Everything else that groups can: "iserv-ctl group …" with its name.',
  input: z.strictObject({
    title: Line.min(1).meta({ description: 'As the school says it: Englisch E1.' }),
    teacher: z.array(Login).default([]).meta({ description: 'Who teaches it.', value: 'LOGIN' }),
    member: z.array(Login).default([]).meta({ description: 'Who is in it.', value: 'LOGIN' }),
    dryRun: z.boolean().default(false).meta({ description: 'Only say what it would be called.' }),
  }),
  positionals: ['title'],
  output: groupAdd.response,
  examples: [
    { line: 'course add "Englisch E1" --teacher e.koch', tells: 'As group kurs-englisch-e1.' },
    { line: 'course add Robotik --teacher e.koch --member j.weber --member m.mueller', tells: 'With two pupils.' },
  ],
  run: ({ title, teacher, member, dryRun }, { agent }) =>
    agent.call(groupAdd, { title, kind: 'course', leaders: teacher, members: member, dryRun }),
  present: addedBlocks,
})
