import type { GroupKind } from '../../model/group.ts'
import type { Wanted } from '../match/wanted.ts'
import type { GroupReference, Reading } from '../read/record.ts'

/** A group that the files name. */
export interface WantedGroup {
  /** Of its own among all of them. */
  readonly key: string
  readonly kind: GroupKind
  /** In the source. */
  readonly id: string | null
  readonly title: string
  /** Title of the class that it becomes next year. */
  readonly successor: string | undefined
}

/** What somebody belongs to by the files. */
export interface Belonging {
  /** Groups by their keys. */
  readonly groups: ReadonlyMap<string, 'member' | 'leader'>
  /** What is led and not known. */
  readonly unknown: readonly string[]
}

export interface Catalogue {
  readonly groups: ReadonlyMap<string, WantedGroup>
  readonly belongingOf: (one: Wanted) => Belonging
}

/** The same for "05A", "5 a" and "5a". */
export function titleKey(kind: GroupKind, title: string): string {
  const small = title.toLowerCase()
  return kind === 'class' || kind === 'year'
    ? `${kind} ${small.replaceAll(/\s+/g, '').replace(/^0+(?=.)/, '')}`
    : `${kind} ${small.replaceAll(/\s+/g, ' ')}`
}

const idKey = (kind: GroupKind, id: string): string => `${kind} #${id}`

/** Years of school that do not begin with a number: upper levels of several states. */
const upper = /^(EF|Q[1-4]|E[12]|J[12]|K[12])(?![a-z])/i

/** Year group by the name of a class: 5 of "05a", "Q1" of "Q1". Undefined for classes that belong to no year. */
export function yearOf(title: string): string | undefined {
  return (/^0*(\d{1,2})(?!\d)/.exec(title)?.[1] ?? upper.exec(title)?.[1])?.toUpperCase()
}

/** All groups that the files name, whoever is in them. */
export function catalogueOf(readings: readonly Reading[], wanted: readonly Wanted[]): Catalogue {
  const groups = new Map<string, WantedGroup>()
  const byTitle = new Map<string, WantedGroup>()
  const byId = new Map<string, WantedGroup>()
  const yearOfClass = new Map<string, string>()

  const add = ({ kind, id, title }: GroupReference, successor?: string): WantedGroup => {
    const named = titleKey(kind, title)
    const known = id === undefined ? byTitle.get(named) : groups.get(idKey(kind, id))
    if (known !== undefined) return known
    const key = id === undefined ? named : idKey(kind, id)
    const group: WantedGroup = { key, kind, id: id ?? null, title, successor }
    groups.set(key, group)
    if (!byTitle.has(named)) byTitle.set(named, group)
    if (id !== undefined && !byId.has(id)) byId.set(id, group)
    return group
  }
  for (const record of readings.flatMap((reading) => reading.groups)) {
    const group = add(record, record.successor)
    if (record.year !== undefined && record.kind === 'class') yearOfClass.set(group.key, record.year)
  }
  const leaderOf = (led: string): WantedGroup | undefined =>
    byId.get(led) ??
    (['class', 'course', 'subject', 'custom', 'year'] as const)
      .map((kind) => byTitle.get(titleKey(kind, led)))
      .find((group) => group !== undefined)

  const belongings = new Map<Wanted, Belonging>()
  for (const one of wanted) {
    const { classes, groups: others, year, role } = one.record
    const member = [
      ...classes.map((title) => add({ kind: 'class', title })),
      ...others.map((reference) => add(reference)),
    ]
    if (role === 'pupil') {
      const years =
        year === undefined ? classes.map((title) => yearOfClass.get(titleKey('class', title)) ?? yearOf(title)) : [year]
      for (const title of years)
        if (title !== undefined) member.push(add({ kind: 'year', title: title.replace(/^0+(?=.)/, '') }))
    }
    belongings.set(one, { groups: new Map(member.map(({ key }) => [key, 'member'])), unknown: [] })
  }
  // Only now all groups are known.
  return {
    groups,
    belongingOf(one) {
      const { groups: member, unknown } = belongings.get(one) ?? { groups: new Map<string, 'member'>(), unknown: [] }
      const led = one.record.leads.map((name) => ({ name, group: leaderOf(name) }))
      const leader = led.flatMap(({ group }) => (group === undefined ? [] : [[group.key, 'leader'] as const]))
      const lost = led.flatMap(({ name, group }) => (group === undefined ? [name] : []))
      return { groups: new Map([...member, ...leader]), unknown: [...unknown, ...lost] }
    },
  }
}
