import type { z } from 'zod'
import type { groupEdit } from '../../../agent/contract/group.ts'
import type { Block } from '../../command.ts'
import { waitingLines } from '../account/rows.ts'

export function changedBlocks({ group, changed, waiting }: z.output<typeof groupEdit.response>): readonly Block[] {
  const { name, title } = group
  const line = changed ? `${name} is called ${title}` : `${name} is called ${title} already; nothing was changed`
  return [{ kind: 'lines', lines: [line] }, ...waitingLines(waiting)]
}
