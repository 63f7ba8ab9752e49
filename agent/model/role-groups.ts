import { BoxError } from '../errors.ts'
import { type Group, GroupId, GroupName } from './group.ts'
import type { Person, Role } from './person.ts'

/**
 * The groups that every school has. Password settings and rights of folders hang on them, so ids and numbers are the same
 * on every box: they are part of files' ACLs and are never given to another group. "Administrators" and "Guests" are names
 * of Windows' own groups in every directory, so ours are called otherwise.
 */

export type RoleGroupName = (typeof named)[number]['name']

export interface RoleGroup {
  readonly id: GroupId
  /** sAMAccountName, and CN in OU=Groups. */
  readonly name: RoleGroupName
  readonly role: Role
  /** Everybody of the role belongs to it; false: those of them who were put in. */
  readonly everybody: boolean
  /** gidNumber. */
  readonly number: number
  readonly title: { readonly de: string; readonly en: string }
}

/** The first gidNumber of a group that a school makes. */
export const firstGroupNumber = 50_100

/** The first uidNumber. */
export const firstPersonNumber = 100_000

const named = [
  { name: 'pupils', role: 'pupil', number: 50_000, title: { de: 'Schülerinnen und Schüler', en: 'Pupils' } },
  { name: 'primary-pupils', role: 'pupil', number: 50_001, title: { de: 'Grundschulkinder', en: 'Primary pupils' } },
  { name: 'teachers', role: 'teacher', number: 50_002, title: { de: 'Lehrkräfte', en: 'Teachers' } },
  { name: 'staff', role: 'staff', number: 50_003, title: { de: 'Personal', en: 'Staff' } },
  { name: 'parents', role: 'parent', number: 50_004, title: { de: 'Eltern', en: 'Parents' } },
  {
    name: 'school-administrators',
    role: 'administrator',
    number: 50_005,
    title: { de: 'Administration', en: 'Administrators' },
  },
  { name: 'school-guests', role: 'guest', number: 50_006, title: { de: 'Gäste', en: 'Guests' } },
] as const satisfies readonly { name: string; role: Role; number: number; title: RoleGroup['title'] }[]

/** By number. */
export const roleGroups: readonly RoleGroup[] = named.map((group) => ({
  ...group,
  id: GroupId.parse(`15e70000-0000-4000-8000-0000000${group.number}`),
  everybody: group.name !== 'primary-pupils',
}))

/** The group of everybody of a role; its gidNumber is their primary group. */
export function roleGroupOf(role: Role): RoleGroup {
  const found = roleGroups.find((group) => group.role === role && group.everybody)
  if (found === undefined) throw new TypeError(`No group for role ${role}`)
  return found
}

const joinedByName = roleGroups.filter(({ everybody }) => !everybody)

/** Groups that are joined by name and are not for this role. */
export function groupsOfOtherRoles(role: Role): readonly GroupId[] {
  return joinedByName.filter((group) => group.role !== role).map(({ id }) => id)
}

/**
 * A group of a role that is joined by name has its own, weaker rule for passwords, which is not for others.
 * @throws `AGENT_REFUSED` when this somebody cannot be in it.
 */
export function refuseOtherRole(group: GroupId, { login, role }: Pick<Person, 'login' | 'role'>): void {
  const found = joinedByName.find(({ id }) => id === group)
  if (found === undefined || found.role === role) return
  throw new BoxError('AGENT_REFUSED', `${login} is a ${role}; only a ${found.role} can be in ${found.name}`)
}

/** Pupils of the primary level; the one group of a role that somebody is put into. */
export const primaryPupils: GroupId = roleGroupNamed('primary-pupils').id

function roleGroupNamed(wanted: RoleGroupName): RoleGroup {
  const found = roleGroups.find(({ name }) => name === wanted)
  if (found === undefined) throw new TypeError(`No role group ${wanted}`)
  return found
}

/** A role group as the register holds it. */
export function roleGroupEntry(
  { id, name, number, title }: RoleGroup,
  language: keyof RoleGroup['title'],
): Omit<Group, 'revision'> {
  const titled = title[language]
  return { id, name: GroupName.parse(name), title: titled, kind: 'role', origin: null, ended: null, number, sid: null }
}
