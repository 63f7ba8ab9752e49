import { z } from 'zod'
import { Applied, stateRollback } from '../../../agent/contract/state.ts'
import { defineCommand } from '../../command.ts'
import { GenerationNumber } from './generation.ts'
import { appliedBlocks, appliedStatus } from './applied.ts'

export const rollbackCommand = defineCommand({
  description:
    'Makes what an older generation said the state of the box again, under a new number. Without a number: the last\n' +
    'one that said something else. While a generation is on trial: back at once.',
  input: z.strictObject({
    generation: GenerationNumber,
    reason: z.string().max(200).default('').meta({ description: 'Why, for the history.', value: 'TEXT' }),
  }),
  positionals: ['generation'],
  output: Applied,
  examples: [
    { line: 'state rollback', tells: 'To what was before.' },
    { line: 'state rollback 12', tells: 'To what generation 12 said.' },
  ],
  run: (input, { agent }) => agent.call(stateRollback, input),
  present: appliedBlocks,
  status: appliedStatus,
})
