import { controllerName, groupsUnit, peopleUnit } from '../../model/directory-tree.ts'
import type { Group } from '../../model/group.ts'
import type { Person } from '../../model/person.ts'
import { roleGroupOf } from '../../model/role-groups.ts'
import { type Attributes, mark } from './write.ts'

/** What the directory holds of people and groups. Every pupil can read it: no birth dates, no ids of other programs. */

export interface Entry {
  readonly dn: string
  /** All that we keep; none of its values: the attribute is absent. */
  readonly attributes: Attributes
}

/** MS-ADTS 2.2.16: an ordinary account, and one that is switched off. */
export const accountControl = { open: '512', closed: '514' } as const

/** MS-ADTS 2.2.12: a security group of the whole domain. */
const globalSecurityGroup = '-2147483646'

/** Parents have no files on the school's server. */
const hasHome = ({ role }: Person): boolean => role !== 'parent'

export function personEntry(person: Person, domain: string): Entry {
  const { login, given, surname, mail, number, role, id } = person
  return {
    dn: `CN=${login},${peopleUnit(domain)}`,
    attributes: {
      objectClass: ['user'],
      sAMAccountName: [login],
      userPrincipalName: [`${login}@${domain}`],
      givenName: [given],
      sn: some(surname),
      displayName: [`${given} ${surname}`.trim()],
      mail: some(mail),
      uidNumber: [String(number)],
      gidNumber: [String(roleGroupOf(role).number)],
      employeeType: [role],
      homeDirectory: hasHome(person) ? [`\\\\${controllerName}.${domain}\\home`] : [],
      homeDrive: hasHome(person) ? ['H:'] : [],
      userAccountControl: [maySignIn(person) ? accountControl.open : accountControl.closed],
      adminDescription: [`${mark}${id}`],
    },
  }
}

export function groupEntry({ name, title, number, id }: Group, domain: string): Entry {
  return {
    dn: `CN=${name},${groupsUnit(domain)}`,
    attributes: {
      objectClass: ['group'],
      sAMAccountName: [name],
      displayName: [title],
      gidNumber: [String(number)],
      groupType: [globalSecurityGroup],
      adminDescription: [`${mark}${id}`],
    },
  }
}

function maySignIn({ state, locked }: Person): boolean {
  return !locked && (state === 'active' || state === 'tolerated')
}

const some = (value: string | null): readonly string[] => (value === null || value === '' ? [] : [value])
