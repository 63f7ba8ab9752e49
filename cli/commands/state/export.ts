import { z } from 'zod'
import { stateShow } from '../../../agent/contract/state.ts'
import { StateDocument } from '../../../agent/model/document.ts'
import { defineCommand } from '../../command.ts'
import { GenerationNumber } from './generation.ts'

export const exportCommand = defineCommand({
  description:
    'Prints the documents of a generation, the current one without a number, word for word, comments and all,\n' +
    'so that they can be changed and applied again. Several documents are parted by "---".',
  input: z.strictObject({
    generation: GenerationNumber,
  }),
  positionals: ['generation'],
  output: z.strictObject({ generation: z.int(), documents: z.array(StateDocument) }),
  examples: [
    { line: 'state export > school.yaml', tells: 'The current state as a file.' },
    { line: 'state export 12 | iserv-ctl state plan -', tells: 'What going back to 12 would change.' },
  ],
  async run(input, { agent }) {
    const { number, documents } = await agent.call(stateShow, input)
    return { generation: number, documents }
  },
  present: ({ documents }) => [{ kind: 'raw', text: joined(documents.map(({ text }) => text)) }],
})

/** One YAML stream. Pure. */
export function joined(texts: readonly string[]): string {
  return texts.map((text) => (text.endsWith('\n') || text === '' ? text : `${text}\n`)).join('---\n')
}
