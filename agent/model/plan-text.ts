import { z } from 'zod'
import { BoxError } from '../errors.ts'
import { SealedPlan } from './import-plan.ts'

/**
 * An import plan as a file: comment lines for whoever opens it, then JSON with one person, group or membership a line, so that it can be
 * read, searched and compared. Not to be changed: what it shall do otherwise is said to `import plan`.
 */
export function planText(plan: SealedPlan): string {
  const fields = Object.entries(plan).map(([key, value]) => `${JSON.stringify(key)}: ${valueText(value)}`)
  return [...heading(plan), `{\n${fields.join(',\n')}\n}`, ''].join('\n')
}

function valueText(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value)
  return `[\n${value.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]`
}

function heading({
  made,
  source,
  files,
  people,
  groups,
  memberships,
  proposals,
  renames,
}: SealedPlan): readonly string[] {
  const count = (kind: string): number => people.filter((change) => change.kind === kind).length
  const kinds = ['new', 'changed', 'moved', 'leaving', 'returning'].map((kind) => `${count(kind)} ${kind}`)
  return [
    `# Import plan of ${new Date(made).toISOString()}, source ${source}, from ${files.map(({ name }) => name).join(', ')}`,
    `# ${kinds.join(', ')}; ${groups.length} group changes, ${memberships.length} membership changes, ${proposals.length + renames.length} open questions`,
    '# Holds personal data. Nothing has been changed yet: iserv-ctl import apply carries it out.',
  ]
}

/** @throws `PEOPLE_INVALID` when the text is no plan, or one that has been changed into none. */
export function parsePlan(text: string, file: string): SealedPlan {
  const hint = 'Make it anew: iserv-ctl import plan'
  const parsed = SealedPlan.safeParse(valueOf(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = z.core.toDotPath(issue?.path ?? [])
  throw new BoxError(
    'PEOPLE_INVALID',
    `${file} is no import plan${where === '' ? '' : `: ${where}: ${issue?.message}`}`,
    { hint },
  )
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^(#.*\n)+/, ''))
  } catch {
    return undefined
  }
}
