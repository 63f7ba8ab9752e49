import type { Role } from '../../../model/person.ts'
import type { Format } from '../format.ts'
import type { Cells } from '../person.ts'
import { mostly, readPositional } from '../positional.ts'
import { usualWidth } from '../widths.ts'
import type { Row } from '../../../tables/table.ts'
import { roleOf } from '../words.ts'

const name = 'zentyal'
const title = 'Zentyal'

export const zentyal: Format = {
  name,
  title,
  about:
    'The list that users-import.pl takes: ten columns without a header. The role is read off the organisational unit ' +
    '(OU=Lehrer, OU=Students …), else --role says it.',
  reads: [
    ['login', 'column 1'],
    ['id', 'the login name, too'],
    ['role', 'column 2, by the name of the unit'],
    ['given', 'column 3'],
    ['surname', 'column 4'],
    ['mail', 'column 8'],
    ['password', 'column 9'],
    ['groups', 'column 10'],
  ],
  fits: (part) =>
    part.kind === 'table' &&
    part.table().delimiter === ';' &&
    mostly(part.table().rows, (cells) => cells.length >= 8 && /^(OU|CN)=/i.test(cells[1] ?? '')),
  read: (parts, options) =>
    parts.map((part) => {
      const rows = part.table().rows.filter(({ cells }) => cells[0]?.text.toLowerCase() !== 'samaccountname')
      const width = { exactly: usualWidth(rows, 8) }
      const role = (_: Cells, row: Row): Role | undefined => unitRole(row) ?? options.role
      return readPositional(part, { name, title, columns, width, role }, rows)
    }),
}

const columns = [
  ['id', 1],
  ['login', 1],
  ['given', 3],
  ['surname', 4],
  ['mail', 8],
  ['password', 9],
  ['groups', 10],
] as const

function unitRole({ cells }: Row): Role | undefined {
  const units = (cells[1]?.text ?? '').split(',').map((unit) => unit.replace(/^\s*(OU|CN)=/i, ''))
  return units.map(roleOf).find((role) => role !== undefined)
}
