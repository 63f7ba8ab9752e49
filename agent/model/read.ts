import type { Problem } from '../errors.ts'
import { checkRest, checkState } from './checks/index.ts'
import type { StateDocument } from './document.ts'
import { parseDocuments, stateInvalid } from './parse.ts'
import { placesOfRest } from './places.ts'
import { restOf } from './rest.ts'
import type { SchoolState } from './state.ts'

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
  const rest = reading.rest && restOf(reading.rest.value)
  const further = reading.rest && rest ? checkRest(rest.state, placesOfRest(reading.rest.places, rest.kept)) : []
  throw stateInvalid(inOrder([...reading.problems, ...further], documents))
}

function inOrder(problems: readonly Problem[], documents: readonly StateDocument[]): readonly Problem[] {
  const files = new Map(documents.map(({ file }, index) => [file, index]))
  const position = ({ file = '' }: Problem): number => files.get(file) ?? -1
  return problems.toSorted((a, b) => position(a) - position(b) || (a.line ?? 0) - (b.line ?? 0))
}
