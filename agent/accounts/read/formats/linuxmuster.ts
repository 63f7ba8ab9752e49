import type { Role } from '../../../model/person.ts'
import { looksLikeDate } from '../birth.ts'
import type { Format } from '../format.ts'
import { headerWords } from '../named.ts'
import type { Part } from '../part.ts'
import { mostly, readPositional } from '../positional.ts'
import type { Cells, State } from '../person.ts'
import type { Field } from '../record.ts'
import { roleOf } from '../words.ts'

const name = 'linuxmuster'
const title = 'linuxmuster.net'

type Columns = readonly (readonly [field: Field, number: number])[]

/** The columns that all of its files have. */
const common: Columns = [
  ['surname', 2],
  ['given', 3],
  ['birth', 4],
]

const account: Columns = [
  ['login', 5],
  ['password', 6],
]

const student: Columns = [
  ['class', 1],
  ['id', 5],
]

const extra: Columns = [
  ['class', 1],
  ['login', 5],
  ['id', 6],
]

interface Kind {
  readonly role: Role
  readonly columns: Columns
  readonly partial: boolean
}

/** Who is a pupil besides is not everybody who is one. */
const kinds: Readonly<Record<string, Kind>> = {
  'students.csv': { role: 'pupil', columns: student, partial: false },
  'extrastudents.csv': { role: 'pupil', columns: extra, partial: true },
  'teachers.csv': { role: 'teacher', columns: account, partial: false },
  'parents.csv': { role: 'parent', columns: account, partial: false },
  'staff.csv': { role: 'staff', columns: account, partial: false },
}

/** What stands behind the birth date may be left out. */
const width = { least: 4 }

export const linuxmuster: Format = {
  name,
  title,
  about:
    'students.csv, teachers.csv, extrastudents.csv, parents.csv and staff.csv, also with the name of a school in front. ' +
    'Without a header; the name of the file, or "teachers", "lehrer" or the like in all of the first column, tells whose list it is; else --role.',
  reads: [
    ['class', 'column 1 of pupils; class "attic" has left'],
    ['surname', 'column 2'],
    ['given', 'column 3'],
    ['birth', 'column 4'],
    ['id', 'column 5 of students.csv, 6 of extrastudents.csv'],
    ['login', 'column 5 of the other files'],
    ['password', 'column 6 of teachers.csv, parents.csv, staff.csv'],
  ],
  fits: (part) =>
    part.kind === 'table' &&
    part.table().delimiter === ';' &&
    headerWords(part).length === 0 &&
    mostly(part.table().rows, ([, surname = '', given = '', birth = '']) => {
      return isName(surname) && isName(given) && looksLikeDate(birth)
    }),
  read: (parts, options) =>
    parts.map((part) => {
      const { role, columns, partial } = kindOf(part, options.role)
      const table = { name, title, role, partial, columns: [...columns, ...common], width, adapt, state }
      return readPositional(part, table, part.table().rows)
    }),
}

const isName = (text: string): boolean => text !== '' && !/\d/.test(text)

/** By the name of the file; else by what stands in place of a class; else by what the user says. */
function kindOf(part: Part, said: Role = 'pupil'): Kind {
  const named = Object.entries(kinds).find(([file]) => part.name === file || part.name.endsWith(`.${file}`))?.[1]
  if (named !== undefined) return named
  const [first, ...others] = new Set(part.table().rows.map(({ cells }) => roleOf(cells[0]?.text ?? '')))
  const role = first === undefined || first === 'guest' || others.length > 0 ? said : first
  return role === 'pupil' ? { role, columns: student, partial: false } : { role, columns: account, partial: false }
}

/** The class of those who have left. */
function adapt(cells: Cells): Cells {
  return cells.class === undefined ? cells : { ...cells, state: cells.class }
}

function state(text: string): State {
  return text.toLowerCase() === 'attic' ? 'left' : 'here'
}
