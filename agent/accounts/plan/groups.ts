import type { Group, GroupId, GroupName } from '../../model/group.ts'
import type { GroupChange } from '../../model/import-plan.ts'
import type { Origin } from '../../model/person.ts'
import { groupNameFor } from '../group-name.ts'
import { type Catalogue, titleKey, type WantedGroup } from './catalogue.ts'
import { newGroupId } from './identity.ts'
import type { Renames } from './renames.ts'
import type { Language, Words } from './words.ts'

/** Which group of the register, or which new one, each group of the files is. */
export interface Settled {
  /** By the key of the wanted group. */
  readonly ids: ReadonlyMap<string, GroupId>
  readonly changes: readonly GroupChange[]
  /** Groups that lose their name to another one, with the title of that one before. */
  readonly displaced: ReadonlyMap<GroupId, string>
}

export interface GroupsInput {
  readonly groups: readonly Group[]
  readonly catalogue: Catalogue
  /** Keys of groups to which somebody belongs by the files. */
  readonly used: ReadonlySet<string>
  readonly renames: Renames['decided']
  readonly source: string
  readonly language: Language
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Every login. */
  readonly logins: Iterable<string>
  readonly words: Words
}

/** A group that ended longer ago is another one, even if it has the same title. */
const revivable = 30 * 86_400_000

/** Groups by what the source calls them. */
export function byOriginId(groups: readonly Group[], source: string): ReadonlyMap<string, Group> {
  return new Map(
    groups.flatMap((group) =>
      group.origin?.source === source && group.origin.id !== null
        ? [[`${group.kind} #${group.origin.id}`, group] as const]
        : [],
    ),
  )
}

export function settleGroups(input: GroupsInput): Settled {
  const { groups, catalogue, used, renames, source, now, words } = input
  const living = groups.filter(({ ended, kind }) => ended === null && kind !== 'role')
  const renamed = new Map([...renames].map(([id, { key }]) => [key, id]))
  const byId = byOriginId(living, source)
  const sure = ({ key }: WantedGroup): GroupId | undefined => {
    const held = byId.get(key)
    return renamed.get(key) ?? (held === undefined || renames.has(held.id) ? undefined : held.id)
  }
  const over = groups.filter(({ ended, origin }) => ended !== null && origin?.source === source)
  const overById = byOriginId(over, source)
  // Courses of one title are as many as the files have ids: a title finds no group that another one of the files is.
  const meant = new Set<GroupId | undefined>(
    [...catalogue.groups.values()].map((one) => sure(one) ?? overById.get(one.key)?.id),
  )
  const free = (group: Group | undefined): Group | undefined => (meant.has(group?.id) ? undefined : group)
  const byTitle = new Map(
    living
      .filter((group) => !renames.has(group.id) && free(group) !== undefined)
      .toSorted(ownLast(source))
      .map((group) => [titleKey(group.kind, group.title), group]),
  )
  const overByTitle = new Map(
    over
      .filter((group) => group.ended !== null && now - group.ended <= revivable && free(group) !== undefined)
      .map((group) => [titleKey(group.kind, group.title), group]),
  )
  const known = new Map(groups.map((group) => [group.id, group]))

  const ids = new Map<string, GroupId>()
  const fresh: WantedGroup[] = []
  const revived: Group[] = []
  for (const one of catalogue.groups.values()) {
    const title = titleKey(one.kind, one.title)
    const found = sure(one) ?? free(byTitle.get(title))?.id
    const back = found === undefined ? (overById.get(one.key) ?? free(overByTitle.get(title))) : undefined
    meant.add(found ?? back?.id)
    if (found !== undefined) ids.set(one.key, found)
    else if (used.has(one.key) && back !== undefined) {
      ids.set(one.key, back.id)
      revived.push(back)
    } else if (used.has(one.key)) fresh.push(one)
  }
  const displaced = new Map<GroupId, string>()
  for (const [id, { key }] of renames) {
    const wanted = catalogue.groups.get(key)
    const owner = wanted && free(byTitle.get(titleKey(wanted.kind, wanted.title)))
    if (owner !== undefined && owner.origin?.source === source) displaced.set(owner.id, known.get(id)?.title ?? '')
  }
  const nameFor = namer(input, living, new Set([...renames.keys(), ...displaced.keys()]))
  const changes = [
    ...[...renames].flatMap(([id, { key, reason }]): readonly GroupChange[] => {
      const group = known.get(id)
      const wanted = catalogue.groups.get(key)
      if (group === undefined || wanted === undefined) return []
      const after = { name: nameFor(wanted), title: wanted.title }
      return [
        {
          kind: 'renamed',
          id,
          before: { name: group.name, title: group.title },
          after,
          origin: originOf(wanted, source),
          reason,
        },
      ]
    }),
    ...revived.map((group): GroupChange => ({
      kind: 'revived',
      id: group.id,
      name: nameFor(group),
      reason: words.group.revived,
    })),
    ...newGroups(fresh, input, ids, nameFor),
  ]
  return { ids, changes, displaced }
}

const originOf = ({ id }: WantedGroup, source: string): Origin => ({ source, id })

function newGroups(
  fresh: readonly WantedGroup[],
  { groups, source, words }: GroupsInput,
  ids: Map<string, GroupId>,
  nameFor: (group: WantedGroup) => GroupName,
): readonly GroupChange[] {
  const taken = new Set<string>(groups.map(({ id }) => id))
  return fresh.map((wanted) => {
    const id = newGroupId([source, wanted.kind, wanted.id ?? titleKey(wanted.kind, wanted.title)], taken)
    ids.set(wanted.key, id)
    return {
      kind: 'new',
      id,
      name: nameFor(wanted),
      title: wanted.title,
      groupKind: wanted.kind,
      origin: originOf(wanted, source),
      reason: words.group.new,
    }
  })
}

/** Names one after the other, each free of all before it. */
function namer(
  { language, logins }: GroupsInput,
  living: readonly Group[],
  giving: ReadonlySet<GroupId>,
): (group: Pick<Group, 'kind' | 'title'>) => GroupName {
  const taken = new Set<string>([...logins, ...living.filter(({ id }) => !giving.has(id)).map(({ name }) => name)])
  return ({ kind, title }) => {
    const name = groupNameFor(kind === 'role' ? 'custom' : kind, title, language, taken)
    taken.add(name)
    return name
  }
}

/** A later entry of a map wins: the source's own group before a namesake of another. */
const ownLast =
  (source: string) =>
  (a: Group, b: Group): number =>
    Number(a.origin?.source === source) - Number(b.origin?.source === source)
