import { z } from 'zod'
import { GroupName } from '../model/group.ts'
import { Login, Role } from '../model/person.ts'
import { defineOperation } from './operation.ts'

/** What people store, and where. Sizes are what the disk has given for it, in bytes. */

const Bytes = z.int().nonnegative()
const Sized = Bytes.nullable().meta({ description: 'Bytes on disk; null: it took too long to count.' })

export const ShareView = z
  .strictObject({
    name: z.string().meta({ description: 'As clients see it.' }),
    comment: z.string(),
    path: z.string(),
    groups: z.array(GroupName).meta({ description: 'Who sees it.' }),
    bytes: Sized,
  })
  .meta({ id: 'ShareView' })
export type ShareView = z.infer<typeof ShareView>

export const FolderView = z
  .strictObject({
    name: z.string(),
    owner: z.string().nullable().meta({ description: 'Login or group to which it belongs; null: nobody known.' }),
    bytes: Sized,
    changed: z.int().meta({ description: 'When something in it was last added or removed, in ms since the epoch.' }),
  })
  .meta({ id: 'FolderView' })
export type FolderView = z.infer<typeof FolderView>

export const UsageView = z
  .strictObject({
    login: Login,
    role: Role,
    used: Bytes,
    limit: Bytes.nullable().meta({ description: 'Null: no limit.' }),
  })
  .meta({ id: 'UsageView' })
export type UsageView = z.infer<typeof UsageView>

export const ArchiveActView = z
  .strictObject({
    at: z.int().meta({ description: 'Milliseconds since the epoch.' }),
    act: z.enum(['archived', 'restored', 'deleted']),
    place: z.enum(['homes', 'classes', 'courses']),
    name: z.string().meta({ description: 'What the folder was called: a login, or the title of a class or course.' }),
    number: z.int().meta({ description: "The person's uidNumber or the group's gidNumber." }),
    folder: z.string().meta({ description: 'Its name in the archive.' }),
  })
  .meta({ id: 'ArchiveActView' })
export type ArchiveActView = z.infer<typeof ArchiveActView>

export const Storage = z.strictObject({ free: Bytes, total: Bytes }).meta({ id: 'Storage' })

export const shareList = defineOperation({
  name: 'share.list',
  audience: ['root'],
  summary: 'Shares, who sees them, and how much lies in them',
  request: z.strictObject({}),
  response: z.strictObject({ shares: z.array(ShareView), storage: Storage }),
})

export const shareShow = defineOperation({
  name: 'share.show',
  audience: ['root'],
  summary: 'The folders of one share, the largest first',
  request: z.strictObject({ name: z.string().min(1).max(80) }),
  response: z.strictObject({ share: ShareView, folders: z.array(FolderView) }),
})

export const shareArchive = defineOperation({
  name: 'share.archive',
  audience: ['root'],
  summary: 'What became of the folders of those who are gone, newest first',
  request: z.strictObject({
    name: z.string().min(1).max(200).exactOptional(),
    limit: z.int().min(1).max(10_000).default(100),
  }),
  response: z.strictObject({
    acts: z.array(ArchiveActView),
    total: z.int().meta({ description: 'How many there are, beyond the limit, too.' }),
  }),
})

export const shareQuota = defineOperation({
  name: 'share.quota',
  audience: ['root', 'platform'],
  summary: 'How much people store and may store, the fullest first',
  request: z.strictObject({ login: Login.exactOptional(), role: Role.exactOptional() }),
  response: z.strictObject({
    counted: z.boolean().meta({ description: 'False: the kernel or the disk of this box does not count.' }),
    people: z.array(UsageView),
  }),
})
