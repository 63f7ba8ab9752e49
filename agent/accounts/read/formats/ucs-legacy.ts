import type { Role } from '../../../model/person.ts'
import type { Format } from '../format.ts'
import type { Row } from '../../../tables/table.ts'
import type { Cells, State } from '../person.ts'
import { mostly, readPositional } from '../positional.ts'

const name = 'ucs-import-user'
const title = 'UCS@school, import_user (alt)'

export const ucsLegacy: Format = {
  name,
  title,
  about:
    'Eleven columns with tabs and without a header: action (A, M, D), login, surname, given name, school, class, rights, mail, teacher, active, staff. ' +
    'Tells changes only: whoever is missing is not leaving.',
  reads: [
    ['state', 'column 1: D has left'],
    ['login', 'column 2'],
    ['id', 'the login name, too'],
    ['surname', 'column 3'],
    ['given', 'column 4'],
    ['class', 'column 6'],
    ['mail', 'column 8'],
    ['role', 'teacher where column 9 is 1, staff where column 11 is 1, else pupil'],
  ],
  fits: (part) =>
    part.kind === 'table' &&
    part.table().delimiter === '\t' &&
    mostly(part.table().rows, (cells) => /^[AMD]$/.test(cells[0] ?? '') && cells.length >= 6),
  read: (parts) =>
    parts.map((part) =>
      readPositional(part, { name, title, columns, role, state, width, partial: true }, part.table().rows),
    ),
}

/** The three flags at the end may be left out. */
const width = { least: 8 }

const columns = [
  ['state', 1],
  ['id', 2],
  ['login', 2],
  ['surname', 3],
  ['given', 4],
  ['class', 6],
  ['mail', 8],
] as const

function role(_cells: Cells, { cells }: Row): Role {
  if (cells[8]?.text === '1') return 'teacher'
  return cells[10]?.text === '1' ? 'staff' : 'pupil'
}

function state(text: string): State {
  return text === 'D' ? 'left' : 'here'
}
