import { show } from '../../model/explain.ts'
import type { Finding } from './finding.ts'
import type { GroupRecord } from './record.ts'

/** A group with what else tells it from others of its title: the school, a code. */
export interface Described extends GroupRecord {
  /** Its id in the source, or what stands in for it. */
  readonly key: string
  readonly marks: readonly string[]
}

interface Unique {
  /** By their keys, in the order given. */
  readonly groups: ReadonlyMap<string, GroupRecord>
  readonly findings: readonly Finding[]
}

/** As titles are compared: "5a" and "5 A" would be one class. */
const titleOf = ({ kind, title }: GroupRecord): string => `${kind} ${title.toLowerCase().replaceAll(/\s+/g, '')}`

/**
 * Groups are what their keys are: where several have one title, each gets what tells it from the others behind it, else its id.
 * A group given twice under one key is one.
 */
export function uniqueTitles(described: readonly Described[]): Unique {
  const groups = [...new Map(described.map((group) => [group.key, group])).values()]
  const taken = new Set(groups.map(titleOf))
  const findings: Finding[] = []
  const titles = new Map<string, string>()
  for (const same of Map.groupBy(groups, titleOf).values()) {
    if (same.length < 2) continue
    const named = waysToTell(same).find((all) => {
      return new Set(all.map(titleOf)).size === same.length && all.every((one) => !taken.has(titleOf(one)))
    })
    const told = named ?? same.map((group) => ({ ...group, title: `${group.title} (${group.key})` }))
    for (const one of told) {
      titles.set(one.key, one.title)
      taken.add(titleOf(one))
    }
    const [first] = same
    const list = told.slice(0, 5).map(({ title }) => show(title))
    const rest = told.length > list.length ? ` and ${told.length - list.length} more` : ''
    findings.push({
      severity: 'warning',
      line: first?.place.line ?? 1,
      path: 'title',
      kind: 'same-title',
      message: `${same.length} groups are called ${show(first?.title)}: they become ${list.join(', ')}${rest}`,
      hint: 'They have ids of their own, so they are not one. For other names, give each its own title in the source.',
    })
  }
  return {
    groups: new Map(
      groups.map((one) => {
        const { marks: _, key, ...group } = one
        return [key, { ...group, title: titles.get(key) ?? group.title }]
      }),
    ),
    findings,
  }
}

/** Each mark alone, then all together; only where every group has one. */
function waysToTell(same: readonly Described[]): readonly (readonly Described[])[] {
  const count = Math.max(...same.map(({ marks }) => marks.length))
  const choices = [
    ...Array.from({ length: count }, (_, index) => [index]),
    Array.from({ length: count }, (_, at) => at),
  ]
  return choices.flatMap((choice) => {
    const named = same.map((group) => {
      const marks = choice.map((index) => group.marks[index] ?? '')
      return marks.includes('') ? undefined : { ...group, title: `${group.title} (${marks.join(', ')})` }
    })
    const whole = named.filter((one) => one !== undefined)
    return whole.length === same.length && choice.length > 0 ? [whole] : []
  })
}
