import {
  computersUnit,
  groupsUnit,
  netbiosOf,
  peopleUnit,
  readerAccount,
  schoolUnit,
  servicesUnit,
} from '../../model/directory-tree.ts'
import { roleGroups } from '../../model/role-groups.ts'
import type { Entry, ServiceAccount } from './schema.ts'

/** What every school's directory holds before the first person: units, groups of roles, accounts of services. Pure. */

export function unitEntries(domain: string): readonly Entry[] {
  return [schoolUnit(domain), peopleUnit(domain), groupsUnit(domain), computersUnit(domain), servicesUnit(domain)].map(
    (dn) => ({ dn, initial: { objectClass: ['organizationalUnit'] }, kept: {} }),
  )
}

/** groupType of a global security group: 0x80000002 as a signed number. */
const securityGroup = '-2147483646'

export function groupEntries(domain: string, language: 'de' | 'en'): readonly Entry[] {
  return roleGroups.map(({ id, name, number, title }) => ({
    dn: `CN=${name},${groupsUnit(domain)}`,
    initial: { objectClass: ['group'], groupType: [securityGroup], displayName: [title[language]] },
    // The register knows its groups by this, too.
    kept: { sAMAccountName: [name], gidNumber: [String(number)], adminDescription: [`iserv:${id}`] },
  }))
}

/** What tells whether a group of a role is as declared: every attribute that is kept. */
export const groupAttributes: readonly string[] = [
  ...new Set(groupEntries('a.b', 'de').flatMap(({ kept }) => Object.keys(kept))),
]

/** userAccountControl of an account without a password, so that nobody signs in with it. */
const disabledAccount = String(0x202)

/** They get their passwords when they are there. */
export function accountEntries(accounts: readonly ServiceAccount[]): readonly Entry[] {
  return accounts.map(({ dn, name, purpose }) => ({
    dn,
    initial: {
      objectClass: ['user'],
      sAMAccountName: [name],
      description: [purpose],
      userAccountControl: [disabledAccount],
    },
    kept: {},
  }))
}

/** Names of the accounts below. */
export const accountNames = [readerAccount.name] as const

/** Accounts with which services of the box look people up. They read what every pupil can read, and nothing more. */
export function serviceAccounts(domain: string): readonly ServiceAccount[] {
  const purposes = { [readerAccount.name]: 'Looks people up for services of the box' }
  return accountNames.map((name) => ({
    name,
    workgroup: netbiosOf(domain),
    dn: `CN=${name},${servicesUnit(domain)}`,
    purpose: purposes[name],
  }))
}
