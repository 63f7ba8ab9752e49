import { z } from 'zod'
import { shareList, ShareView, Storage } from '../../../agent/contract/share.ts'
import { defineCommand } from '../../command.ts'
import { sizeText } from './size.ts'

export const list = defineCommand({
  description: 'Shows what the server shares over the network, which groups see it, and how much lies in it.',
  input: z.strictObject({}),
  positionals: [],
  output: z.strictObject({ shares: z.array(ShareView), storage: Storage }),
  examples: [{ line: 'share list', tells: 'All shares with their sizes' }],
  run: (_, { agent }) => agent.call(shareList, {}),
  present: ({ shares, storage }) =>
    shares.length === 0
      ? [
          {
            kind: 'lines',
            lines: ['Nothing is shared: this box has no directory. See "directory" in: iserv-ctl guide show state'],
          },
        ]
      : [
          {
            kind: 'table',
            head: ['share', 'size', 'for', 'path'],
            rows: shares.map(({ name, bytes, groups, path }) => [name, sizeText(bytes), groups.join(', '), path]),
          },
          { kind: 'lines', lines: [`${sizeText(storage.free)} of ${sizeText(storage.total)} are free.`] },
        ],
})
