import { z } from 'zod'
import { ImportStatus, importStatus } from '../../../agent/contract/import-job.ts'
import { defineCommand } from '../../command.ts'
import { statusBlocks, watch } from './watch.ts'

export const importStatusCommand = defineCommand({
  description: 'Shows the last import on this box: what it changed, and how far it is if it is still under way.',
  input: z.strictObject({
    follow: z.boolean().default(false).meta({ description: 'Show how it gets on until it is done.' }),
  }),
  positionals: [],
  output: z.strictObject({ import: ImportStatus.nullable().meta({ description: 'Null: there was none.' }) }),
  examples: [
    { line: 'import status', tells: 'The last import.' },
    { line: 'import status --follow', tells: 'Waits until it is done.' },
  ],
  run: async ({ follow }, context) =>
    follow ? { import: await watch(context) } : { import: (await context.agent.call(importStatus, {})).import },
  present: ({ import: status }) =>
    status === null ? [{ kind: 'lines', lines: ['There was no import on this box'] }] : statusBlocks(status),
})
