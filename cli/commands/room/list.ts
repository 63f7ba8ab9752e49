import { z } from 'zod'
import { roomList, RoomStatus } from '../../../agent/contract/room.ts'
import { type Block, defineCommand, type Text } from '../../command.ts'
import { untilText } from './until.ts'

export const list = defineCommand({
  description: 'Shows every room with its devices, and which rooms a teacher has locked until when.',
  input: z.strictObject({
    locked: z.boolean().default(false).meta({ description: 'Only rooms that are locked' }),
  }),
  positionals: [],
  output: z.strictObject({ rooms: z.array(RoomStatus) }),
  examples: [
    { line: 'room list', tells: 'All rooms' },
    { line: 'room list --locked', tells: 'Who has no internet at this moment, and since when' },
  ],
  async run({ locked }, { agent }) {
    const { rooms } = await agent.call(roomList, {})
    return { rooms: locked ? rooms.filter(({ lock }) => lock !== null) : rooms }
  },
  present: ({ rooms }): readonly Block[] =>
    rooms.length === 0
      ? [{ kind: 'lines', lines: ['No rooms.'] }]
      : [{ kind: 'table', head: ['room', 'title', 'network', 'devices', 'internet', 'filter'], rows: rooms.map(row) }],
})

function row({ name, title, network, devices, internet, filter, lock }: RoomStatus): readonly Text[] {
  return [name, title ?? '', network, String(devices), internetText(internet, lock), filter ?? 'none']
}

function internetText(internet: boolean, lock: RoomStatus['lock']): Text {
  if (lock !== null) return { text: `locked ${untilText(lock.until)} by ${lock.by}`, tone: 'warning' }
  return internet ? 'yes' : { text: 'no', tone: 'quiet' }
}
