import { type GroupKind, GroupName } from '../model/group.ts'
import { latin } from '../model/latin.ts'
import type { SchoolState } from '../model/state.ts'
import { isReserved } from './login/reserved.ts'

type Language = SchoolState['school']['language']

/** What stands in front of the title, so that a class, a course and a person cannot have the same name. */
const prefixes: Readonly<Record<Language, Readonly<Record<Exclude<GroupKind, 'role'>, string>>>> = {
  de: { class: 'klasse-', year: 'jahrgang-', course: 'kurs-', subject: 'fach-', custom: '' },
  en: { class: 'class-', year: 'year-', course: 'course-', subject: 'subject-', custom: '' },
}

/** Room for a number behind it; GroupName allows 60. */
const longest = 56

/**
 * The name of a group by its title: `klasse-5a` for class "5 A".
 * @param taken names of living groups, and all logins: the directory keeps one list of both. The same title gives another
 *   number when its name is taken.
 */
export function groupNameFor(
  kind: Exclude<GroupKind, 'role'>,
  title: string,
  language: Language,
  taken: ReadonlySet<string>,
): GroupName {
  const words = latin(kind === 'class' ? title.replaceAll(/(\d)\s+(?=\p{L})/gu, '$1') : title)
  const word = words.replaceAll(/[ -]+/g, '-') || (language === 'de' ? 'gruppe' : 'group')
  const name = `${prefixes[language][kind]}${word}`.slice(0, longest).replace(/-+$/, '')
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`
    if (!isReserved(candidate) && !taken.has(candidate)) return GroupName.parse(candidate)
  }
}
