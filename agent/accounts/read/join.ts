import type { PersonRecord } from './record.ts'

/** Rows that speak of one person become one record, at the place of the first; `keyOf` is the same for those. */
export function joined(
  people: readonly PersonRecord[],
  keyOf: (person: PersonRecord) => string,
): readonly PersonRecord[] {
  return [...Map.groupBy(people, keyOf).values()].flatMap(([first, ...rest]) => {
    if (first === undefined || rest.length === 0) return first === undefined ? [] : [first]
    const all = [first, ...rest]
    const groups = new Map(all.flatMap((person) => person.groups.map((group) => [group.id ?? group.title, group])))
    return [
      {
        ...first,
        classes: [...new Set(all.flatMap(({ classes }) => classes))],
        groups: [...groups.values()],
        leads: [...new Set(all.flatMap(({ leads }) => leads))],
        children: [...new Set(all.flatMap(({ children }) => children))],
      },
    ]
  })
}
