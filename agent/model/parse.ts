import { BoxError, type Problem } from '../errors.ts'
import { largestState, mostProblems, type Path, pathText, type StateDocument } from './document.ts'
import { explain, valueAt } from './explain.ts'
import { type Joined, join } from './join.ts'
import type { Remark } from './remark.ts'
import { type Places, placesIn } from './places.ts'
import { allowedKeys } from './publish.ts'
import { SchoolState, stateVersion } from './state.ts'
import { readYaml } from './yaml.ts'

/** What reading the texts gave. */
export type Reading = { readonly state: SchoolState; readonly places: Places } | Unfit

/** Problems, and what could be read in spite of them. */
export interface Unfit {
  readonly problems: readonly Problem[]
  readonly rest?: { readonly value: Joined['value']; readonly places: Places }
}

/** Shapes only; whether the parts fit together is for checks/. Throws `STATE_NEWER` before anything else is judged. */
export function parseDocuments(documents: readonly StateDocument[]): Reading {
  const length = documents.reduce((sum, { text }) => sum + text.length, 0)
  if (length > largestState) return { problems: [tooLarge(documents, length)] }

  const read = documents.map(readYaml)
  const joined = join(read.flatMap(({ parts }) => parts))
  refuseNewer(joined.value['version'])
  const syntax = read.flatMap(({ problems }) => problems)
  if (read.some(({ broken }) => broken)) return { problems: syntax }

  const places = placesIn(joined)
  const shape = shapeOf(joined)
  const first = documents[0]?.file ?? '-'
  const problems = [
    ...syntax,
    ...joined.remarks.map(({ part, ...remark }) => ({
      ...remark,
      file: part.file,
      line: part.lineOf(remark.path),
      path: pathText(remark.path),
    })),
    ...('issues' in shape ? problemsOf(shape.issues, joined, places) : []),
  ].map((problem): Problem => ({ file: first, line: 1, ...problem }))
  if ('issues' in shape || problems.length > 0) return { problems, rest: { value: joined.value, places } }
  return { state: shape.state, places }
}

/** Every problem and the sentence for their number, as one error. */
export function stateInvalid(problems: readonly Problem[]): BoxError {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const files = [...new Set(problems.map(({ file }) => file ?? '-'))].join(', ')
  return new BoxError('STATE_INVALID', `${files}: ${errors} error${errors === 1 ? '' : 's'}, nothing was changed`, {
    problems,
  })
}

function refuseNewer(version: unknown): void {
  if (typeof version !== 'number' || version <= stateVersion) return
  throw new BoxError(
    'STATE_NEWER',
    `The document is of version ${version}; this program reads up to version ${stateVersion}`,
    { hint: 'Update the box first, or write the document in the older version. The running state is untouched.' },
  )
}

function tooLarge(documents: readonly StateDocument[], length: number): Problem {
  const message = `${Math.ceil(length / 1024)} KiB of text; a state has at most ${largestState / 1024} KiB`
  const hint = 'Long lists of domains belong into files: filters.lists[].file'
  return { severity: 'error', file: documents[0]?.file ?? '-', line: 1, path: '', message, hint }
}

type Issues = NonNullable<ReturnType<typeof SchoolState.safeParse>['error']>['issues']

/**
 * A word that YAML took for a number or a truth value (room `0214`, `1e5`) is taken as it is spelt where the schema
 * wants text.
 */
function shapeOf(joined: Joined): { state: SchoolState } | { issues: Issues } {
  const judge = () => SchoolState.safeParse(joined.value)
  const first = judge()
  if (first.success) return { state: first.data }
  const respelt = first.error.issues.filter((issue) => {
    if (issue.code !== 'invalid_type' || issue.expected !== 'string') return false
    const path = issue.path as Path
    const origin = joined.origin(path)
    const spelling = origin?.part.spelling(origin.path)
    const parent = valueAt(joined.value, path.slice(0, -1))
    const name = path.at(-1)
    if (spelling === undefined || name === undefined || typeof parent !== 'object' || parent === null) return false
    return Reflect.set(parent, name, spelling)
  })
  const second = respelt.length === 0 ? first : judge()
  return second.success ? { state: second.data } : { issues: second.error.issues }
}

function problemsOf(issues: Issues, joined: Joined, places: Places): readonly Problem[] {
  const keysAt = allowedKeys()
  const remarks: Remark[] = []
  for (const issue of issues) {
    if (remarks.length >= mostProblems) break
    remarks.push(...explain(issue, joined.value, keysAt))
  }
  return remarks
    .filter((remark) => !remarks.some((other) => meant(other, remark)))
    .slice(0, mostProblems)
    .map((remark) => places.problem(remark))
}

/** "network" is missing because it is spelt "netwrok": said once is enough. */
function meant(misspelt: Remark, missing: Remark): boolean {
  return (
    missing.message.endsWith('is missing') &&
    misspelt.message.startsWith('unknown key') &&
    misspelt.message.endsWith(`Did you mean "${missing.path.at(-1)}"?`) &&
    pathText(misspelt.path.slice(0, -1)) === pathText(missing.path.slice(0, -1))
  )
}
