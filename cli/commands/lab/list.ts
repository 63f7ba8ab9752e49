import { z } from 'zod'
import { defineCommand } from '../../command.ts'
import { listLabs } from '../../lab/lab.ts'
import { requireRoot } from './options.ts'

export const labList = defineCommand({
  description:
    'Lists the labs of this machine. Where exactly one runs, commands typed on this machine go to its server; where several run, they are typed in `lab shell --name NAME`.',
  input: z.strictObject({}),
  positionals: [],
  output: z.strictObject({
    labs: z
      .array(
        z.strictObject({
          name: z.string(),
          state: z.enum(['starting', 'running', 'ended', 'unknown']).meta({
            description:
              'ended: the server is gone, `lab down` removes the rest. unknown: built by another version of iserv-ctl.',
          }),
          kind: z.enum(['container', 'machine']).nullable(),
          devices: z.int().nullable(),
        }),
      )
      .readonly(),
  }),
  examples: [{ line: 'lab list', tells: 'Which labs there are, and which of them run.' }],
  async run(_, { system }) {
    requireRoot('lab list')
    const labs = await listLabs(system)
    return {
      labs: labs.map(({ name, state, record }) => ({
        name,
        state,
        kind: record?.kind ?? null,
        devices: record?.clients.length ?? null,
      })),
    }
  },
  present: ({ labs }) =>
    labs.length === 0
      ? [{ kind: 'lines', lines: ['There is no lab. Start one with: iserv-ctl lab start'] }]
      : [
          {
            kind: 'table',
            head: ['lab', 'state', 'kind', 'devices'],
            rows: labs.map(({ name, state, kind, devices }) => [name, state, kind ?? '-', String(devices ?? '-')]),
          },
        ],
})
