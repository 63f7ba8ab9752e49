import type { Row } from '../../../tables/table.ts'
import type { Part } from '../part.ts'
import { misshapen, usualWidth, type Width } from '../widths.ts'
import { wordOf } from '../words.ts'

/** The files of SchILD's interface: their names are fixed, and a first line of names is there to be skipped. */

export type Kind = 'pupils' | 'parents' | 'teachers' | 'classes' | 'marks' | 'other'

interface File {
  readonly kind: Kind
  readonly name: string
  /** Number of the last column without which nothing is known. */
  readonly least: number
  /** Where the file has another name: how its first line begins, and what else stands in it. */
  readonly header: readonly [first: string, ...others: readonly string[]]
}

/** Who begins as others do comes after them. */
const files: readonly File[] = [
  { kind: 'marks', name: 'schuelerleistungsdaten.dat', least: 9, header: ['nachname', 'vorname', 'fachlehrer'] },
  { kind: 'parents', name: 'schuelererzieher.dat', least: 8, header: ['nachname', 'vorname', 'nachname1person'] },
  {
    kind: 'pupils',
    name: 'schuelerbasisdaten.dat',
    least: 22,
    header: ['nachname', 'vorname', 'geschlecht', 'klasse'],
  },
  { kind: 'teachers', name: 'lehrkraefte.dat', least: 6, header: ['internkrz', 'nachname'] },
  { kind: 'classes', name: 'klassen.dat', least: 6, header: ['internbez', 'folgeklasse'] },
]

const other: Pick<File, 'kind' | 'least'> = { kind: 'other', least: 1 }

const also =
  'name geburtsdatum status jahrgang erzieherart statistikkrz statistikbez klassenlehrer fach kursart kurs'.split(' ')

/** Columns that one or the other file has: two of these make a line of names. */
const columns = new Set([...files.flatMap(({ header }) => header), ...also])

function fileOf(part: Part): Pick<File, 'kind' | 'least'> | undefined {
  const named = files.find(({ name }) => part.name.endsWith(name))
  if (named !== undefined) return named
  const [first, ...rest] = part.table().rows[0]?.cells.map(({ text }) => wordOf(text)) ?? []
  const headed = files.find(
    ({ header: [begin, ...others] }) => begin === first && others.every((word) => rest.includes(word)),
  )
  return headed ?? (part.name.endsWith('.dat') ? other : undefined)
}

/** Undefined: no file of the interface. */
export function kindOf(part: Part): Kind | undefined {
  return part.kind === 'table' && part.table().delimiter === '|' ? fileOf(part)?.kind : undefined
}

export function hasHeader(part: Part): boolean {
  const first = part.table().rows[0]?.cells ?? []
  return first.filter(({ text }) => columns.has(wordOf(text))).length >= 2
}

/** What stands below the line of names, if there is one. */
export function body(part: Part): readonly Row[] {
  const { rows } = part.table()
  return hasHeader(part) ? rows.slice(1) : rows
}

/** All separators are required, so most lines tell how many there are. */
export function widthOf(part: Part): Width {
  return { exactly: usualWidth(part.table().rows, fileOf(part)?.least ?? 1) }
}

/** Rows whose cells are where they belong. */
export function wholeRows(part: Part): readonly Row[] {
  const rows = body(part)
  const astray = new Set(misshapen(part, rows, widthOf(part)).map(({ line }) => line))
  return rows.filter(({ line }) => !astray.has(line))
}
