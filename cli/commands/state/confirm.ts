import { z } from 'zod'
import { stateConfirm } from '../../../agent/contract/state.ts'
import { defineCommand } from '../../command.ts'

export const confirmCommand = defineCommand({
  description: 'Keeps the generation that "iserv-ctl state apply --try" has put on trial.',
  input: z.strictObject({}),
  positionals: [],
  output: stateConfirm.response,
  examples: [{ line: 'state confirm', tells: 'It works: keep it.' }],
  run: (_, { agent }) => agent.call(stateConfirm, {}),
  present: ({ generation }) => [{ kind: 'lines', lines: [{ text: `Generation ${generation} stays`, tone: 'good' }] }],
})
