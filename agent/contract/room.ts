import { z } from 'zod'
import { RoomLock } from '../model/lock.ts'
import { Label, NetworkName, RoomName } from '../model/scalars.ts'
import { defineOperation } from './operation.ts'

const Rooms = z
  .union([z.literal('all'), z.array(RoomName).min(1)])
  .meta({ id: 'Rooms', description: 'Names of rooms, or "all" for every room of the school.' })

export const RoomStatus = z
  .strictObject({
    name: RoomName,
    title: z.string().nullable().meta({ description: 'As it stands on the door.' }),
    network: NetworkName,
    devices: z.int().meta({ description: 'How many known devices stand in it.' }),
    internet: z.boolean().meta({ description: 'May the room use the internet while it is not locked?' }),
    filter: Label.nullable().meta({ description: 'The filter profile that counts now; null: nothing is filtered.' }),
    lock: RoomLock.nullable(),
  })
  .meta({ id: 'RoomStatus' })
export type RoomStatus = z.infer<typeof RoomStatus>

export const roomList = defineOperation({
  name: 'room.list',
  audience: ['root', 'platform'],
  summary: 'The rooms, and which are locked',
  request: z.strictObject({}),
  response: z.strictObject({ rooms: z.array(RoomStatus) }),
})

/** Seconds: a year. Who needs longer means for good. */
export const longestLock = 31_536_000

export const roomLock = defineOperation({
  name: 'room.lock',
  audience: ['root', 'platform'],
  summary: 'Switch the internet of rooms off at once',
  request: z.strictObject({
    rooms: Rooms,
    seconds: z
      .int()
      .min(1)
      .max(longestLock)
      .nullable()
      .default(null)
      .meta({ description: 'How long; null: until somebody unlocks.' }),
    by: z.string().min(1).max(64).optional().meta({ description: 'Who locks; absent: whoever calls.' }),
  }),
  response: z.strictObject({
    locks: z.array(RoomLock),
    openToUnknown: z
      .array(NetworkName)
      .meta({ description: 'Networks of these rooms in which devices that nobody has declared keep their internet.' }),
  }),
})

export const roomUnlock = defineOperation({
  name: 'room.unlock',
  audience: ['root', 'platform'],
  summary: 'Switch the internet of rooms on again',
  request: z.strictObject({ rooms: Rooms }),
  response: z.strictObject({
    unlocked: z.array(RoomName).meta({ description: 'Rooms that were locked until now.' }),
  }),
})
