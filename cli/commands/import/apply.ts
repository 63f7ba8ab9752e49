import { basename, resolve } from 'node:path'
import { z } from 'zod'
import { ImportCounts, ImportStatus, importApply } from '../../../agent/contract/import-job.ts'
import { BoxError, exitStatus } from '../../../agent/errors.ts'
import { parsePlan } from '../../../agent/model/plan-text.ts'
import { type Block, type Context, defineCommand } from '../../command.ts'
import { countBlock, statusBlocks, watch } from './watch.ts'

export const importApplyCommand = defineCommand({
  description:
    'Carries out what a plan says, and nothing else. The plan is refused when it is not as this server has made it, when\n' +
    'people or groups have changed since, when it has open questions, or when more people would leave than is usual. It is\n' +
    'written down in one piece first; then accounts, groups and folders follow, with the progress shown. Interrupting only\n' +
    'stops the showing: the box goes on by itself, also after a power cut. The same plan a second time does nothing.',
  input: z.strictObject({
    plan: z.string().min(1).meta({ description: 'The plan that import plan wrote; - reads standard input.' }),
    dryRun: z.boolean().default(false).meta({ description: 'Only say whether it could be carried out.' }),
  }),
  positionals: ['plan'],
  output: z.strictObject({
    dryRun: z.boolean(),
    already: z.boolean().meta({ description: 'This very plan was carried out before.' }),
    counts: ImportCounts,
    import: ImportStatus.nullable().meta({ description: 'Null: nothing was to be done, or only asked for.' }),
  }),
  examples: [
    { line: 'import apply schueler.plan', tells: 'Carries the plan out and shows how it gets on.' },
    { line: 'import apply schueler.plan --dry-run', tells: 'Whether it could be carried out now.' },
  ],
  async run({ plan: file, dryRun }, context) {
    const plan = parsePlan(await textOf(file, context), file === '-' ? 'standard input' : basename(file))
    const begun = await context.agent.call(importApply, { plan, dryRun })
    const watched = begun.import === null || begun.already ? begun.import : await watch(context)
    return { dryRun, ...begun, import: watched }
  },
  present: ({ dryRun, already, counts, import: status }): readonly Block[] => {
    if (already && status !== null) {
      const line = 'This very plan was carried out already: nothing was done now'
      return [{ kind: 'lines', lines: [line] }, ...statusBlocks(status)]
    }
    if (status !== null) return [...statusBlocks(status), ...after(status)]
    const line = dryRun ? 'It can be carried out. Nothing was changed.' : 'Nothing to do: all is as the plan says'
    return [{ kind: 'lines', lines: [line] }, countBlock(counts)]
  },
  status: ({ import: status }) => ((status?.refused.length ?? 0) > 0 ? exitStatus.service : exitStatus.ok),
})

function after({ state, counts }: ImportStatus): readonly Block[] {
  if (state !== 'done' || counts.new === 0) return []
  return [{ kind: 'lines', lines: ['The first passwords on paper: iserv-ctl import letters'] }]
}

async function textOf(file: string, context: Context): Promise<string> {
  if (file === '-') return context.stdin()
  const text = await context.system.files.read(resolve(context.folder, file))
  if (text === undefined) throw new BoxError('FILE_MISSING', `There is no file ${file}`)
  return text
}
