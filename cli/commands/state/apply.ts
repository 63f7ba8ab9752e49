import { z } from 'zod'
import { Applied, stateApply } from '../../../agent/contract/state.ts'
import { Duration } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { appliedBlocks, appliedStatus } from './applied.ts'
import { readDocuments } from './documents.ts'

export const applyCommand = defineCommand({
  description:
    'Makes the documents the state of this box, under a new generation number. Every service checks it first; if one\n' +
    'declines, nothing is changed.\n\n' +
    'With --try the box goes back by itself unless "iserv-ctl state confirm" comes in time, also after a restart. The time\n' +
    'counts from the answer. Without one, it counts from the beginning of the change and is two minutes at least.',
  input: z.strictObject({
    file: z.array(z.string()).min(1).meta({
      description: 'YAML files that make one state together; - reads standard input.',
    }),
    try: Duration.optional().meta({
      description: 'Go back by itself after this time from the answer unless confirmed.',
      value: 'TIME',
    }),
    reason: z.string().max(200).default('').meta({ description: 'Why, for the history.', value: 'TEXT' }),
    base: z.int().min(0).optional().meta({
      description: 'Decline when another generation than this one is current by now.',
      value: 'N',
    }),
  }),
  positionals: ['file'],
  output: Applied,
  examples: [
    { line: 'state apply school.yaml --reason "new computer room"', tells: 'For good.' },
    { line: 'state apply school.yaml --try 5m', tells: 'Back by itself after five minutes unless confirmed.' },
  ],
  async run({ file, try: trialSeconds, reason, base }, context) {
    const documents = [...(await readDocuments(file, context))]
    return context.agent.call(stateApply, { documents, reason, base, trialSeconds })
  },
  present: appliedBlocks,
  status: appliedStatus,
})
