import { groupsUnit, peopleUnit } from '../../agent/model/directory-tree.ts'
import type { Group } from '../../agent/model/group.ts'
import type { Person } from '../../agent/model/person.ts'
import { roleGroupOf } from '../../agent/model/role-groups.ts'
import type { Directory } from '../../agent/system/system.ts'
import { addPerson } from './directory-people.ts'

const domain = 'schule.lan'

/** Puts people of a register into the directory, with the numbers to which their files belong. */
export async function enterPeople(directory: Directory, people: readonly Person[], password: string): Promise<void> {
  for (const { login, number, role } of people) {
    const group = roleGroupOf(role)
    const dn = await addPerson(directory, login, password, group.name)
    await directory.modify(dn, [
      { kind: 'replace', attribute: 'uidNumber', values: [String(number)] },
      { kind: 'replace', attribute: 'gidNumber', values: [String(group.number)] },
    ])
  }
}

/** A group with its members' logins. */
export async function enterGroup(
  directory: Directory,
  { name, number }: Group,
  logins: readonly string[],
): Promise<void> {
  await directory.add(`CN=${name},${groupsUnit(domain)}`, {
    objectClass: ['group'],
    sAMAccountName: [name],
    gidNumber: [String(number)],
    member: logins.map((login) => `CN=${login},${peopleUnit(domain)}`),
  })
}
