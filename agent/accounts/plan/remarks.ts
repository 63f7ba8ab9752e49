import type { ImportPlan } from '../../model/import-plan.ts'
import type { Register } from '../../model/register.ts'
import type { Matching } from '../match/matching.ts'
import type { Wanted } from '../match/wanted.ts'
import type { Reading } from '../read/record.ts'
import { type Belonging, type Catalogue, titleKey } from './catalogue.ts'
import { leavingGuard } from './guard.ts'
import type { Words } from './words.ts'

export interface RemarksInput {
  readonly plan: ImportPlan
  readonly readings: readonly Reading[]
  readonly register: Register
  readonly catalogue: Catalogue
  /** With those who the files say have left. */
  readonly matching: Matching
  readonly belongings: ReadonlyMap<Wanted, Belonging>
  readonly sharedMails: readonly string[]
  readonly words: Words
}

/** More of one kind are counted. */
const most = 10

/** What a person should know before the plan is carried out and that stands in none of its lines. */
export function remarksOf({
  plan,
  readings,
  register,
  catalogue,
  matching,
  belongings,
  sharedMails,
  words: { remark },
}: RemarksInput): readonly string[] {
  const { source, covers } = plan
  const { people, groups } = register
  const used = new Set([...belongings.values()].flatMap((belonging) => [...belonging.groups.keys()]))
  const classes = [...catalogue.groups.values()].filter(({ kind }) => kind === 'class')
  const held = classes.filter(({ key }) => used.has(key)).length
  const known = groups.filter(
    ({ kind, ended, origin }) => kind === 'class' && ended === null && origin?.source === source,
  )
  const excerpt = leavingGuard(plan)?.whole === true && held < known.length
  const nobody = new Set(readings.flatMap((reading) => reading.covers)).difference(new Set(covers))
  const sources = Map.groupBy(
    matching.matches.flatMap(({ person, ground }) =>
      person.origin === null || ground === 'confirmed' ? [] : [person.origin.source],
    ),
    (name) => name,
  )
  const gone = matching.fresh.filter(({ record }) => record.left).length
  const byHand = people.filter(
    ({ origin, state, role }) => origin === null && state === 'active' && covers.includes(role),
  ).length
  const titles = new Set(known.map(({ title }) => titleKey('class', title)))
  const empty = classes.filter(({ key, title }) => !used.has(key) && !titles.has(titleKey('class', title)))
  const leads = [...belongings].flatMap(([{ record }, { unknown }]) =>
    unknown.map((what) => remark.unknownLead(`${record.given} ${record.surname}`, what)),
  )
  return [
    ...(excerpt ? [remark.excerpt(held, known.length)] : []),
    ...[...nobody]
      .filter((role) =>
        people.some((person) => person.role === role && person.origin?.source === source && person.state === 'active'),
      )
      .map((role) => remark.nobody(role)),
    ...[...sources].filter(([name]) => name !== source).map(([name, same]) => remark.foreign(same.length, name)),
    ...(gone === 0 ? [] : [remark.goneUnknown(gone)]),
    ...(byHand === 0 ? [] : [remark.handKept(byHand)]),
    ...(sharedMails.length === 0 ? [] : [remark.mails(some(sharedMails))]),
    ...(empty.length === 0 ? [] : [remark.emptyClass(some(empty.map(({ title }) => title)).join(', '))]),
    ...some(leads),
  ]
}

const some = (texts: readonly string[]): readonly string[] =>
  texts.length <= most ? texts : [...texts.slice(0, most - 1), `… ${texts.length - most + 1}`]
