import type { Group, GroupId, GroupKind } from '../../model/group.ts'
import type { RenameProposal } from '../../model/import-plan.ts'
import { type Catalogue, titleKey, yearOf } from './catalogue.ts'
import type { Words } from './words.ts'

/** Which groups get another name because their pupils are now in one of that name: the new school year. */

export interface RenameAnswers {
  /** By the class's title before: its title now. */
  readonly titles: ReadonlyMap<string, string>
  /** What becomes of those that nobody was asked about. */
  readonly others: 'ask' | 'take' | 'leave'
}

export interface Renames {
  /** The group, and the key of the wanted group whose name it gets. */
  readonly decided: ReadonlyMap<GroupId, { readonly key: string; readonly reason: string }>
  readonly proposals: readonly RenameProposal[]
  readonly remarks: readonly string[]
  /** Answers that fit no class. */
  readonly wrong: readonly { readonly answer: string; readonly message: string }[]
}

export interface RenameInput {
  /** Living groups of this source, with those whose name stands in the files under the same id left out. */
  readonly groups: readonly Group[]
  readonly catalogue: Catalogue
  /** For each group: where its pupils are by the files (keys of wanted groups, each with their number), and how many they are. */
  readonly pupilsOf: (group: Group) => { readonly now: ReadonlyMap<string, number>; readonly of: number }
  readonly answers: RenameAnswers
  readonly words: Words
}

interface Drift {
  readonly group: Group
  readonly key: string
  readonly moved: number
  readonly of: number
}

export function renamesOf({ groups, catalogue, pupilsOf, answers, words }: RenameInput): Renames {
  const classes = groups.filter(({ kind }) => kind === 'class')
  const drifts = driftsOf(classes, 'class', catalogue, pupilsOf)
  const decided = new Map<GroupId, { readonly key: string; readonly reason: string }>()
  const proposals: RenameProposal[] = []
  const remarks: string[] = []
  const asked = askedOf(classes, catalogue, answers)
  const targets = new Set(asked.decided.values())

  for (const [id, key] of asked.decided) decided.set(id, { key, reason: words.group.asked })
  for (const { group, key, moved, of } of drifts) {
    if (decided.has(group.id) || targets.has(key)) continue
    const after = catalogue.groups.get(key)?.title ?? ''
    const told = successorOf(group, catalogue)
    if (told !== undefined && titleKey('class', told) === titleKey('class', after))
      decided.set(group.id, { key, reason: words.group.successor })
    else if (answers.others === 'take') decided.set(group.id, { key, reason: words.group.pupils(moved, of) })
    else if (answers.others === 'ask') proposals.push({ before: group.title, after, moved, of })
  }
  const drifting = new Map(drifts.map(({ group, key }) => [group.id, key]))
  for (const group of classes) {
    const told = successorOf(group, catalogue)
    const { of } = pupilsOf(group)
    if (told !== undefined && of > 0 && !decided.has(group.id) && drifting.has(group.id))
      remarks.push(words.remark.unused(group.title, told))
  }
  for (const [id, key] of yearsOf(groups, catalogue, pupilsOf, decided, classes))
    decided.set(id, { key, reason: words.group.year })
  return { decided, proposals, remarks, wrong: asked.wrong }
}

function successorOf({ title }: Group, { groups }: Catalogue): string | undefined {
  const key = titleKey('class', title)
  return (groups.get(key) ?? [...groups.values()].find((group) => titleKey('class', group.title) === key))?.successor
}

/**
 * Groups most of whose pupils are now in one other group, to which no other group gives more, and whose present owner does
 * not keep it.
 */
function driftsOf(
  groups: readonly Group[],
  kind: GroupKind,
  catalogue: Catalogue,
  pupilsOf: RenameInput['pupilsOf'],
): readonly Drift[] {
  const most = new Map(groups.map((group) => [group.id, mostOf(pupilsOf(group))]))
  const owners = new Map(groups.map((group) => [titleKey(kind, group.title), group]))
  const own = (key: string): string => titleKey(kind, catalogue.groups.get(key)?.title ?? '')
  const staying = (group: Group): boolean => {
    const found = most.get(group.id)
    return found !== undefined && own(found.key) === titleKey(kind, group.title)
  }
  const drifts = groups.flatMap((group): readonly Drift[] => {
    const found = most.get(group.id)
    if (found === undefined || staying(group)) return []
    const owner = owners.get(own(found.key))
    return owner !== undefined && staying(owner) ? [] : [{ group, ...found }]
  })
  return [...Map.groupBy(drifts, ({ key }) => key).values()].flatMap((rivals) => {
    const [first, second] = rivals.toSorted((a, b) => b.moved - a.moved)
    return first === undefined || first.moved === second?.moved ? [] : [first]
  })
}

/** The one place where more than half of a group's pupils are. */
function mostOf({
  now,
  of,
}: ReturnType<RenameInput['pupilsOf']>):
  | { readonly key: string; readonly moved: number; readonly of: number }
  | undefined {
  for (const [key, moved] of now) if (moved * 2 > of) return { key, moved, of }
  return undefined
}

function askedOf(
  classes: readonly Group[],
  catalogue: Catalogue,
  { titles }: RenameAnswers,
): { readonly decided: ReadonlyMap<GroupId, string>; readonly wrong: Renames['wrong'] } {
  const decided = new Map<GroupId, string>()
  const wrong: { answer: string; message: string }[] = []
  const byTitle = new Map(classes.map((group) => [titleKey('class', group.title), group]))
  const wanted = new Map([...catalogue.groups.values()].map(({ kind, title, key }) => [titleKey(kind, title), key]))
  for (const [before, after] of titles) {
    const group = byTitle.get(titleKey('class', before))
    const key = wanted.get(titleKey('class', after))
    const answer = `--rename ${before}=${after}`
    if (group === undefined) wrong.push({ answer, message: `there is no class ${before} of this source` })
    else if (key === undefined) wrong.push({ answer, message: `the files have no class ${after}` })
    else if ([...decided.values()].includes(key))
      wrong.push({ answer, message: `another class becomes ${after} already` })
    else decided.set(group.id, key)
  }
  return { decided, wrong }
}

/** A year group moves up when its classes do: all that are renamed go to one year, and to that year go most of its pupils. */
function yearsOf(
  groups: readonly Group[],
  catalogue: Catalogue,
  pupilsOf: RenameInput['pupilsOf'],
  decided: Renames['decided'],
  classes: readonly Group[],
): readonly (readonly [GroupId, string])[] {
  const ways = new Set(
    classes.flatMap((group) => {
      const after = catalogue.groups.get(decided.get(group.id)?.key ?? '')
      return after === undefined ? [] : [`${yearOf(group.title)} ${yearOf(after.title)}`]
    }),
  )
  const years = groups.filter(({ kind }) => kind === 'year')
  return driftsOf(years, 'year', catalogue, pupilsOf).flatMap(({ group, key }) =>
    ways.has(`${group.title} ${catalogue.groups.get(key)?.title}`) ? [[group.id, key] as const] : [],
  )
}
