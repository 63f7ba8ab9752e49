import { idIn, type Person } from '../../model/person.ts'
import { likenessOf, perhapsByHand, perhapsInAnotherRole } from './likeness.ts'
import type { Candidate, Known, Question } from './matching.ts'
import { familyOf, loose, looseName } from './names.ts'
import type { Wanted } from './wanted.ts'

/** Beyond these many people of one birth date (1 January, where the day is not known), only names that sound the same count. */
const crowd = 100

/**
 * Asks about people whom nobody knows but who resemble somebody whom no file names: by the same birth date, or the
 * same name. Whatever the role, by both, or by name and id.
 * @param people those not found yet
 */
export function likeOnes(
  wanted: readonly Wanted[],
  { people, source }: Known,
): { readonly questions: readonly Question[]; readonly rest: readonly Wanted[] } {
  if (wanted.length === 0) return { questions: [], rest: [] }
  const byBirth = Map.groupBy(people, (person) => `${familyOf(person)}|${person.birth ?? ''}`)
  const byName = Map.groupBy(people, nameKey)
  const byBoth = Map.groupBy(
    people.filter(({ birth }) => birth !== null),
    bothKey,
  )
  const byId = Map.groupBy(
    people.filter((person) => idIn(person, source) !== null),
    (person) => idIn(person, source) ?? '',
  )
  const questions: Question[] = []
  const rest: Wanted[] = []
  for (const one of wanted) {
    const sameDay =
      one.record.birth === undefined ? [] : (byBirth.get(`${familyOf(one.record)}|${one.record.birth}`) ?? [])
    const near = new Set([...(byName.get(nameKey(one.record)) ?? []), ...(sameDay.length > crowd ? [] : sameDay)])
    const ofId = one.record.id === undefined ? [] : (byId.get(one.record.id) ?? [])
    const others = [...new Set([...(byBoth.get(bothKey(one.record)) ?? []), ...ofId])].filter((person) =>
      perhapsInAnotherRole(one.record, person, source),
    )
    const candidates = [
      ...[...near].flatMap((person) => candidateOf(one, person)),
      ...others.map((person): Candidate => ({ person, likeness: 'role' })),
    ]
    if (candidates.length === 0) rest.push(one)
    else questions.push({ wanted: one, candidates })
  }
  return { questions, rest }
}

const nameKey = (someone: Person | Wanted['record']): string =>
  `${familyOf(someone)}|${loose(someone.given)}|${loose(someone.surname)}`

const bothKey = (someone: Person | Wanted['record']): string => `${looseName(someone)}|${someone.birth ?? ''}`

function candidateOf({ record }: Wanted, person: Person): readonly Candidate[] {
  if (person.origin === null) return perhapsByHand(record, person) ? [{ person, likeness: 'hand' }] : []
  const likeness = likenessOf(record, person)
  if (likeness === undefined) return []
  // Over the years many have left; of those only who bears the same name is meant.
  const sure = person.state === 'active' || likeness === 'spelling' || likeness === 'swapped'
  return sure ? [{ person, likeness }] : []
}
