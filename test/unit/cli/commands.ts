import { z } from 'zod'
import { BoxError } from '../../../agent/errors.ts'
import { RoomName } from '../../../agent/model/scalars.ts'
import { type AnyCommand, type Listing, defineCommand } from '../../../cli/command.ts'

/** A command that shows what it was given, with one argument of every kind. */
const echo = defineCommand({
  description: 'Shows what it was given.\nNothing else.',
  input: z.strictObject({
    room: RoomName,
    more: z.array(z.string()).default([]).meta({ description: 'Further words.' }),
    forTime: z
      .string()
      .regex(/^\d+m$/, 'is not a length of time, as in 45m')
      .prefault('45m')
      .meta({ description: 'How long.', value: 'TIME' }),
    count: z.int().max(5).optional().meta({ description: 'How often.' }),
    shell: z.enum(['bash', 'fish']).optional().meta({ description: 'Which shell.', value: 'SHELL' }),
    tag: z.array(z.string()).default([]).meta({ description: 'A mark.', value: 'TAG' }),
    loud: z.boolean().default(false).meta({ description: 'In capitals.' }),
    probe: z.boolean().default(true).meta({ description: 'Do not look whether it serves.' }),
  }),
  positionals: ['room', 'more'],
  output: z.strictObject({
    room: z.string(),
    rest: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
  }),
  examples: [{ line: 'word echo r214 --for-time 5m', tells: 'Shows both.' }],
  run: async ({ room, ...rest }) => ({
    room,
    rest: Object.entries(rest).map(([name, value]) => ({ name, value: value === undefined ? null : String(value) })),
  }),
  present: ({ room, rest }) => [
    { kind: 'lines', lines: [room] },
    { kind: 'fields', fields: rest.map(({ name, value }) => [name, value ?? '']) },
  ],
  status: ({ room }) => (room === 'r6' ? 6 : 0),
})

function failing(description: string, fail: (signal: AbortSignal) => Error): AnyCommand {
  return defineCommand({
    description,
    input: z.strictObject({}),
    positionals: [],
    output: z.strictObject({}),
    examples: [{ line: 'word fail', tells: 'Fails.' }],
    run: (_, { signal }) => Promise.reject(fail(signal)),
    present: () => [],
  })
}

const refused = failing(
  'Is declined.',
  () =>
    new BoxError('STATE_INVALID', 'school.yaml: 2 errors, nothing was changed', {
      cause: new Error('the reason below'),
      hint: 'Mend them.',
      problems: [
        {
          severity: 'error',
          file: 'school.yaml',
          line: 14,
          path: 'networks[1].pool.to',
          message: '10.20.4.300 is not an IPv4 address',
        },
        {
          severity: 'error',
          file: 'school.yaml',
          line: 31,
          path: 'rooms[7].netwrok',
          message: 'unknown key',
          hint: 'Did you mean "network"?',
        },
        {
          severity: 'warning',
          file: 'school.yaml',
          line: 88,
          path: 'forwards[0]',
          message: 'roof-sensor has no fixed address',
        },
      ],
    }),
)

export const list: readonly Listing[] = [
  { noun: 'word', verb: 'echo', summary: 'Show the words', load: async () => echo },
  { noun: 'word', verb: 'fail', summary: 'Be declined', load: async () => refused },
  { noun: 'word', verb: 'break', summary: 'Be a bug', load: async () => failing('Breaks.', () => new TypeError('oh')) },
  {
    noun: 'work',
    verb: 'stop',
    summary: 'Be interrupted',
    load: async () => failing('Stops.', () => new BoxError('INTERRUPTED', 'tar was interrupted')),
  },
]
