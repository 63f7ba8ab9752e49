import { z } from 'zod'
import { ImportStatus, importUndo } from '../../../agent/contract/import-job.ts'
import { exitStatus } from '../../../agent/errors.ts'
import { defineCommand } from '../../command.ts'
import { statusBlocks, watch } from './watch.ts'

export const importUndoCommand = defineCommand({
  description:
    'Takes the last import back: names, groups and states are as they were before, and accounts that came with it are\n' +
    'removed. Refused as soon as anybody concerned has signed in since, or something of it was changed by hand; then\n' +
    'import corrected files instead.',
  input: z.strictObject({
    dryRun: z.boolean().default(false).meta({ description: 'Only say whether it could be taken back.' }),
  }),
  positionals: [],
  output: z.strictObject({ dryRun: z.boolean(), import: ImportStatus }),
  examples: [
    { line: 'import undo --dry-run', tells: 'Whether it could be taken back.' },
    { line: 'import undo', tells: 'Takes it back.' },
  ],
  async run({ dryRun }, context) {
    const begun = await context.agent.call(importUndo, { dryRun })
    return { dryRun, import: dryRun ? begun.import : ((await watch(context)) ?? begun.import) }
  },
  present: ({ dryRun, import: status }) => [
    ...(dryRun ? [{ kind: 'lines' as const, lines: ['It can be taken back. Nothing was changed.'] }] : []),
    ...statusBlocks(status),
  ],
  status: ({ import: { refused } }) => (refused.length > 0 ? exitStatus.service : exitStatus.ok),
})
