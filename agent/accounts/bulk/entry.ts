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

/** rangeUpper of givenName and sn, and of displayName, in units of UTF-16 as AD's schema has them. */
const longest = { name: 64, display: 256 } as const

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
      givenName: [shortened(given, longest.name)],
      sn: some(shortened(surname, longest.name)),
      displayName: [shortened(`${given} ${surname}`, longest.display)],
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

/** Whole letters, as many as there is room for; the register keeps the name whole. */
function shortened(text: string, room: number): string {
  let short = ''
  for (const letter of text) {
    if (short.length + letter.length > room) break
    short += letter
  }
  return short.trim()
}

const some = (value: string | null): readonly string[] => (value === null || value === '' ? [] : [value])
