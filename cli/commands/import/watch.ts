import {
  type ImportCounts,
  type ImportStage,
  type ImportStatus,
  importStatus,
} from '../../../agent/contract/import-job.ts'
import type { Block, Context, Text } from '../../command.ts'
import { moment } from '../moment.ts'

/** What the stages are called while somebody watches. */
const stages: Readonly<Record<ImportStage, string>> = {
  register: 'register',
  accounts: 'accounts',
  memberships: 'groups',
  folders: 'folders',
  done: 'done',
}

/**
 * Shows how an import gets on until it is done. Whoever interrupts only stops looking: the agent goes on.
 */
export async function watch(context: Context): Promise<ImportStatus | null> {
  const { agent, progress, signal } = context
  let seen = await agent.call(importStatus, {})
  let stage: ImportStage | undefined
  let said: string | null = null
  while (seen.import?.ended === null && !signal.aborted) {
    const { stage: now, done, total, left, problem } = seen.import
    if (now !== stage) {
      if (stage !== undefined) progress.done()
      progress.stage(stages[now])
      stage = now
    }
    if (total > 0) progress.update(done / total, `${done} of ${total}`, left === null ? undefined : timeLeft(left))
    if (problem !== null && problem !== said) context.warn(`It waits and tries again by itself: ${problem}`)
    said = problem
    seen = await agent.call(importStatus, { after: seen.revision })
  }
  if (stage !== undefined) progress.done()
  return seen.import
}

function timeLeft(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`
}

const words: Readonly<Record<keyof ImportCounts, string>> = {
  new: 'new people',
  returning: 'returning',
  changed: 'changed',
  moved: 'moved',
  leaving: 'leaving',
  unchanged: 'unchanged',
  newGroups: 'new groups',
  renamedGroups: 'renamed groups',
  revivedGroups: 'revived groups',
  endedGroups: 'ended groups',
  memberships: 'memberships',
}

/** Only what there is. */
export function countBlock(counts: ImportCounts): Block {
  const rows = (Object.keys(words) as (keyof ImportCounts)[]).filter((name) => counts[name] > 0)
  return { kind: 'table', rows: rows.map((name) => [words[name], String(counts[name])]) }
}

const states: Readonly<Record<ImportStatus['state'], Text>> = {
  running: 'under way',
  done: { text: 'carried out', tone: 'good' },
  undoing: 'being taken back',
  undone: 'taken back',
}

export function statusBlocks(status: ImportStatus): readonly Block[] {
  const { number, source, at, by, state, stage, done, total, left, problem, refused, counts } = status
  const running = state === 'running' || state === 'undoing'
  const some = total > 0 ? `, ${done} of ${total}` : ''
  return [
    {
      kind: 'fields',
      fields: [
        ['import', `${number} from ${source}`],
        ['begun', `${moment(at)} by ${by}`],
        ['state', states[state]],
        ...(running ? [['at', `${stages[stage]}${some}`] as const] : []),
        ...(running && left !== null ? [['time', timeLeft(left)] as const] : []),
        ...(problem === null ? [] : [['waits', { text: problem, tone: 'warning' }] as const]),
      ],
    },
    countBlock(counts),
    {
      kind: 'table',
      title: 'Not taken by the directory; it is tried again',
      rows: refused.map(({ name, why }) => [{ text: name, tone: 'bad' }, why]),
    },
  ]
}
