import type { Problem } from '../../errors.ts'
import { idIn } from '../../model/person.ts'
import { byNameAndBirth } from './exact.ts'
import { isSomebodyElse, likelihood, perhapsInAnotherRole } from './likeness.ts'
import type { Answers, Candidate, Known, Match, Matching, Question } from './matching.ts'
import { familyOf, looseName, type Names } from './names.ts'
import { likeOnes } from './proposals.ts'
import { tell, type Wanted } from './wanted.ts'

export const lineOf = ({ place: { file, line } }: Wanted): string => `${file}:${line}`

/** More candidates help nobody to choose. */
const mostCandidates = 5

/** Ids that went over to somebody else: beyond these, numbers were given anew or columns are swapped. */
const mostReused = { count: 30, share: 0.1 }

/**
 * Finds the people of the files in the register. First by what a person has confirmed, then by id, then by the same name and birth
 * date where both sides have it once; all else is a question. An account made by hand is only ever found by a question.
 * Time grows with the number of people, not with its square.
 */
export function match(wanted: readonly Wanted[], known: Known, answers: Answers): Matching {
  const isNew = (one: Wanted): boolean => answers.lines.get(lineOf(one)) === 'new'
  const confirmed = byAnswers(wanted, known, answers)
  const answered = new Set(confirmed.matches.map(({ wanted: one }) => one))
  const ids = byIds(
    wanted.filter((one) => !answered.has(one)),
    without(known, confirmed.matches),
    isNew,
  )
  const open = ids.rest.filter((one) => !isNew(one))
  const exact = byNameAndBirth(open, without(known, [...confirmed.matches, ...ids.matches]), answers.exact)
  const matches = [...confirmed.matches, ...ids.matches, ...exact.matches]
  const like = likeOnes(exact.rest, without(known, matches))

  const found = new Set(matches.map(({ wanted: one }) => one))
  const questions = joined([...ids.questions, ...exact.questions, ...like.questions]).filter(
    (one) => !found.has(one.wanted),
  )
  const asked = new Set(questions.map(({ wanted: one }) => one))
  return {
    matches,
    fresh: [...ids.rest.filter(isNew), ...like.rest.filter((one) => !asked.has(one))],
    questions,
    problems: [...confirmed.problems, ...ids.problems, ...inOtherRoles(open, matches, known)],
  }
}

function without(known: Known, matches: readonly Match[]): Known {
  const taken = new Set(matches.map(({ person }) => person.id))
  return { ...known, people: known.people.filter(({ id }) => !taken.has(id)) }
}

function byAnswers(
  wanted: readonly Wanted[],
  { people, source }: Known,
  { lines }: Answers,
): Pick<Matching, 'matches' | 'problems'> {
  if (lines.size === 0) return { matches: [], problems: [] }
  const byLine = new Map(wanted.map((one) => [lineOf(one), one]))
  const byLogin = new Map(people.map((person) => [person.login as string, person]))
  const matches: Match[] = []
  const problems: Problem[] = []
  const used = new Map<string, string>()
  for (const [line, answer] of lines) {
    const one = byLine.get(line)
    const person = byLogin.get(answer)
    const wrong = (message: string): number =>
      problems.push({ severity: 'error', path: `--confirm ${line}=${answer}`, message })
    if (one === undefined) wrong(`nobody is read from ${line}`)
    else if (answer === 'new') continue
    else if (person === undefined) wrong(`there is no account ${answer}`)
    else if (familyOf(person) !== familyOf(one.record) && !perhapsInAnotherRole(one.record, person, source))
      wrong(`${answer} is a ${person.role}, ${tell(one.record)} a ${one.record.role}`)
    else if (used.has(answer)) wrong(`${answer} is confirmed for ${used.get(answer)} already`)
    else {
      used.set(answer, line)
      matches.push({ wanted: one, person, ground: 'confirmed' })
    }
  }
  return { matches, problems }
}

interface ByIds extends Pick<Matching, 'matches' | 'questions' | 'problems'> {
  readonly rest: readonly Wanted[]
}

function byIds(wanted: readonly Wanted[], { people, source }: Known, isNew: (one: Wanted) => boolean): ByIds {
  // Whom another source has let go is not ours to bring back.
  const ours = people.filter(({ origin, state }) => state !== 'removed' || origin?.source === source)
  const known = Map.groupBy(
    ours.filter((person) => idIn(person, source) !== null),
    (person) => `${familyOf(person)}#${idIn(person, source)}`,
  )
  const matches: Match[] = []
  const questions: Question[] = []
  const rest: Wanted[] = []
  for (const one of wanted) {
    const holders = known.get(`${familyOf(one.record)}#${one.record.id}`) ?? []
    // Another source may have given it to somebody new while who had it is still here.
    const person = holders.find((holder) => !isSomebodyElse(one.record, holder)) ?? holders[0]
    if (one.record.id === undefined || person === undefined) rest.push(one)
    else if (!isSomebodyElse(one.record, person)) matches.push({ wanted: one, person, ground: 'id' })
    else if (isNew(one)) rest.push(one)
    else {
      questions.push({ wanted: one, candidates: [{ person, likeness: 'reused' }] })
      // By name they may be somebody else who is known.
      rest.push(one)
    }
  }
  const found = matches.length + questions.length
  if (questions.length <= mostReused.count || questions.length <= found * mostReused.share) {
    return { matches, questions, rest, problems: [] }
  }
  const examples = questions.slice(0, 3).map(({ wanted: { record }, candidates: [candidate] }) => {
    return `${record.id} was ${candidate === undefined ? '' : nameOf(candidate.person)}, now ${nameOf(record)}`
  })
  const message = `${questions.length} of ${found} ids belong to somebody else than before: ${examples.join('; ')}`
  const hint =
    'Were the ids given anew, or are columns swapped? Then leave the id column out: people are found by name and birth date.'
  return {
    matches,
    questions,
    rest,
    problems: [{ severity: 'error', file: questions[0]?.wanted.place.file, path: 'id', message, hint }],
  }
}

/** So many people of the files are known in another role that the role they were given is wrong. */
const mostInOtherRoles = { count: 10, share: 0.5 }

/** Counted by name: with neither ids nor birth dates nothing else tells it. */
function inOtherRoles(
  wanted: readonly Wanted[],
  matches: readonly Match[],
  { people, source }: Known,
): readonly Problem[] {
  const found = new Set(matches.map(({ wanted: one }) => one))
  const active = people.filter(({ state, origin }) => state === 'active' && origin?.source === source)
  const byName = Map.groupBy(active, looseName)
  const others = wanted.flatMap((one) => {
    if (found.has(one)) return []
    const same = (byName.get(looseName(one.record)) ?? []).filter(({ birth }) => {
      return birth === null || one.record.birth === undefined || birth === one.record.birth
    })
    const [other] = same.some((person) => familyOf(person) === familyOf(one.record)) ? [] : same
    return other === undefined ? [] : [{ one, other }]
  })
  const [first] = others
  const few = others.length <= mostInOtherRoles.count || others.length <= wanted.length * mostInOtherRoles.share
  if (few || first === undefined) return []
  const { record, place } = first.one
  const message = `${others.length} of ${wanted.length} people who would be new are known in another role: ${nameOf(record)} is a ${first.other.role}, and would be a ${record.role}`
  const hint =
    'Is --role the right one, and the column of roles? If these are really others, import them as a source of their own: --source'
  return [{ severity: 'error', ...place, path: 'role', message, hint }]
}

const nameOf = ({ given, surname }: Names): string => `${given} ${surname}`.trim()

/** All questions about one person of the file as one. */
function joined(questions: readonly Question[]): readonly Question[] {
  const byWanted = Map.groupBy(questions, ({ wanted }) => wanted)
  return [...byWanted].map(([wanted, same]) => {
    const seen = new Set<string>()
    const candidates = same.flatMap((question) => question.candidates).toSorted(likeliestFirst)
    const different = candidates.filter(({ person }) => !seen.has(person.id) && seen.add(person.id))
    return { wanted, candidates: different.slice(0, mostCandidates) }
  })
}

const likeliestFirst = (one: Candidate, other: Candidate): number =>
  likelihood.indexOf(one.likeness) - likelihood.indexOf(other.likeness)
