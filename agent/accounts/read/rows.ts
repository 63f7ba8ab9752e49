import { show } from '../../model/explain.ts'
import type { Role } from '../../model/person.ts'
import type { Row } from '../../tables/table.ts'
import type { Finding } from './finding.ts'
import { cellsOf, type Column } from './header.ts'
import type { Part } from './part.ts'
import { type Cells, personOf, type State } from './person.ts'
import type { PersonRecord } from './record.ts'
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
  /** How many columns there are; absent: nobody knows. */
  readonly width?: number
}

export interface RowsReading {
  readonly people: readonly PersonRecord[]
  readonly findings: readonly Finding[]
}

/** One person a row. */
export function readRows(part: Part, rows: readonly Row[], mapped: readonly Column[], rules: RowRules): RowsReading {
  const findings: Finding[] = []
  const people: PersonRecord[] = []
  for (const row of rows) {
    const { line } = row
    const plain = cellsOf(row, mapped)
    const cells = rules.adapt?.(plain) ?? plain
    if (rules.skip?.(cells)) continue
    const said = cells.role?.text ?? ''
    const role = said === '' ? (typeof rules.role === 'function' ? rules.role(cells, row) : rules.role) : roleOf(said)
    if (role === undefined) {
      findings.push(said === '' ? noRole(line) : strangeRole(line, cells))
      continue
    }
    const state = rules.state?.(cells.state?.text ?? '') ?? 'here'
    const reading = personOf(cells, { file: part.file, line, role, state })
    const shifted = beyond(row, rules.width)
    findings.push(...reading.findings, ...(shifted === undefined ? [] : [shifted]))
    if (reading.person !== undefined && shifted === undefined) people.push(reading.person)
  }
  findings.push(...cutOff(part, rows, mapped))
  const classless = nobodyHasAClass(people, rows, mapped)
  if (classless === undefined) return { people, findings }
  return { people, findings: [...findings.filter(({ kind }) => kind !== 'no-class'), classless] }
}

/** Something stands behind the last column: one of the cells is two, and all behind it have moved on by one. */
export function beyond({ line, cells }: Row, width = Infinity): Finding | undefined {
  const cell = cells.length > width ? cells.slice(width).find(({ text }) => text !== '') : undefined
  if (cell === undefined) return undefined
  const message = `${show(cell.text)} stands behind the last of the ${width} columns`
  const hint = 'Does a cell hold a separator, with no quotes around it? Or has a column no name?'
  return { severity: 'error', line, column: cell.column, path: '', kind: 'beyond', message, hint }
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

/** A last line that ends early, without an end of line, while the one before is whole. */
export function cutOff(
  { text }: Part,
  rows: readonly Row[],
  mapped: readonly Pick<Column, 'index'>[],
): readonly Finding[] {
  const last = rows.at(-1)
  const before = rows.at(-2)
  const needed = Math.max(0, ...mapped.map(({ index }) => index + 1))
  if (last === undefined || before === undefined || text.endsWith('\n')) return []
  if (last.cells.length >= Math.min(needed, before.cells.length)) return []
  const message = 'the file ends in the middle of a line'
  return [
    {
      severity: 'error',
      line: last.line,
      path: '',
      kind: 'cut',
      message,
      hint: 'Was it copied whole? Export it anew.',
    },
  ]
}
