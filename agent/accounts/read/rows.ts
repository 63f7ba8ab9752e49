import { show } from '../../model/explain.ts'
import type { Role } from '../../model/person.ts'
import type { Row } from '../../tables/table.ts'
import type { Finding } from './finding.ts'
import { cellsOf, type Column } from './header.ts'
import type { Part } from './part.ts'
import {
  anybody,
  type Cells,
  type People,
  peopleOf,
  personOf,
  type PersonReading,
  type State,
  unfit,
} from './person.ts'
import type { PersonRecord } from './record.ts'
import { misshapen, type Width } from './widths.ts'
import { roleOf } from './words.ts'

/** How the rows of a table are people. */
export interface RowRules {
  /** Of people of whom no column says it. */
  readonly role: Role | ((cells: Cells, row: Row) => Role | undefined)
  /** What column `state` says; default: everybody is here. */
  readonly state?: (text: string) => State
  /** What else the columns say. */
  readonly adapt?: (cells: Cells) => Cells
  /** Rows that are no people of the school. */
  readonly skip?: (cells: Cells) => boolean
  /** How many cells a row has; absent: as many as are read, or more. */
  readonly width?: Width
}

/** One person a row. */
export function readRows(part: Part, rows: readonly Row[], mapped: readonly Column[], rules: RowRules): People {
  const shapes = misshapen(part, rows, rules.width ?? widthOf(mapped))
  const astray = new Set(shapes.map(({ line }) => line))
  const readings = rows.flatMap((row): readonly PersonReading[] => {
    const plain = cellsOf(row, mapped)
    const cells = rules.adapt?.(plain) ?? plain
    if (rules.skip?.(cells)) return []
    const reading = readRow(part, row, cells, rules)
    return [astray.has(row.line) ? onlyErrors(reading) : reading]
  })
  const { people, faulty, findings } = peopleOf(readings)
  const classless = nobodyHasAClass(people, rows, mapped)
  const told = classless === undefined ? findings : [...findings.filter(({ kind }) => kind !== 'no-class'), classless]
  return { people, faulty, findings: [...shapes, ...told] }
}

/** Cells that have moved tell nothing of anybody but what cannot be anywhere; that some are missing is told already. */
function onlyErrors({ findings }: PersonReading): PersonReading {
  const follows = ['nameless', 'no-given']
  return { findings: findings.filter(({ severity, kind }) => severity === 'error' && !follows.includes(kind)) }
}

function readRow({ file }: Part, row: Row, cells: Cells, rules: RowRules): PersonReading {
  const { line } = row
  const said = cells.role?.text ?? ''
  const role = said === '' ? (typeof rules.role === 'function' ? rules.role(cells, row) : rules.role) : roleOf(said)
  const state = rules.state?.(cells.state?.text ?? '') ?? 'here'
  if (role !== undefined) return personOf(cells, { file, line, role, state })
  const finding = said === '' ? noRole(line) : strangeRole(line, cells)
  return unfit(personOf(cells, { file, line, role: anybody, state }), finding)
}

/** Up to the last column that is read, all are there. */
export function widthOf(mapped: readonly Column[], most?: number): Width {
  const last = mapped.reduce<Column | undefined>(
    (furthest, one) => (one.index > (furthest?.index ?? -1) ? one : furthest),
    undefined,
  )
  return {
    least: (last?.index ?? -1) + 1,
    ...(last === undefined ? {} : { last: last.name }),
    ...(most === undefined ? {} : { most }),
  }
}

export function noRole(line: number): Finding {
  const message = 'nothing tells whether these are pupils, teachers or others'
  const hint = 'Say it: --role pupil, teacher, staff, parent or guest.'
  return { severity: 'error', line, path: 'role', kind: 'no-role', message, hint }
}

function strangeRole(line: number, { role }: Cells): Finding {
  const column = role?.column ?? 1
  const message = `${show(role?.text)} is no role we know`
  const hint = 'Known are Schüler, Lehrer, Mitarbeiter, Eltern, Administrator, Gast and their like.'
  return { severity: 'error', line, column, path: 'role', kind: 'role', message, hint }
}

/** One is odd, all are another column, or another kind of people. */
function nobodyHasAClass(
  people: readonly PersonRecord[],
  rows: readonly Row[],
  mapped: readonly Column[],
): Finding | undefined {
  const column = mapped.find(({ field }) => field === 'class')
  const pupils = people.filter(({ role }) => role === 'pupil')
  if (column === undefined || pupils.length < 2 || pupils.some(({ classes }) => classes.length > 0)) return undefined
  const message = `column ${show(column.name)} is empty in all lines: no pupil has a class`
  const hint = 'Is another column meant (--map COLUMN=class), or are these no pupils (--role)?'
  return { severity: 'error', line: rows[0]?.line ?? 1, path: 'class', kind: 'classless', message, hint }
}
