import { PublicKey } from './administration.ts'
import type { StateDocument } from './document.ts'
import { valueAt } from './explain.ts'
import { parseDocuments } from './parse.ts'

/** The keys that a state names, whatever else is wrong with it; none where it cannot be read at all. */
export function keysIn(documents: readonly StateDocument[]): readonly string[] {
  const reading = parseDocuments(documents)
  if ('state' in reading) return reading.state.administration.keys
  const keys = valueAt(reading.rest?.value, ['administration', 'keys'])
  return (Array.isArray(keys) ? keys : []).flatMap((line) => PublicKey.safeParse(line).data ?? [])
}
