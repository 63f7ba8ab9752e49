import { groupsUnit, peopleUnit } from '../../agent/model/directory-tree.ts'
import type { RoleGroupName } from '../../agent/model/role-groups.ts'
import type { Directory } from '../../agent/system/system.ts'

const domain = 'schule.lan'

/** An enabled account that can sign in, as a member of a role group; straight into the directory, past the register. */
export async function addPerson(
  directory: Directory,
  login: string,
  password: string,
  group: RoleGroupName,
): Promise<string> {
  const dn = `CN=${login},${peopleUnit(domain)}`
  await directory.add(dn, {
    objectClass: ['user'],
    sAMAccountName: [login],
    userPrincipalName: [`${login}@${domain}`],
    unicodePwd: [passwordValue(password)],
    userAccountControl: ['512'],
  })
  const members = [{ kind: 'add', attribute: 'member', values: [dn] }] as const
  await directory.modify(`CN=${group},${groupsUnit(domain)}`, members)
  return dn
}

/** A password as AD wants to be told it. */
export function passwordValue(password: string): Uint8Array {
  return Buffer.from(`"${password}"`, 'utf16le')
}
