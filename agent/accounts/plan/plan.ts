import type { Problem } from '../../errors.ts'
import type { Group, GroupId, GroupKind } from '../../model/group.ts'
import type { ImportPlan, PersonChange } from '../../model/import-plan.ts'
import type { PersonId } from '../../model/person.ts'
import { primaryPupils } from '../../model/role-groups.ts'
import type { Register } from '../../model/register.ts'
import type { SchoolState } from '../../model/state.ts'
import { lineOf, match } from '../match/match.ts'
import type { Answers, Match, Matching } from '../match/matching.ts'
import { gather, type Wanted } from '../match/wanted.ts'
import type { Place, Reading } from '../read/record.ts'
import { alteredOf } from './altered.ts'
import { type Belonging, type Catalogue, catalogueOf, titleKey } from './catalogue.ts'
import { discreetPlan, discreetWords } from './discreet.ts'
import { endedGroups, goingOf } from './ended.ts'
import { byOriginId, settleGroups } from './groups.ts'
import { coveredRoles, emptiedBy, isManaged, leaversOf } from './leaving.ts'
import { mailsOf } from './mails.ts'
import { membersOf, type Placed } from './members.ts'
import { classesByPerson, movedOf, titlesAfter, waysOf } from './moves.ts'
import { changeOf, newcomers, returningOf } from './people.ts'
import { isPrimary } from './primary.ts'
import { remarksOf } from './remarks.ts'
import { type RenameAnswers, renamesOf } from './renames.ts'
import { rulesOf } from './rules.ts'
import { alphabetical, inOrder } from './sort.ts'
import { otherLogins, wishesOf } from './wishes.ts'
import { wordsIn, type Words } from './words.ts'

export interface PlanInput {
  readonly readings: readonly Reading[]
  readonly register: Register
  readonly state: Pick<SchoolState, 'school' | 'accounts' | 'directory'>
  readonly source: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly answers: Answers & { readonly renames: RenameAnswers }
  readonly allowedLeaving: number | null
  readonly allowedChanges: number | null
  /** SHA-256 of each file by its name. */
  readonly hashes: ReadonlyMap<string, string>
  /** Whether birth dates that only the register knows stand in the plan. */
  readonly births: boolean
}

export interface Planned {
  readonly plan: ImportPlan
  /** Errors among them: the plan is not to be carried out. */
  readonly problems: readonly Problem[]
  /** First passwords that the files ask for, of people who are new. Not part of the plan. */
  readonly wishes: ReadonlyMap<PersonId, string>
  /** Where the files name people. */
  readonly places: ReadonlyMap<PersonId, Place>
}

/** What an import of these files would do. Reads nothing but its input, and gives the same for the same. */
export function planImport(input: PlanInput): Planned {
  const { readings, register, state, source, now, answers } = input
  const { language } = state.school
  const words = input.births ? wordsIn(language) : discreetWords(wordsIn(language))
  const gathering = gather(readings)
  const classes = classesByPerson(register, source)
  const classesOf = ({ id }: { readonly id: PersonId }): readonly string[] =>
    (classes.get(id) ?? []).map(({ title }) => title)
  const found = match(gathering.wanted, { people: register.people, source, classesOf }, answers)
  const matching = withoutGone(found)
  const staying = matching.matches
  const covered = coveredRoles(readings, gathering.wanted)
  const leaving = leaversOf(
    register.people,
    { ...matching, matches: found.matches },
    covered,
    source,
    state.accounts.leaving,
    words,
  )

  const mails = mailsOf(matching, register.people, source)
  const living = register.groups.filter(({ ended }) => ended === null)
  const logins = [...register.people.map(({ login }) => login), ...(register.formerLogins ?? [])]
  const joining = newcomers(
    matching.fresh,
    register.people,
    state.accounts.login,
    [...logins, ...living.map(({ name }) => name)],
    source,
    mails.of,
    (one) => (answers.lines.get(lineOf(one)) === 'new' ? words.asNew : words.first),
  )
  const idOf = new Map<Wanted, PersonId>([
    ...joining.ids,
    ...staying.map(({ wanted, person }) => [wanted, person.id] as const),
  ])
  const catalogue = catalogueOf(readings, [...idOf.keys()])
  const belongings = new Map([...idOf.keys()].map((one) => [one, catalogue.belongingOf(one)]))

  const byId = renamesById(living, catalogue, source, words)
  const renames = renamesOf({
    groups: living.filter(({ id, origin }) => origin?.source === source && !byId.has(id)),
    catalogue,
    pupilsOf: whereabouts(register, staying, belongings, source),
    answers: answers.renames,
    words,
  })
  const settled = settleGroups({
    groups: register.groups,
    catalogue,
    used: new Set([...belongings.values()].flatMap(({ groups }) => [...groups.keys()])),
    renames: new Map([...renames.decided, ...byId]),
    source,
    language,
    now,
    logins: [...logins, ...joining.changes.map(({ login }) => login)],
    words,
  })
  const kinds = new Map<GroupId, GroupKind>(register.groups.map(({ id, kind }) => [id, kind]))
  for (const change of settled.changes) if (change.kind === 'new') kinds.set(change.id, change.groupKind)
  const isClass = (group: GroupId): boolean => kinds.get(group) === 'class'

  const placed = new Map(
    [...idOf].map(([wanted, id]): readonly [PersonId, Placed] => {
      const groups = [...(belongings.get(wanted)?.groups ?? [])].flatMap(([key, part]) => {
        const group = settled.ids.get(key)
        return group === undefined ? [] : [[group, part] as const]
      })
      const primary = isPrimary(wanted, belongings.get(wanted), catalogue, state.accounts.primary)
      if (primary && kinds.has(primaryPupils)) groups.push([primaryPupils, 'member'])
      return [id, { id, role: wanted.record.role, groups: new Map(groups) }]
    }),
  )
  const wishes = wishesOf(
    joining.changes,
    joining.ids,
    (person) => placed.get(person)?.groups.has(primaryPupils) === true,
    state.directory,
  )
  const memberships = membersOf({
    memberships: register.memberships,
    placed: [...placed.values()],
    source,
    kindOf: (group) => kinds.get(group),
  })
  const used = new Set([...placed.values()].flatMap((place) => [...place.groups.keys()]))
  const groups = [
    ...settled.changes,
    ...endedGroups({
      register,
      changes: memberships,
      going: goingOf(register.people, staying, leaving),
      displaced: settled.displaced,
      used,
      source,
      words,
    }),
  ]

  const titles = titlesAfter(register.groups, settled.changes)
  const taken = new Set(
    memberships.flatMap(({ kind, group, person }) => (kind === 'leave' && isClass(group) ? [person] : [])),
  )
  const moved = staying.flatMap((one) => {
    const { id } = one.person
    const place = placed.get(id)
    return (place && movedOf(one, classes.get(id) ?? [], place, isClass, titles, taken.has(id), words)) ?? []
  })
  const people = [
    ...wishes.changes,
    ...staying.flatMap((one): readonly (PersonChange | undefined)[] => [
      returningOf(one, source, words),
      changeOf(one, source, mails.of(one.wanted), language, words),
    ]),
    ...moved,
    ...leaving,
  ].filter((change) => change !== undefined)
  const touched = new Set(people.map(({ id }) => id))
  const classOf = (person: PersonId): string => {
    const [current] = [...(placed.get(person)?.groups.keys() ?? [])].filter(isClass)
    return (current === undefined ? classes.get(person)?.[0]?.title : titles.get(current)) ?? ''
  }
  // Files of changes cover no role: who leaves is measured by those who are what they are.
  const measured = [...new Set([...covered, ...leaving.map(({ role }) => role)])]
  const plan: ImportPlan = {
    version: 1,
    source,
    made: now,
    base: register.revision,
    rules: rulesOf(state),
    files: readings.map(({ file, format, people: { length } }) => ({
      name: file,
      format,
      sha256: input.hashes.get(file) ?? '',
      people: length,
    })),
    covers: [...covered],
    managed: register.people.filter((person) => isManaged(person, source, measured)).length,
    emptied: [...emptiedBy(leaving, register.people, classes, source)],
    allowedLeaving: input.allowedLeaving,
    altered: alteredOf({
      staying,
      source,
      moved,
      ways: waysOf(staying, classes, placed, isClass, titles),
      words,
    }),
    allowedChanges: input.allowedChanges,
    unchanged: staying.filter(({ person }) => !touched.has(person.id)).length,
    groups,
    people: [...inOrder(people, register.people, classOf)],
    memberships: [...memberships],
    proposals: proposalsOf(matching, words),
    renames: renames.proposals.toSorted((a, b) => alphabetical.compare(a.before, b.before)),
    remarks: [],
  }
  const remarks = remarksOf({
    plan,
    readings,
    register,
    catalogue,
    matching: found,
    belongings,
    sharedMails: mails.shared,
    words,
  })
  const whole = { ...plan, remarks: [...remarks, ...renames.remarks] }
  return {
    plan: input.births ? whole : discreetPlan(whole),
    problems: [
      ...readings.flatMap((reading) => reading.problems),
      ...gathering.problems,
      ...matching.problems,
      ...wishes.problems,
      ...otherLogins(joining.changes, joining.ids),
      ...renames.wrong.map(({ answer, message }): Problem => ({ severity: 'error', path: answer, message })),
    ],
    wishes: wishes.passwords,
    places: new Map([...idOf].map(([{ place }, id]) => [id, place])),
  }
}

/** Who the files say has left is not in them; nobody is asked about such people. */
function withoutGone({ matches, fresh, questions, problems }: Matching): Matching {
  const here = ({ wanted }: { readonly wanted: Wanted }): boolean => !wanted.record.left
  return {
    matches: matches.filter(here),
    fresh: fresh.filter((wanted) => here({ wanted })),
    questions: questions.filter(here),
    problems,
  }
}

/** Groups that the source knows by an id and calls something else now. */
function renamesById(
  living: readonly Group[],
  { groups }: Catalogue,
  source: string,
  words: Words,
): ReadonlyMap<GroupId, { readonly key: string; readonly reason: string }> {
  const known = byOriginId(living, source)
  return new Map(
    [...groups.values()].flatMap(({ key, kind, title }) => {
      const group = known.get(key)
      if (group === undefined || titleKey(kind, title) === titleKey(kind, group.title)) return []
      return [[group.id, { key, reason: words.group.id }] as const]
    }),
  )
}

/** Where the pupils of a class or year are by the files. */
function whereabouts(
  { memberships }: Register,
  staying: readonly Match[],
  belongings: ReadonlyMap<Wanted, Belonging>,
  source: string,
): (group: Group) => { readonly now: ReadonlyMap<string, number>; readonly of: number } {
  const pupils = new Map(
    staying.filter(({ person }) => person.role === 'pupil').map(({ person, wanted }) => [person.id, wanted]),
  )
  const members = Map.groupBy(
    memberships.filter((membership) => membership.source === source && pupils.has(membership.person)),
    ({ group }) => group,
  )
  return ({ id, kind }) => {
    const now = new Map<string, number>()
    const inside = members.get(id) ?? []
    for (const { person } of inside) {
      const wanted = pupils.get(person)
      const keys = wanted === undefined ? [] : [...(belongings.get(wanted)?.groups.keys() ?? [])]
      for (const key of keys.filter((one) => one.startsWith(`${kind} `))) now.set(key, (now.get(key) ?? 0) + 1)
    }
    return { now, of: inside.length }
  }
}

function proposalsOf({ questions }: Matching, words: Words): ImportPlan['proposals'] {
  return questions.map(({ wanted: { record, place }, candidates }) => ({
    ...place,
    given: record.given,
    surname: record.surname,
    birth: record.birth ?? null,
    candidates: candidates.map(({ person: { login, given, surname, birth }, likeness }) => ({
      login,
      given,
      surname,
      birth,
      reason: words.likeness[likeness],
    })),
  }))
}
