import type { PersonChange } from '../../model/import-plan.ts'
import type { Person, PersonId } from '../../model/person.ts'

const kinds = ['new', 'returning', 'moved', 'changed', 'leaving'] as const satisfies readonly PersonChange['kind'][]

/** 5a, 5b, 10a; Ä beside A. Made once: making one takes longer than a thousand comparisons. */
export const alphabetical = new Intl.Collator('de', { numeric: true })

/** By kind, then as a school sorts people: by class, surname, given name. */
export function inOrder(
  changes: readonly PersonChange[],
  people: readonly Person[],
  classOf: (person: PersonId) => string,
): readonly PersonChange[] {
  const known = new Map(people.map((person) => [person.id, person]))
  const keyed = changes.map((change) => {
    const { given, surname } =
      change.kind === 'new' ? change.fields : (known.get(change.id) ?? { given: '', surname: '' })
    return { change, kind: kinds.indexOf(change.kind), title: classOf(change.id), name: `${surname}, ${given}` }
  })
  return keyed
    .toSorted(
      (a, b) => a.kind - b.kind || alphabetical.compare(a.title, b.title) || alphabetical.compare(a.name, b.name),
    )
    .map(({ change }) => change)
}
