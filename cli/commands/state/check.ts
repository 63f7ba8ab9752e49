import { z } from 'zod'
import { Problem } from '../../../agent/contract/failure.ts'
import { exitStatus, isBoxError } from '../../../agent/errors.ts'
import { readState } from '../../../agent/model/read.ts'
import { defineCommand } from '../../command.ts'
import { countText, problemBlocks } from '../../problems.ts'
import { readDocuments } from './documents.ts'

export const stateCheck = defineCommand({
  description:
    'Reads a school state and says everything that is wrong with it, with line and place.\n' +
    'Needs no box and no agent, and changes nothing.',
  input: z.strictObject({
    file: z.array(z.string()).min(1).meta({
      description: 'YAML files that make one state together; - reads standard input.',
    }),
  }),
  positionals: ['file'],
  output: z.strictObject({
    valid: z.boolean().meta({ description: 'No errors; warnings do not count.' }),
    files: z.array(z.string()),
    counts: z
      .strictObject({ networks: z.int(), rooms: z.int(), devices: z.int() })
      .nullable()
      .meta({ description: 'What the state declares; null when it is not valid.' }),
    problems: z.array(Problem),
  }),
  examples: [
    { line: 'state check school.yaml', tells: 'One file.' },
    { line: 'state check school.yaml devices.yaml --json', tells: 'Two files as one state, result for a program.' },
  ],
  async run({ file }, context) {
    const documents = await readDocuments(file, context)
    try {
      const { state, warnings } = readState(documents)
      const counts = { networks: state.networks.length, rooms: state.rooms.length, devices: state.devices.length }
      return { valid: true, files: file, counts, problems: [...warnings] }
    } catch (error) {
      if (!isBoxError(error, 'STATE_INVALID')) throw error
      return { valid: false, files: file, counts: null, problems: [...error.problems] }
    }
  },
  present({ valid, files, counts, problems }) {
    const declared = counts && `${counts.networks} networks, ${counts.rooms} rooms, ${counts.devices} devices; `
    const line = `${files.join(', ')}: ${declared ?? ''}${countText(problems)}`
    return [{ kind: 'lines', lines: [{ text: line, tone: valid ? 'good' : 'bad' }] }, ...problemBlocks(problems)]
  },
  status: ({ valid }) => (valid ? exitStatus.ok : exitStatus.input),
})
