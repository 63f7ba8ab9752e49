import { show } from '../../../model/explain.ts'
import type { Finding } from '../finding.ts'
import { holds, type RosterRow, type RosterSet } from './oneroster-files.ts'

/** What a set of OneRoster names and does not hold. */

/** By its id everything is known again. */
export function withoutId(rows: readonly RosterRow[]): readonly Finding[] {
  return rows
    .filter(({ text }) => text('sourcedId') === '')
    .map(({ line, cell }) => ({
      severity: 'error',
      line,
      column: cell('sourcedId').column,
      path: 'sourcedId',
      kind: 'no-id',
      message: 'this row has no sourcedId, by which the other files name it',
      hint: 'Export the set anew; each row has one.',
    }))
}

/** Enrollments of classes and of users that are in no file. */
export function lost(rows: readonly RosterRow[], { groups, users, today }: RosterSet): readonly Finding[] {
  const now = rows.filter((row) => holds(row, today))
  return [
    ...missing(now, 'classSourcedId', 'class', 'classes.csv', (id) => groups.has(id)),
    ...(users === undefined ? [] : missing(now, 'userSourcedId', 'user', 'users.csv', (id) => users.has(id))),
  ]
}

function missing(
  rows: readonly RosterRow[],
  column: string,
  what: string,
  file: string,
  known: (id: string) => boolean,
): readonly Finding[] {
  return rows
    .filter((row) => !known(row.text(column)))
    .map((row) => {
      const { text, column: at } = row.cell(column)
      return strayOf(row.line, at, column, `${what} ${show(text)} is in no ${file}`)
    })
}

function strayOf(line: number, column: number, path: string, message: string): Finding {
  const hint = 'This line is left out. Is the file missing, or the export older than the others?'
  return { severity: 'warning', line, column, path, kind: 'lost', message, hint }
}
