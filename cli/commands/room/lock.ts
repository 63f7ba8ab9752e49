import { z } from 'zod'
import { longestLock, roomLock } from '../../../agent/contract/room.ts'
import { Duration } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'
import { roomArguments, roomsOf } from './rooms.ts'
import { untilText } from './until.ts'

export const lock = defineCommand({
  description:
    'Switches the internet of rooms off at once: connections in use end, too. The rooms still reach the server and ' +
    'each other, and their names come from the filter they have for this (filterWhenLocked).\n' +
    'A lock ends by itself with --for; it outlives a restart of the server.',
  input: z.strictObject({
    ...roomArguments,
    for: Duration.refine((seconds) => seconds <= longestLock, 'is longer than 365d')
      .optional()
      .meta({ description: 'How long, as in 45m; without: until unlocked', value: 'time' }),
    by: z.string().min(1).max(64).optional().meta({ description: 'Who locks, for the records', value: 'name' }),
  }),
  positionals: ['room'],
  output: roomLock.response,
  examples: [
    { line: 'room lock r214 --for 45m', tells: 'One room for a lesson' },
    { line: 'room lock r214 r118 --by m.weber', tells: 'Two rooms until somebody unlocks them' },
    { line: 'room lock --all --for 2h', tells: 'Every room' },
  ],
  run: async ({ room, all, for: seconds = null, by }, { agent }) =>
    agent.call(roomLock, { rooms: roomsOf(room, all), seconds, ...(by === undefined ? {} : { by }) }),
  present: ({ locks, openToUnknown }) => [
    { kind: 'lines', lines: locks.map(({ room, until }) => `${room}: internet off ${untilText(until)}`) },
    {
      kind: 'lines',
      lines: openToUnknown.map((network) => ({
        text: `Devices that nobody has declared keep their internet in network ${network} (internetForUnknown).`,
        tone: 'warning' as const,
      })),
    },
  ],
})
