import { z } from 'zod'
import { Plan, statePlan } from '../../../agent/contract/state.ts'
import { type Block, defineCommand } from '../../command.ts'
import { problemBlocks } from '../../problems.ts'
import { changeRows } from './applied.ts'
import { readDocuments } from './documents.ts'

export const planCommand = defineCommand({
  description:
    'Shows what would change on this box, service by service, and has every service check it.\n' + 'Changes nothing.',
  input: z.strictObject({
    file: z.array(z.string()).min(1).meta({
      description: 'YAML files that make one state together; - reads standard input.',
    }),
  }),
  positionals: ['file'],
  output: z.strictObject({ ...Plan.shape, files: z.array(z.string()) }),
  examples: [{ line: 'state plan school.yaml', tells: 'Before anything changes.' }],
  async run({ file }, context) {
    const documents = [...(await readDocuments(file, context))]
    return { ...(await context.agent.call(statePlan, { documents })), files: file }
  },
  present({ from, to, resources, warnings, files }): readonly Block[] {
    const changes = resources.reduce((sum, { lines }) => sum + lines.length, 0)
    const generations = from === null ? `Generation ${to}, the first` : `Generation ${from} → ${to}`
    if (changes === 0) {
      return [{ kind: 'lines', lines: [`${generations}: nothing would change`] }, ...problemBlocks(warnings)]
    }
    const services = `${resources.length} service${resources.length === 1 ? '' : 's'}`
    return [
      { kind: 'lines', lines: [`${generations}, ${changes} change${changes === 1 ? '' : 's'} in ${services}`] },
      { kind: 'table', rows: resources.flatMap(({ name, lines }) => changeRows(name, lines)) },
      ...problemBlocks(warnings),
      {
        kind: 'lines',
        lines: [`Apply with: iserv-ctl state apply ${files.join(' ')}        (add --try 5m to go back by itself)`],
      },
    ]
  },
})
