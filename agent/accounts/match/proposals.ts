import type { Person } from '../../model/person.ts'
import { likenessOf, perhapsByHand } from './likeness.ts'
import type { Candidate, Known, Question } from './matching.ts'
import { familyOf, loose } from './names.ts'
import type { Wanted } from './wanted.ts'

/** Beyond these many people of one birth date (1 January, where the day is not known), only names that sound the same count. */
const crowd = 100

/**
 * Asks about people whom nobody knows but who resemble somebody whom no file names: by the same birth date, or the
 * same name.
 * @param people those not found yet
 */
export function likeOnes(
  wanted: readonly Wanted[],
  { people }: Known,
): { readonly questions: readonly Question[]; readonly rest: readonly Wanted[] } {
  if (wanted.length === 0) return { questions: [], rest: [] }
  const byBirth = Map.groupBy(people, (person) => `${familyOf(person)}|${person.birth ?? ''}`)
  const byName = Map.groupBy(people, nameKey)
  const questions: Question[] = []
  const rest: Wanted[] = []
  for (const one of wanted) {
    const sameDay =
      one.record.birth === undefined ? [] : (byBirth.get(`${familyOf(one.record)}|${one.record.birth}`) ?? [])
    const near = new Set([...(byName.get(nameKey(one.record)) ?? []), ...(sameDay.length > crowd ? [] : sameDay)])
    const candidates = [...near].flatMap((person) => candidateOf(one, person))
    if (candidates.length === 0) rest.push(one)
    else questions.push({ wanted: one, candidates })
  }
  return { questions, rest }
}

const nameKey = (someone: Person | Wanted['record']): string =>
  `${familyOf(someone)}|${loose(someone.given)}|${loose(someone.surname)}`

function candidateOf({ record }: Wanted, person: Person): readonly Candidate[] {
  if (person.origin === null) return perhapsByHand(record, person) ? [{ person, likeness: 'hand' }] : []
  const likeness = likenessOf(record, person)
  if (likeness === undefined) return []
  // Over the years many have left; of those only who bears the same name is meant.
  const sure = person.state === 'active' || likeness === 'spelling' || likeness === 'swapped'
  return sure ? [{ person, likeness }] : []
}
