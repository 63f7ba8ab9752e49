import type { Problem } from '../errors.ts'
import { checkState } from './checks/index.ts'
import { pathFrom, type StateDocument } from './document.ts'
import { parseDocuments, stateInvalid, type Unfit } from './parse.ts'
import { movedPlaces } from './places.ts'
import { restOf } from './rest.ts'
import type { SchoolState, Section } from './state.ts'

export interface ReadState {
  readonly state: SchoolState
  readonly warnings: readonly Problem[]
}

/**
 * The texts as a state in which every part fits the others. Throws `STATE_INVALID` with all problems in the order of
 * the text, errors and warnings, or `STATE_NEWER`.
 */
export function readState(documents: readonly StateDocument[]): ReadState {
  const reading = parseDocuments(documents)
  if ('state' in reading) {
    const found = inOrder(checkState(reading.state, reading.places), documents)
    if (found.some(({ severity }) => severity === 'error')) throw stateInvalid(found)
    return { state: reading.state, warnings: found }
  }
  throw stateInvalid(inOrder([...reading.problems, ...further(reading)], documents))
}

/** What is wrong besides, as far as it can be seen in spite of the problems. */
function further({ problems, rest: given }: Unfit): readonly Problem[] {
  const rest = given && restOf(given.value)
  if (given === undefined || rest === undefined) return []
  const named = new Set(problems.map(({ path }) => /^\w*/.exec(path)?.[0] ?? ''))
  // A word above all sections may be the misspelt name of one that seems to be absent.
  const strange = [...named].some((name) => !Object.hasOwn(rest.state, name) || name === '')
  const mayBeMisspelt = (section: Section): boolean => strange && given.value[section] === undefined
  return checkState(rest.state, movedPlaces(given.places, rest.original), {
    isWhole: (section) => !rest.lost.has(section) && !named.has(section) && !mayBeMisspelt(section),
    hasAll: (section) =>
      rest.lost.get(section) !== 'entries' && !problems.some(({ path }) => path === section) && !mayBeMisspelt(section),
  })
}

/** Problems that somebody found in the state, who knows only their paths: with the lines of the texts it came from. */
export function placeProblems(problems: readonly Problem[], documents: readonly StateDocument[]): readonly Problem[] {
  const reading = parseDocuments(documents)
  if (!('state' in reading)) return problems
  const placed = problems.map(({ severity, path, message, hint }) =>
    reading.places.problem({ severity, path: pathFrom(path), message, ...(hint === undefined ? {} : { hint }) }),
  )
  return inOrder(placed, documents)
}

function inOrder(problems: readonly Problem[], documents: readonly StateDocument[]): readonly Problem[] {
  const files = new Map(documents.map(({ file }, index) => [file, index]))
  const position = ({ file = '' }: Problem): number => files.get(file) ?? -1
  return problems.toSorted((a, b) => position(a) - position(b) || (a.line ?? 0) - (b.line ?? 0))
}
