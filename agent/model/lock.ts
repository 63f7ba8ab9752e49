import { z } from 'zod'
import { RoomName } from './scalars.ts'

/** A room whose internet a teacher has switched off. Lives in the ledger, not in the state: it ends by itself. */
export const RoomLock = z
  .strictObject({
    room: RoomName,
    /** Milliseconds since the epoch. */
    since: z.int(),
    /** Milliseconds since the epoch; null: until unlocked. */
    until: z.int().nullable(),
    by: z.string().max(64),
  })
  .meta({ id: 'RoomLock' })
export type RoomLock = z.infer<typeof RoomLock>
