import type { Person } from '../../model/person.ts'
import type { Likeness } from './likeness.ts'
import type { Candidate, Known, Match, Question } from './matching.ts'
import { exactName, familyOf, looseId } from './names.ts'
import type { Wanted } from './wanted.ts'

/** Beyond these many comparisons a name tells nothing; somebody sends us a list of the same line. */
const mostPairs = 10_000

interface Exact {
  readonly matches: readonly Match[]
  readonly questions: readonly Question[]
  readonly rest: readonly Wanted[]
}

/**
 * People of the same name and birth date. Found where there is one of them in the files and one in the register; of several
 * the class (of parents the mail address) tells which is which, if it does. Another id of the same source, somebody who has left, or another class
 * where there are no birth dates, makes it a question.
 * @param people those not found yet
 * @param whateverId take another id of the same source for the same person
 */
export function byNameAndBirth(
  wanted: readonly Wanted[],
  { people, source, classesOf }: Known,
  whateverId: boolean,
): Exact {
  const candidates = Map.groupBy(
    people.filter(({ origin }) => origin !== null),
    keyOf,
  )
  const records = Map.groupBy(wanted, ({ record }) => keyOf(record))
  const matches: Match[] = []
  const questions: Question[] = []
  const rest: Wanted[] = []
  for (const [key, named] of records) {
    // A line that says somebody has left takes nobody from one that says they are here.
    const here = named.filter(({ record }) => !record.left)
    const group = here.length === 0 ? named : here
    if (here.length > 0) rest.push(...named.filter(({ record }) => record.left))
    const known = candidates.get(key) ?? []
    const pairs = paired(group, known, classesOf)
    const settled = new Set(pairs.map(({ person }) => person.id))
    for (const one of group) {
      const pair = pairs.find(({ wanted: other }) => other === one)
      const free = known.filter(({ id }) => !settled.has(id))
      if (pair === undefined && free.length === 0) rest.push(one)
      else if (pair === undefined) questions.push({ wanted: one, candidates: free.map(several) })
      else {
        const doubt = doubtOf(one, pair.person, source, classesOf)
        if (doubt === undefined || (doubt === 'id' && whateverId)) matches.push(pair)
        else questions.push({ wanted: one, candidates: [{ person: pair.person, likeness: doubt }] })
      }
    }
  }
  return { matches, questions, rest }
}

const several = (person: Person): Candidate => ({ person, likeness: 'several' })

const keyOf = (someone: Person | Wanted['record']): string =>
  `${familyOf(someone)}|${exactName(someone)}|${someone.birth ?? ''}`

/** One to one; where there are more, by what else is the same. */
function paired(group: readonly Wanted[], known: readonly Person[], classesOf: Known['classesOf']): readonly Match[] {
  const [one, anotherOne] = group
  const [person, another] = known
  if (one === undefined || person === undefined) return []
  if (anotherOne === undefined && another === undefined) return [{ wanted: one, person, ground: 'name' }]
  if (group.length * known.length > mostPairs) return []
  const fits = (wanted: Wanted, candidate: Person): boolean =>
    alike(wanted, candidate) || (wanted.record.classes.length > 0 && sharesClass(wanted, candidate, classesOf))
  return group.flatMap((wanted) => {
    const fitting = known.filter((candidate) => fits(wanted, candidate))
    const [only] = fitting
    const alone = only !== undefined && fitting.length === 1 && group.filter((other) => fits(other, only)).length === 1
    return alone ? [{ wanted, person: only, ground: 'name' as const }] : []
  })
}

function alike({ record }: Wanted, { origin, mail }: Person): boolean {
  if (
    record.id !== undefined &&
    origin?.id !== undefined &&
    origin.id !== null &&
    looseId(origin.id) === looseId(record.id)
  )
    return true
  return record.mail !== undefined && record.mail === mail
}

function sharesClass({ record }: Wanted, person: Person, classesOf: Known['classesOf']): boolean {
  const known = classesOf(person)
  return record.classes.some((title) => known.includes(title))
}

/** What keeps two of the same name and birth date, the only ones, from being the same person without a doubt. */
function doubtOf(wanted: Wanted, person: Person, source: string, classesOf: Known['classesOf']): Likeness | undefined {
  const { record } = wanted
  const id = person.origin?.source === source ? person.origin.id : null
  if (record.id !== undefined && id !== null && id !== undefined && looseId(id) !== looseId(record.id)) return 'id'
  if (familyOf(record) === 'parent' && record.mail !== undefined && person.mail !== null && record.mail !== person.mail)
    return 'mail'
  if (record.id !== undefined && id === record.id) return undefined
  const unborn = record.birth === undefined
  // Names come again: the next Thomas Müller is not the one who has left. And whom another source has let go is not ours to bring back.
  if (unborn && person.state !== 'active') return 'gone'
  if (person.state === 'removed' && person.origin?.source !== source) return 'gone'
  return unborn && familyOf(record) === 'pupil' && !sharesClass(wanted, person, classesOf) ? 'class' : undefined
}
