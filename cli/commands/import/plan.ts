import { basename, dirname, extname, join, resolve } from 'node:path'
import { z } from 'zod'
import { Answer, importPlan, PlanGuard, PlanLine, Rename } from '../../../agent/contract/import-plan.ts'
import { Problem } from '../../../agent/contract/failure.ts'
import { exitStatus } from '../../../agent/errors.ts'
import { Altered, type ImportPlan, Proposal, RenameProposal } from '../../../agent/model/import-plan.ts'
import { planText } from '../../../agent/model/plan-text.ts'
import { Label } from '../../../agent/model/scalars.ts'
import { type Block, defineCommand } from '../../command.ts'
import { problemBlocks } from '../../problems.ts'
import { sourceInput, sourcesOf } from './sources.ts'

/** Questions shown; the plan and its page have all. */
const shown = 10

const Output = z.strictObject({
  plan: z.string().meta({ description: 'The file it was written to.' }),
  page: z.string().nullable(),
  source: z.string(),
  files: importPlan.response.shape.files,
  nothing: z.boolean().meta({ description: 'The school is as the files say already.' }),
  lines: z.array(PlanLine),
  proposals: z.array(Proposal),
  renames: z.array(RenameProposal),
  guard: PlanGuard.nullable(),
  altered: Altered.nullable(),
  remarks: z.array(z.string()),
  warnings: z.array(Problem),
})
type Output = z.infer<typeof Output>

export const importPlanCommand = defineCommand({
  description:
    'Says what files of other programs would change: who is new, moves, leaves or comes back, and why. Changes nothing. The plan is\n' +
    'written to a file that import apply carries out, as long as nobody has changed people, groups or the rules for them since.\n' +
    'People are found by their id, then by name and birth date. Where that is not certain, nothing is guessed: the plan asks, and\n' +
    'is made again with the answers. More than 30 people, or 10 in a hundred, leave only if --allow-leaving says how many; more than\n' +
    '10 in a hundred get another name, birth date or class only if --allow-changes does.',
  input: z.strictObject({
    ...sourceInput,
    source: Label.exactOptional().meta({
      description:
        'Name of the source; people it does not name any more leave. Default: where such people come from so far.',
      value: 'NAME',
    }),
    confirm: z
      .array(z.union([z.literal('exact'), Answer]))
      .default([])
      .meta({
        description:
          'Who is meant: FILE:LINE=LOGIN, FILE:LINE=new; exact: all of the same name and birth date, whatever the id.',
        value: 'ANSWER',
      }),
    rename: z
      .array(z.union([z.enum(['proposed', 'none']), Rename]))
      .default([])
      .meta({
        description:
          'Classes that got another name: 5a=6a; proposed: all that look like it; none: all others keep theirs.',
        value: 'OLD=NEW',
      }),
    allowLeaving: z.int().min(0).exactOptional().meta({ description: 'As many may leave.', value: 'N' }),
    allowChanges: z
      .int()
      .min(0)
      .exactOptional()
      .meta({ description: 'As many may have another name, birth date or class.', value: 'N' }),
    out: z
      .string()
      .min(1)
      .exactOptional()
      .meta({ description: 'Where the plan goes. Default: beside the first file.', value: 'PLAN' }),
    page: z
      .string()
      .min(1)
      .exactOptional()
      .meta({ description: 'Also as a page for the browser, and for paper.', value: 'FILE' }),
  }),
  positionals: ['file'],
  output: Output,
  examples: [
    { line: 'import plan schueler.csv', tells: 'What the file would change.' },
    {
      line: 'import plan schueler.csv klassen.dat lehrer.csv --page plan.html',
      tells: 'The new school year, to be read on paper.',
    },
    {
      line: 'import plan schueler.csv --confirm schueler.csv:14=e.yildiz --confirm schueler.csv:90=new',
      tells: 'Answers questions.',
    },
    { line: 'import plan schueler.csv --allow-leaving 141', tells: 'It is the whole school, and so many have left.' },
  ],
  async run(input, context) {
    const { files, options } = await sourcesOf(input, context)
    const { format, columns = {}, role, password } = options
    const answer = await context.agent.call(importPlan, {
      files: files.map(({ file, bytes }) => ({ name: file, content: Buffer.from(bytes).toString('base64') })),
      columns,
      ...(format === undefined ? {} : { format }),
      ...(role === undefined ? {} : { role }),
      ...(password === undefined ? {} : { password }),
      ...(input.source === undefined ? {} : { source: input.source }),
      confirm: input.confirm.filter((word) => word !== 'exact'),
      exact: input.confirm.includes('exact'),
      rename: input.rename.filter((word) => word.includes('=')),
      renames: input.rename.includes('proposed') ? 'take' : input.rename.includes('none') ? 'leave' : 'ask',
      allowLeaving: input.allowLeaving ?? null,
      allowChanges: input.allowChanges ?? null,
      page: input.page !== undefined,
    })
    const out = input.out ?? defaultName(input.file[0] ?? '-')
    // Both hold people's birth dates and reasons to leave.
    await context.system.files.write(resolve(context.folder, out), planText(answer.plan), 0o600)
    if (input.page !== undefined)
      await context.system.files.write(resolve(context.folder, input.page), answer.page ?? '', 0o600)
    const { plan, lines, guard, altered, warnings } = answer
    return {
      plan: out,
      page: input.page ?? null,
      source: plan.source,
      files: answer.files,
      nothing: isNothing(plan),
      lines,
      proposals: plan.proposals,
      renames: plan.renames,
      guard,
      altered,
      remarks: plan.remarks,
      warnings,
    }
  },
  present: (output) => [
    { kind: 'lines', lines: [...output.files.map(headline), `Source: ${output.source}`] },
    { kind: 'table', rows: output.lines.map(({ what, count, detail }) => [what, String(count), detail]) },
    ...questions(output),
    ...problemBlocks(output.warnings),
    ...(output.remarks.length === 0 ? [] : [{ kind: 'lines' as const, lines: output.remarks }]),
    { kind: 'lines', lines: ending(output) },
  ],
  status: (output) => (isOpen(output) ? exitStatus.refused : exitStatus.ok),
})

function defaultName(file: string): string {
  return file === '-' ? 'import.plan' : join(dirname(file), `${basename(file, extname(file))}.plan`)
}

const isNothing = ({ people, groups, memberships, proposals, renames }: ImportPlan): boolean =>
  people.length + groups.length + memberships.length + proposals.length + renames.length === 0

const isOpen = ({ guard, altered, proposals, renames }: Output): boolean =>
  guard !== null || altered !== null || proposals.length + renames.length > 0

function headline({ name, title, encoding, delimiter, header, people }: Output['files'][number]): string {
  const parts = [
    title,
    encoding,
    delimiter === null ? '' : delimiter === '\t' ? 'tabs' : `"${delimiter}"`,
    header === null ? '' : header ? 'with a header' : 'without a header',
    `${people} people`,
  ]
  return `Read ${name}: ${parts.filter((part) => part !== '').join(', ')}`
}

function questions({ proposals, renames, guard, altered }: Output): readonly Block[] {
  const named = ({
    given,
    surname,
    birth,
  }: {
    readonly given: string
    readonly surname: string
    readonly birth: string | null
  }): string => `${surname}, ${given}${birth === null ? '' : ` ${birth}`}`
  const people: Block = {
    kind: 'table',
    title: `To confirm: ${proposals.length}, with --confirm FILE:LINE=LOGIN or =new`,
    rows: proposals
      .slice(0, shown)
      .flatMap((proposal) =>
        proposal.candidates.map((candidate, index) => [
          index === 0 ? `${proposal.file}:${proposal.line}` : '',
          index === 0 ? named(proposal) : '',
          `→ ${candidate.login} ${named(candidate)}?`,
          candidate.reason,
        ]),
      ),
  }
  const classes: Block = {
    kind: 'table',
    title: `Classes that look renamed: ${renames.length}, with --rename OLD=NEW, --rename proposed or --rename none`,
    rows: renames.map(({ before, after, moved, of }) => [
      `${before} → ${after}?`,
      `${moved} of ${of} pupils are there now`,
    ]),
  }
  const guarded = [...(guard === null ? [] : [guardBlock(guard)]), ...(altered === null ? [] : [alteredBlock(altered)])]
  return [...(proposals.length === 0 ? [] : [people]), ...(renames.length === 0 ? [] : [classes]), ...guarded]
}

function guardBlock({ leaving, managed, whole, needed, emptied }: z.infer<typeof PlanGuard>): Block {
  const share = Math.round((leaving / Math.max(managed, 1)) * 100)
  const parts = emptied.map((one) =>
    one.class === null
      ? `, ${one.leaving} of ${one.of} with the role ${one.role}`
      : `, ${one.leaving} of ${one.of} of class ${one.class}`,
  )
  const text = `Guard: ${leaving} leaving is ${share} % of ${managed}${parts.join('')}. ${whole ? 'If this is the whole school' : 'The files say of each that they have left. If that is right'}, say --allow-leaving ${needed}.`
  return { kind: 'lines', lines: [{ text, tone: 'warning' }] }
}

function alteredBlock({ people, known, reasons }: Altered): Block {
  const text = `Guard: ${people} of ${known} known people would have another name, birth date, role or class. Are columns swapped, or has one slipped by a line? If all is right, say --allow-changes ${people}.`
  return { kind: 'lines', lines: [{ text, tone: 'warning' }, ...reasons.map((reason) => `  ${reason}`)] }
}

function ending(output: Output): readonly string[] {
  const written = `Plan written: ${output.plan}${output.page === null ? '' : `, page: ${output.page}`}`
  if (output.nothing) return ['Nothing to do: the school is as the files say already', written]
  if (isOpen(output))
    return [written, 'It can be carried out once the questions are answered: make it again with the answers.']
  return [
    `${written}   (valid until somebody changes people, groups or the rules for them)`,
    `Carry it out with: iserv-ctl import apply ${output.plan}`,
  ]
}
