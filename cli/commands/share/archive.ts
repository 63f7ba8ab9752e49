import { z } from 'zod'
import { type ArchiveActView, shareArchive } from '../../../agent/contract/share.ts'
import { type Block, defineCommand } from '../../command.ts'
import { moment } from '../moment.ts'

export const archive = defineCommand({
  description: [
    'Shows what became of the folders whose person or group is gone, newest first: when each came into the archive, when it was given back, when it was deleted. This record is kept for ever.',
    'How long the archive keeps a folder is declared in the state: shares.archive.',
  ].join('\n\n'),
  input: z.strictObject({
    name: z.string().min(1).max(200).exactOptional().meta({
      description: 'Only folders that were called so: a login, or the title of a class or course.',
      value: 'NAME',
    }),
    limit: z.int().min(1).max(10_000).default(100).meta({ description: 'At most so many.', value: 'N' }),
  }),
  positionals: ['name'],
  output: shareArchive.response,
  examples: [
    { line: 'share archive', tells: 'What was put away and deleted lately' },
    { line: 'share archive m.mueller', tells: 'What became of the files of one person' },
  ],
  run: (input, { agent }) => agent.call(shareArchive, input),
  present: ({ acts, total }): readonly Block[] =>
    total === 0
      ? [{ kind: 'lines', lines: ['Nothing has been archived or deleted.'] }]
      : [
          { kind: 'table', head: ['when', 'what', 'kind', 'name', 'in the archive as'], rows: acts.map(row) },
          ...(acts.length < total
            ? [{ kind: 'lines', lines: [`${acts.length} of ${total}; --limit shows more.`] } as const]
            : []),
        ],
})

const kinds = { homes: 'home', classes: 'class', courses: 'course' } as const

const row = ({ at, act, place, name, folder }: ArchiveActView) => [
  moment(at),
  { text: act, tone: act === 'deleted' ? 'warning' : 'plain' } as const,
  kinds[place],
  name,
  folder,
]
