import { z } from 'zod'
import type { RoleGroupName } from './role-groups.ts'
import { Duration, Ipv4 } from './scalars.ts'

/**
 * How long the passwords of a group are. Passwords never expire and need no odd characters: both lead to notes under
 * keyboards. Whoever guesses is slowed down by where it comes from; only where a school says so does the account rest, for then anybody can
 * keep its owner out.
 */
const rule = (length: number, pause: string) =>
  z
    .strictObject({
      length: z.int().min(4).max(30).default(length).meta({ description: 'Fewest characters.' }),
      failures: z.int().min(3).max(1000).optional().meta({
        description: 'Wrong passwords within the pause after which nobody gets in with this name. Absent: never.',
      }),
      pause: Duration.refine((seconds) => seconds <= 86_400, 'is too long for a pause: at most 1d')
        .prefault(pause)
        .meta({ description: 'How long that lasts, and how long wrong passwords are counted.' }),
    })
    .prefault({})

export const Passwords = z
  .strictObject({
    pupils: rule(8, '2m').meta({ description: 'Pupils.' }),
    primaryPupils: rule(4, '5m').meta({ description: 'Short words that children can type.' }),
    teachers: rule(10, '5m').meta({ description: 'Teachers.' }),
    staff: rule(10, '5m').meta({ description: 'Staff.' }),
    administrators: rule(14, '15m').meta({ description: 'Administrators of the school.' }),
    others: rule(8, '5m').meta({ description: 'Everybody else: parents, guests, services.' }),
  })
  .meta({ id: 'Passwords', description: 'Rules for passwords by role. Passwords do not expire.' })
export type Passwords = z.infer<typeof Passwords>
export type PasswordRule = Passwords['pupils']

/** The directory of the school's people and computers. It answers for the school's domain at an address of its own. */
export const Directory = z
  .strictObject({
    address: Ipv4.meta({ description: 'Address of the domain controller in a network of the school.' }),
    passwords: Passwords.prefault({}),
  })
  .meta({
    id: 'Directory',
    description: "The directory of people and computers; it answers for the school's domain.",
    examples: [{ address: '10.20.0.3' }],
  })
export type Directory = z.infer<typeof Directory>

/** Whose rule is whose; groups without one follow `others`. */
export const rulesByGroup = {
  pupils: 'pupils',
  'primary-pupils': 'primaryPupils',
  teachers: 'teachers',
  staff: 'staff',
  'school-administrators': 'administrators',
} as const satisfies Partial<Record<RoleGroupName, keyof Passwords>>

/** The rule for members of a role group. */
export function passwordRuleOf({ passwords }: Pick<Directory, 'passwords'>, group: RoleGroupName): PasswordRule {
  const rules: Readonly<Partial<Record<RoleGroupName, keyof Passwords>>> = rulesByGroup
  return passwords[rules[group] ?? 'others']
}
