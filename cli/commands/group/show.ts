import { z } from 'zod'
import { groupShow } from '../../../agent/contract/group.ts'
import { GroupName } from '../../../agent/model/group.ts'
import { type Block, defineCommand } from '../../command.ts'
import type { Said } from './said.ts'
import { personHead, personRow } from '../account/rows.ts'
import { moment } from '../moment.ts'

export const show = showOf({
  description: 'Shows a group and who belongs to it: first who leads it, then all others by surname.',
  examples: [{ line: 'group show klasse-5a', tells: 'A class with its teachers.' }],
})

/** The same for a kind of group that has commands of its own. */
export function showOf(said: Said) {
  return defineCommand({
    ...said,
    input: z.strictObject({ name: GroupName.meta({ description: 'Name of the group.' }) }),
    positionals: ['name'],
    output: groupShow.response,
    run: (input, { agent }) => agent.call(groupShow, input),
    present: groupBlocks,
  })
}

export function groupBlocks({ group, members }: z.output<typeof groupShow.response>): readonly Block[] {
  const { name, title, kind, origin, number, sid, waiting, ended } = group
  const fields: readonly (readonly [string, string])[] = [
    ['group', name],
    ['title', title],
    ['kind', kind],
    ['comes from', origin === null ? 'made here' : `${origin.source}${origin.id === null ? '' : `, id ${origin.id}`}`],
    ['number', String(number)],
    ['SID', sid ?? ''],
    ['ended', ended === null ? '' : moment(ended)],
    ['directory', waiting ? 'does not have the last change yet' : 'is up to date'],
  ]
  return [
    { kind: 'fields', fields: fields.filter(([, value]) => value !== '') },
    {
      kind: 'table',
      head: [...personHead, ''],
      rows: members.map((member) => [...personRow(member), member.part === 'leader' ? 'leads' : '']),
    },
  ]
}
