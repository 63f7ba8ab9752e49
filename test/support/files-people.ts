import type { Group, GroupKind } from '../../agent/model/group.ts'
import { Group as GroupSchema } from '../../agent/model/group.ts'
import { type Person, Person as PersonSchema, type Role } from '../../agent/model/person.ts'
import type { Register } from '../../agent/model/register.ts'

/** People and groups as far as folders look at them. */

/** @param number uidNumber; the rest of the id follows from it. */
export function somebody(login: string, number: number, role: Role = 'pupil', more: Partial<Person> = {}): Person {
  return PersonSchema.parse({
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    login,
    given: 'Ada',
    surname: 'Test',
    birth: null,
    role,
    origin: null,
    mail: null,
    state: 'active',
    since: 0,
    locked: false,
    number,
    sid: null,
    revision: 1,
    ...more,
  })
}

export function someGroup(title: string, number: number, kind: GroupKind = 'class', more: Partial<Group> = {}): Group {
  return GroupSchema.parse({
    id: `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    name: `${kind === 'class' ? 'klasse' : 'kurs'}-${number}`,
    title,
    kind,
    origin: null,
    ended: null,
    number,
    sid: null,
    revision: 1,
    ...more,
  })
}

export function registerOf(people: readonly Person[], groups: readonly Group[] = []): Register {
  return { revision: 1, people, groups, memberships: [] }
}
