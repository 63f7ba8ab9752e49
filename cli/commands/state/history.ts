import { z } from 'zod'
import { stateHistory, type GenerationSummary } from '../../../agent/contract/state.ts'
import { type Block, defineCommand, type Text } from '../../command.ts'
import { moment } from '../moment.ts'

export const historyCommand = defineCommand({
  description: 'Lists the generations of the state, newest first: when, who, why, and what became of each.',
  input: z.strictObject({
    limit: z.int().min(1).max(1000).default(20).meta({ description: 'At most so many.', value: 'N' }),
  }),
  positionals: [],
  output: stateHistory.response,
  examples: [{ line: 'state history', tells: 'What was changed lately, and by whom.' }],
  run: (input, { agent }) => agent.call(stateHistory, input),
  present: ({ generations }): readonly Block[] =>
    generations.length === 0
      ? [{ kind: 'lines', lines: ['This box has no state yet.'] }]
      : [
          {
            kind: 'table',
            head: ['generation', 'when', 'by', 'outcome', 'reason'],
            rows: generations.map((one) => [String(one.number), moment(one.at), one.by, outcomeText(one), one.reason]),
          },
        ],
})

/** What became of a generation, in words. */
export function outcomeText({ current, outcome, detail }: GenerationSummary): Text {
  if (current) return { text: 'current', tone: 'good' }
  const words = { prepared: 'being checked', refused: 'refused', applied: 'was current', reverted: 'taken back' }
  const text = detail === '' ? words[outcome] : `${words[outcome]}: ${detail}`
  return outcome === 'applied' ? text : { text, tone: 'warning' }
}
