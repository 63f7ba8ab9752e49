import { z } from 'zod'
import { Label, Line } from './scalars.ts'

/**
 * The people of a school as the box knows them. They are not part of the school state: an import or a hand at the command
 * line changes them one by one, and the directory holds their accounts.
 */

export const Role = z
  .enum(['pupil', 'teacher', 'staff', 'parent', 'administrator', 'guest'])
  .meta({ id: 'Role', description: 'What somebody is at the school; decides rights, password policy and grace days.' })
export type Role = z.infer<typeof Role>

/**
 * The way out: `tolerated` may still sign in, `disabled` no longer, `removed` has neither account nor home, but keeps
 * name and numbers in the register, so that neither is ever given to somebody else.
 */
export const AccountState = z
  .enum(['active', 'tolerated', 'disabled', 'removed'])
  .meta({ id: 'AccountState', description: 'How far somebody who leaves is on the way out.' })
export type AccountState = z.infer<typeof AccountState>

/** sAMAccountName: Windows signs in with at most 20 characters; ASCII, so that it is also a Unix name and a mail name. */
export const Login = z
  .string()
  .regex(/^[a-z]([a-z0-9._-]*[a-z0-9])?$/, 'must be lower-case letters, digits, ".", "_" and "-", a letter first')
  .max(20, 'is longer than 20 characters')
  .brand<'Login'>()
  .meta({ id: 'Login', description: 'Name to sign in with.', examples: ['m.mueller'] })
export type Login = z.infer<typeof Login>

export const BirthDate = z.iso
  .date('is not a date of the calendar')
  .meta({ id: 'BirthDate', description: 'Day of birth, as in 2014-03-31.', examples: ['2014-03-31'] })

/** Where a record comes from: a source program and the id it has there, stable over the years. */
export const Origin = z
  .strictObject({
    source: Label.meta({ description: 'Name the school gives the source: schild, untis.' }),
    id: z.string().max(200).nullable().meta({ description: 'Id in that source; null: it has none.' }),
  })
  .meta({ id: 'Origin' })
export type Origin = z.infer<typeof Origin>

export const PersonId = z.uuid().brand<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>

export const Person = z
  .strictObject({
    id: PersonId.meta({ description: 'Never changes and is never given again.' }),
    login: Login,
    given: Line.min(1),
    surname: Line,
    birth: BirthDate.nullable().meta({ description: 'Kept in the register only: everybody can read the directory.' }),
    role: Role,
    /** A second answer to who this is; the names may change. */
    origin: Origin.nullable().meta({ description: 'Null: made by hand, and never touched by an import.' }),
    otherIds: z
      .record(z.string(), z.string().max(200))
      .exactOptional()
      .meta({ description: 'Ids by which other sources than that of the origin know this person, by source.' }),
    mail: z.email().nullable(),
    state: AccountState,
    since: z.int().meta({ description: 'When the state began, in milliseconds since the epoch.' }),
    locked: z.boolean().meta({ description: 'Locked by hand, whatever the state.' }),
    number: z.int().meta({ description: 'uidNumber: owner of the files; unique for ever.' }),
    sid: z.string().nullable().meta({ description: 'objectSid; null: not in the directory (yet, or any more).' }),
    revision: z.int().meta({ description: "Of the register at this person's last change." }),
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof Person>

/** The id by which a source knows somebody, whether it answers for them or not; null: it knows none. */
export function idIn({ origin, otherIds }: Pick<Person, 'origin' | 'otherIds'>, source: string): string | null {
  return origin?.source === source ? origin.id : (otherIds?.[source] ?? null)
}
