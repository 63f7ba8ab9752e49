import { z } from 'zod'
import { Label, Line, NetworkName, RoomName } from './scalars.ts'

/** A room: the unit that teachers lock and unlock. */
export const Room = z
  .strictObject({
    name: RoomName,
    title: Line.max(80).optional().meta({ description: 'As it stands on the door.' }),
    network: NetworkName,
    internet: z.boolean().optional().meta({ description: 'Overrules the network.' }),
    joins: z.boolean().optional().meta({ description: 'Do its computers join the directory?' }),
    filter: Label.optional().meta({ description: 'Filter profile of this room; overrules the network.' }),
    filterWhenLocked: Label.optional().meta({ description: 'Filter profile while the room is locked.' }),
  })
  .meta({
    id: 'Room',
    description: 'A room: the unit that teachers lock and unlock.',
    examples: [{ name: 'r214', title: 'Computerraum 214', network: 'school' }],
  })
export type Room = z.infer<typeof Room>
