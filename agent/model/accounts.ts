import { z } from 'zod'
import { LoginRule } from './login-rule.ts'

const days = z.int().min(0).max(3650)

/** How long each step of the way out lasts, for people of one role. */
const wayOut = (tolerated: number, disabled: number) =>
  z
    .strictObject({
      tolerated: days
        .default(tolerated)
        .meta({ description: 'Days in which somebody who has left may still sign in; 0: none.' }),
      disabled: days
        .default(disabled)
        .meta({ description: 'Days after that in which the account and its files are kept, but nobody can sign in.' }),
    })
    .prefault({})

/**
 * Days of grace. Pupils and teachers as the schools of linuxmuster.net have had them for many years; nobody should lose
 * files over the summer holidays because a list was sent late.
 */
export const Leaving = z
  .strictObject({
    pupil: wayOut(30, 60).meta({ description: 'Pupils: `tolerated` 30 days, `disabled` 60 days.' }),
    teacher: wayOut(60, 90).meta({ description: 'Teachers: `tolerated` 60 days, `disabled` 90 days.' }),
    staff: wayOut(60, 90).meta({ description: 'Staff: `tolerated` 60 days, `disabled` 90 days.' }),
    parent: wayOut(30, 60).meta({ description: 'Parents: `tolerated` 30 days, `disabled` 60 days.' }),
    administrator: wayOut(0, 90).meta({ description: 'Administrators: `tolerated` 0 days, `disabled` 90 days.' }),
    guest: wayOut(0, 30).meta({ description: 'Guests: `tolerated` 0 days, `disabled` 30 days.' }),
  })
  .meta({
    id: 'Leaving',
    description:
      'How long somebody who leaves is on the way out: for how many days they may still sign in (`tolerated`), and for how many days after that account and files are kept while nobody can sign in (`disabled`).',
  })
export type Leaving = z.infer<typeof Leaving>

/** Who is a child of the primary level: an import puts them into the group `primary-pupils`, whose passwords may be short. */
export const Primary = z
  .strictObject({
    years: z
      .array(z.int().min(0).max(13))
      .max(14)
      .default([])
      .meta({ description: 'Year groups of the primary level, by the files or by the names of classes: `3` of `3b`.' }),
    everybody: z
      .boolean()
      .default(false)
      .meta({ description: 'All pupils, for a primary school whose classes have other names: `Bears`.' }),
  })
  .meta({
    id: 'Primary',
    description:
      'Which pupils an import puts into the group `primary-pupils`; their first passwords, and those they choose, follow `passwords.primaryPupils`.',
    examples: [{ years: [1, 2, 3, 4] }],
  })
export type Primary = z.infer<typeof Primary>

export const Accounts = z
  .strictObject({
    login: LoginRule.default(LoginRule.parse('{given}.{surname}')).meta({
      description: 'Rule for the names to sign in with of people who are new; nobody who has one gets another.',
    }),
    primary: Primary.prefault({}),
    leaving: Leaving.prefault({}),
  })
  .meta({
    id: 'Accounts',
    description:
      "People's accounts: their names to sign in with, who is at the primary level, and how long those are kept who leave.",
    examples: [
      { login: '{g}.{surname}', primary: { years: [1, 2, 3, 4] }, leaving: { pupil: { tolerated: 14, disabled: 60 } } },
    ],
  })
export type Accounts = z.infer<typeof Accounts>
