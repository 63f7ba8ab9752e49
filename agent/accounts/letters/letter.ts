import type { Person, PersonId } from '../../model/person.ts'
import type { Register } from '../../model/register.ts'
import { titleKey } from '../plan/catalogue.ts'
import { alphabetical } from '../plan/sort.ts'

/** Somebody on paper. */
export interface Addressee {
  readonly person: Person
  /** Title of the class; empty for who is in none, or in many as teachers are. */
  readonly title: string
}

export interface Letter extends Addressee {
  readonly password: string
}

/** What every sheet says. */
export interface Sheet {
  readonly school: string
  readonly language: 'de' | 'en'
  /** Where to sign in. */
  readonly address: string
  /** Milliseconds since the epoch. */
  readonly made: number
}

export interface Choice {
  /** Titles of classes; empty: everybody. */
  readonly classes: readonly string[]
  /** Login names; empty: everybody. */
  readonly logins: readonly string[]
}

/** Everybody chosen who has an account that can be used, by class and name as a school sorts them; those without a class last. */
export function addressees(
  { people, groups, memberships }: Register,
  { classes, logins }: Choice,
): readonly Addressee[] {
  const living = new Map(
    groups.filter(({ kind, ended }) => kind === 'class' && ended === null).map(({ id, title }) => [id, title]),
  )
  const titles = new Map<PersonId, string>()
  for (const { group, person } of memberships) {
    const title = living.get(group)
    if (title !== undefined) titles.set(person, title)
  }
  const wanted = new Set(classes.map((title) => titleKey('class', title)))
  const named = new Set(logins)
  return people
    .filter(({ state, locked }) => !locked && (state === 'active' || state === 'tolerated'))
    .map((person) => ({ person, title: person.role === 'pupil' ? (titles.get(person.id) ?? '') : '' }))
    .filter(({ person, title }) => {
      if (wanted.size + named.size === 0) return true
      return (title !== '' && wanted.has(titleKey('class', title))) || named.has(person.login)
    })
    .toSorted(
      (a, b) =>
        Number(a.title === '') - Number(b.title === '') ||
        alphabetical.compare(a.title, b.title) ||
        alphabetical.compare(a.person.surname, b.person.surname) ||
        alphabetical.compare(a.person.given, b.person.given),
    )
}

/** Titles asked for that no living class has. */
export function unknownClasses({ groups }: Register, { classes }: Choice): readonly string[] {
  const known = new Set(
    groups.filter(({ kind, ended }) => kind === 'class' && ended === null).map(({ title }) => titleKey('class', title)),
  )
  return classes.filter((title) => !known.has(titleKey('class', title)))
}

/** People side by side that belong to one class. */
export function byClass<One extends Addressee>(
  people: readonly One[],
): readonly (readonly [title: string, people: readonly One[]])[] {
  return [...Map.groupBy(people, ({ title }) => title)]
}
