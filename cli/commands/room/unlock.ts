import { z } from 'zod'
import { roomUnlock } from '../../../agent/contract/room.ts'
import { RoomName } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { roomArguments, roomsOf } from './rooms.ts'

export const unlock = defineCommand({
  description: 'Switches the internet of rooms on again. Rooms that were not locked stay as they are.',
  input: z.strictObject(roomArguments),
  positionals: ['room'],
  output: z.strictObject({
    unlocked: z.array(RoomName).meta({ description: 'Rooms that were locked until now.' }),
  }),
  examples: [
    { line: 'room unlock r214', tells: 'One room' },
    { line: 'room unlock --all', tells: 'Every room' },
  ],
  run: async ({ room, all }, { agent }) => agent.call(roomUnlock, { rooms: roomsOf(room, all) }),
  present: ({ unlocked }) => [
    {
      kind: 'lines',
      lines: unlocked.length === 0 ? ['No room was locked.'] : unlocked.map((room) => `${room}: internet on`),
    },
  ],
})
