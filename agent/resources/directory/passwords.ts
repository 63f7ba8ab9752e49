import { baseOf, groupsUnit } from '../../model/directory-tree.ts'
import { type Directory, type PasswordRule, passwordRuleOf, rulesByGroup } from '../../model/directory.ts'
import { roleGroups } from '../../model/role-groups.ts'
import type { Attributes, Entry, ServiceAccount } from './schema.ts'

/** Password settings as AD keeps them: for the domain, and for a group as an object of its own that points to it. Pure. */

/** AD counts spans of time in negative steps of 100 ns; the lowest number means for ever. */
const span = (seconds: number): string => String(BigInt(seconds) * -10_000_000n)
const never = String(-(2n ** 63n))

/** The domain itself: rules for everybody without others, and nobody joins computers but who is allowed to. */
export function domainEntry(domain: string, rule: PasswordRule): Entry {
  return {
    dn: baseOf(domain),
    initial: {},
    kept: {
      minPwdLength: [String(rule.length)],
      maxPwdAge: [never],
      minPwdAge: ['0'],
      pwdHistoryLength: ['0'],
      pwdProperties: ['0'],
      lockoutThreshold: [String(rule.failures ?? 0)],
      lockoutDuration: [span(rule.pause)],
      lockOutObservationWindow: [span(rule.pause)],
      'ms-DS-MachineAccountQuota': ['0'],
    },
  }
}

export const settingsContainer = (domain: string): string =>
  `CN=Password Settings Container,CN=System,${baseOf(domain)}`

/** Who is in two groups gets the rule of the first; a child at the primary level is among the pupils, too. */
const precedence = ['school-administrators', 'teachers', 'staff', 'primary-pupils', 'pupils'] as const

export function passwordEntries(domain: string, directory: Pick<Directory, 'passwords'>): readonly Entry[] {
  return roleGroups
    .filter(({ name }) => name in rulesByGroup)
    .map(({ name }) => ({
      dn: `CN=${name},${settingsContainer(domain)}`,
      initial: { objectClass: ['msDS-PasswordSettings'] },
      kept: {
        'msDS-PasswordSettingsPrecedence': [String(10 * (precedence.findIndex((one) => one === name) + 1))],
        'msDS-PSOAppliesTo': [`CN=${name},${groupsUnit(domain)}`],
        ...settingsOf(passwordRuleOf(directory, name)),
      },
    }))
}

/**
 * The accounts of the box's own services are never locked, whatever the school says: a pupil who types their names would stop
 * the services.
 */
export function servicePasswords(domain: string, accounts: readonly ServiceAccount[]): Entry {
  return {
    dn: `CN=services,${settingsContainer(domain)}`,
    initial: { objectClass: ['msDS-PasswordSettings'] },
    kept: {
      'msDS-PasswordSettingsPrecedence': ['5'],
      'msDS-PSOAppliesTo': accounts.map(({ dn }) => dn),
      ...settingsOf({ length: 30, pause: 60 }),
    },
  }
}

function settingsOf({ length, failures, pause }: PasswordRule): Attributes {
  return {
    'msDS-PasswordReversibleEncryptionEnabled': ['FALSE'],
    'msDS-PasswordHistoryLength': ['0'],
    'msDS-PasswordComplexityEnabled': ['FALSE'],
    'msDS-MinimumPasswordLength': [String(length)],
    'msDS-MinimumPasswordAge': ['0'],
    'msDS-MaximumPasswordAge': [never],
    'msDS-LockoutThreshold': [String(failures ?? 0)],
    'msDS-LockoutObservationWindow': [span(pause)],
    'msDS-LockoutDuration': [span(pause)],
  }
}

/** What tells whether the settings are as declared: every attribute that is kept. */
const anyRule: PasswordRule = { length: 8, failures: 10, pause: 60 }
export const domainAttributes: readonly string[] = Object.keys(domainEntry('a.b', anyRule).kept)
export const settingsAttributes: readonly string[] = [
  'msDS-PasswordSettingsPrecedence',
  'msDS-PSOAppliesTo',
  ...Object.keys(settingsOf(anyRule)),
]
