import { z } from 'zod'
import { BoxError } from '../../../agent/errors.ts'
import { RoomName } from '../../../agent/model/scalars.ts'

/** Which rooms a command is about. */
export const roomArguments = {
  room: z.array(RoomName).default([]).meta({ description: 'Rooms, as "iserv-ctl room list" names them' }),
  all: z.boolean().default(false).meta({ description: 'Every room of the school' }),
}

export function roomsOf(rooms: readonly RoomName[], all: boolean): 'all' | RoomName[] {
  if (all === rooms.length > 0) {
    throw new BoxError('USAGE', all ? 'Either rooms or --all, not both' : 'Which room?', {
      hint: 'iserv-ctl room list shows the rooms; --all means every one.',
    })
  }
  return all ? 'all' : [...rooms]
}
