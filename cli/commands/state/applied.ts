import type { z } from 'zod'
import type { Applied } from '../../../agent/contract/state.ts'
import { exitStatus } from '../../../agent/errors.ts'
import type { Block, Text } from '../../command.ts'
import { problemBlocks } from '../../problems.ts'
import { moment } from '../moment.ts'

/** What becomes of a state that was applied, for apply and rollback. */

/** The first state of a school has thousands of lines that tell nothing new; `--json` has all of them. */
const linesShown = 30

export function appliedBlocks(applied: z.output<typeof Applied>): readonly Block[] {
  const { generation, unchanged, resources, warnings, trial } = applied
  const words = unchanged
    ? `Nothing to change: this is generation ${generation} already`
    : `Generation ${generation} is current`
  const failed = resources.some(({ state }) => state !== 'converged')
  const rows = resources.flatMap(({ name, state, detail, lines }) => {
    if (state === 'converged') return changeRows(name, lines)
    const text = state === 'failed' ? `failed: ${detail}` : detail
    return [...changeRows(name, lines), [name, { text, tone: 'bad' as const }]]
  })
  return [
    {
      kind: 'lines',
      lines: [{ text: failed ? `${words}, but not all of it works yet` : words, tone: failed ? 'bad' : 'good' }],
    },
    { kind: 'table', rows },
    ...problemBlocks(warnings),
    ...(failed ? [{ kind: 'lines' as const, lines: ['The agent keeps trying by itself: iserv-ctl box status'] }] : []),
    ...(trial === null ? [] : [trialBlock(trial)]),
  ]
}

function trialBlock({ deadline, backTo }: NonNullable<Applied['trial']>): Block {
  return {
    kind: 'lines',
    lines: [
      `On trial: generation ${backTo} comes back at ${moment(deadline)} unless you say`,
      '  iserv-ctl state confirm',
    ],
  }
}

/** Rows of changes, the name of the service before the first of them. */
export function changeRows(name: string, lines: readonly string[]): readonly (readonly Text[])[] {
  const shown = lines.flatMap((line) => line.split('\n'))
  const rest = shown.length - linesShown
  const told = rest > 1 ? [...shown.slice(0, linesShown), `… and ${rest} more (--json shows all)`] : shown
  return told.map((line, index) => [index === 0 ? name : '', line])
}

export function appliedStatus({ resources }: z.output<typeof Applied>): number {
  return resources.every(({ state }) => state === 'converged') ? exitStatus.ok : exitStatus.service
}
