import { z } from 'zod'
import { GroupId, GroupKind, GroupName } from '../model/group.ts'
import { Login, Origin } from '../model/person.ts'
import { Line } from '../model/scalars.ts'
import { PersonLine } from './account.ts'
import { defineOperation } from './operation.ts'

/** Classes, years, courses, subjects and what else people belong to. */

/** What a hand can make; groups of roles are every school's. */
export const MadeKind = GroupKind.exclude(['role']).meta({
  id: 'MadeKind',
  description: 'class, year, course, subject or custom.',
})
export type MadeKind = z.infer<typeof MadeKind>

export const GroupLine = z
  .strictObject({
    id: GroupId,
    name: GroupName,
    title: z.string(),
    kind: GroupKind,
    members: z.int(),
    leaders: z.array(Login),
    ended: z.int().nullable().meta({ description: 'Milliseconds since the epoch; null: it lives.' }),
  })
  .meta({ id: 'GroupLine' })
export type GroupLine = z.infer<typeof GroupLine>

export const GroupView = GroupLine.extend({
  origin: Origin.nullable().meta({ description: 'The program it came from; null: made by hand.' }),
  number: z.int().meta({ description: 'gidNumber.' }),
  sid: z.string().nullable(),
  waiting: z.boolean().meta({ description: 'The directory does not have the last change yet.' }),
}).meta({ id: 'GroupView' })
export type GroupView = z.infer<typeof GroupView>

const Waiting = z
  .string()
  .nullable()
  .meta({ description: 'Why the directory does not have the change yet; it follows by itself. Null: it has it.' })

const both = ['root', 'platform'] as const

export const groupList = defineOperation({
  name: 'group.list',
  audience: both,
  summary: 'Groups, and how many belong to them',
  request: z.strictObject({ kind: GroupKind.exactOptional(), ended: z.boolean().default(false) }),
  response: z.strictObject({ groups: z.array(GroupLine) }),
})

export const groupShow = defineOperation({
  name: 'group.show',
  audience: both,
  summary: 'One group and who belongs to it',
  request: z.strictObject({ name: GroupName }),
  response: z.strictObject({
    group: GroupView,
    members: z.array(PersonLine.extend({ part: z.enum(['member', 'leader']) })),
  }),
})

export const groupAdd = defineOperation({
  name: 'group.add',
  audience: both,
  summary: 'Makes a group',
  request: z.strictObject({
    title: Line.min(1),
    kind: MadeKind.default('custom'),
    name: GroupName.exactOptional().meta({ description: 'Without: by kind and title.' }),
    leaders: z.array(Login).max(5000).default([]),
    members: z.array(Login).max(5000).default([]),
    dryRun: z.boolean().default(false),
  }),
  response: z.strictObject({ name: GroupName, group: GroupView.nullable(), waiting: Waiting }),
})

const Changed = z.strictObject({ group: GroupView, changed: z.boolean(), waiting: Waiting })

export const groupEdit = defineOperation({
  name: 'group.edit',
  audience: both,
  summary: 'Changes the title of a group; its folder follows',
  request: z.strictObject({ name: GroupName, title: Line.min(1) }),
  response: Changed,
})

export const groupRename = defineOperation({
  name: 'group.rename',
  audience: both,
  summary: 'Gives a group another title and name; it stays the same group',
  request: z.strictObject({
    name: GroupName,
    title: Line.min(1),
    to: GroupName.exactOptional().meta({ description: 'Without: by kind and title.' }),
  }),
  response: Changed,
})

export const groupRemove = defineOperation({
  name: 'group.remove',
  audience: both,
  summary: 'Ends a group; its folder is kept in the archive',
  request: z.strictObject({ name: GroupName, dryRun: z.boolean().default(false) }),
  response: z.strictObject({ group: GroupView, waiting: Waiting }),
})

export const groupRestore = defineOperation({
  name: 'group.restore',
  audience: both,
  summary: 'A group that has ended lives again, with members and folder',
  request: z.strictObject({ name: GroupName, dryRun: z.boolean().default(false) }),
  response: z.strictObject({ group: GroupView, waiting: Waiting }),
})

const Members = {
  name: GroupName,
  logins: z.array(Login).min(1).max(5000),
  dryRun: z.boolean().default(false),
}

const MembersChanged = z.strictObject({
  group: GroupView,
  changed: z.array(Login),
  unchanged: z.array(Login),
  waiting: Waiting,
})

export const groupJoin = defineOperation({
  name: 'group.join',
  audience: both,
  summary: 'Puts people into a group',
  request: z.strictObject({ ...Members, leader: z.boolean().default(false) }),
  response: MembersChanged,
})

export const groupLeave = defineOperation({
  name: 'group.leave',
  audience: both,
  summary: 'Takes people out of a group',
  request: z.strictObject(Members),
  response: MembersChanged,
})
