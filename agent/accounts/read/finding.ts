import type { Problem } from '../../errors.ts'

/** Something wrong at a place of a file that is being read. */
export interface Finding extends Omit<Problem, 'file'> {
  /** What findings of one nature have in common: where most rows have it, it is told once. */
  readonly kind: string
  /** What to do. */
  readonly hint: string
}

/** To whoever has a file that says nothing. */
export const exportAnew = 'Export the list again, with everybody who is meant.'

/** More problems of one file than these help nobody. */
export const mostProblems = 500

/** Below this many of one kind, each is worth its own line. */
const few = 20

/**
 * In the order of the file. What is wrong in more than half of the rows is wrong with the column: said once, at its first
 * place, with the number of the others.
 */
export function problemsOf(file: string, findings: readonly Finding[], rows: number): readonly Problem[] {
  const byKind = Map.groupBy(findings, ({ kind, path }) => `${kind} ${path}`)
  const told = [...byKind.values()].flatMap((same) => {
    const [first] = same
    const everywhere = same.length > few && same.length * 2 > rows && first !== undefined
    return everywhere
      ? [{ ...first, message: `${first.message}, and so it is in ${same.length - 1} further lines` }]
      : same
  })
  const sorted = told.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
  // Errors are not hidden behind warnings.
  const errors = sorted.filter(({ severity }) => severity === 'error').slice(0, mostProblems)
  const warnings = sorted.filter(({ severity }) => severity === 'warning').slice(0, mostProblems - errors.length)
  const shown = new Set([...errors, ...warnings])
  const problems = sorted.filter((one) => shown.has(one)).map((one) => problemOf(file, one))
  const hidden = sorted.length - problems.length
  if (hidden === 0) return problems
  const message = `${hidden} more problems in this file; these are the first ${problems.length}`
  const hint = 'Mend these first, and read the file again.'
  return [...problems, { severity: 'warning', file, path: '', message, hint }]
}

function problemOf(file: string, { severity, line, column, path, message, hint }: Finding): Problem {
  return {
    severity,
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    path,
    message,
    hint,
  }
}
