import { z } from 'zod'
import { FolderView, shareShow, ShareView } from '../../../agent/contract/share.ts'
import { defineCommand } from '../../command.ts'
import { sizeText } from './size.ts'

export const show = defineCommand({
  description: 'Shows the folders of one share, the largest first, and to whom each belongs.',
  input: z.strictObject({
    name: z.string().min(1).max(80).meta({ description: 'As clients see it; case does not matter.', value: 'SHARE' }),
  }),
  positionals: ['name'],
  output: z.strictObject({ share: ShareView, folders: z.array(FolderView) }),
  examples: [
    { line: 'share show Klassen', tells: 'Which class stores how much' },
    { line: 'share show home --json', tells: 'All homes, for a script' },
  ],
  run: (input, { agent }) => agent.call(shareShow, input),
  present: ({ share, folders }) => [
    {
      kind: 'fields',
      fields: [
        ['share', share.name],
        ['path', share.path],
        ['seen by', share.groups.join(', ') || 'nobody'],
        ['size', sizeText(share.bytes)],
      ],
    },
    {
      kind: 'table',
      head: ['folder', 'size', 'belongs to'],
      rows: folders.map(({ name, bytes, owner }) => [
        name,
        sizeText(bytes),
        owner ?? { text: 'nobody known', tone: 'warning' },
      ]),
    },
  ],
})
