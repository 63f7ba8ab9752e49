import type { GroupLine } from '../../../agent/contract/group.ts'
import type { z } from 'zod'
import type { groupJoin } from '../../../agent/contract/group.ts'
import type { Block } from '../../command.ts'
import { moment } from '../moment.ts'
import { waitingLines } from '../account/rows.ts'

export const groupHead = ['group', 'title', 'kind', 'members', 'led by', 'ended'] as const

export function groupRow({ name, title, kind, members, leaders, ended }: GroupLine): readonly string[] {
  return [name, title, kind, String(members), leaders.join(', '), ended === null ? '' : moment(ended)]
}

/** What joining or leaving came to. */
export function movedBlocks(
  { group, changed, unchanged, waiting }: z.output<typeof groupJoin.response>,
  did: string,
  was: string,
  dryRun: boolean,
): readonly Block[] {
  return [
    {
      kind: 'lines',
      lines: [
        ...changed.map((login) => `${login} ${did} ${group.name}`),
        ...unchanged.map((login) => `${login} ${was} ${group.name}`),
        dryRun ? 'Nothing was changed.' : `${group.name} (${group.title}) has ${counted(group.members)}`,
      ],
    },
    ...waitingLines(waiting),
  ]
}

export const counted = (members: number): string => (members === 1 ? '1 member' : `${members} members`)
