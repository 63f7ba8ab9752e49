import { z } from 'zod'
import { Origin, PersonId } from './person.ts'
import { Line } from './scalars.ts'

/** Groups of people. One keeps its id, number and folders for ever; its name and title follow the school year. */

export const GroupKind = z.enum(['role', 'class', 'year', 'course', 'subject', 'custom']).meta({
  id: 'GroupKind',
  description: 'role: everybody of a role; class; year: all classes of a year; course; subject: its teachers; custom.',
})
export type GroupKind = z.infer<typeof GroupKind>

/** sAMAccountName of the group and name of its folder. */
export const GroupName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/, 'must be lower-case letters, digits, ".", "_" and "-"')
  .max(60, 'is longer than 60 characters')
  .brand<'GroupName'>()
  .meta({ id: 'GroupName', description: 'Name of a group.', examples: ['klasse-5a'] })
export type GroupName = z.infer<typeof GroupName>

export const GroupId = z.uuid().brand<'GroupId'>()
export type GroupId = z.infer<typeof GroupId>

export const Group = z
  .strictObject({
    id: GroupId,
    name: GroupName,
    title: Line.min(1).meta({ description: 'As the school says it: 5a, Englisch E1.' }),
    kind: GroupKind,
    origin: Origin.nullable().meta({ description: 'Null: made by hand or by the box itself.' }),
    ended: z.int().nullable().meta({ description: 'When it ended, in milliseconds since the epoch; null: it lives.' }),
    number: z.int().meta({ description: 'gidNumber: group of its folders; unique for ever.' }),
    sid: z.string().nullable().meta({ description: 'objectSid; null: not in the directory.' }),
    revision: z.int(),
  })
  .meta({ id: 'Group' })
export type Group = z.infer<typeof Group>

export const Membership = z
  .strictObject({
    group: GroupId,
    person: PersonId,
    part: z.enum(['member', 'leader']).meta({ description: 'leader: class teacher, course teacher.' }),
    source: z.string().nullable().meta({ description: 'Import that made it; null: a hand, which imports respect.' }),
  })
  .meta({ id: 'Membership' })
export type Membership = z.infer<typeof Membership>
