import { z } from 'zod'
import { stateShow } from '../../../agent/contract/state.ts'
import { isBoxError } from '../../../agent/errors.ts'
import type { StateDocument } from '../../../agent/model/document.ts'
import { readState } from '../../../agent/model/read.ts'
import type { SchoolState } from '../../../agent/model/state.ts'
import { type Block, defineCommand } from '../../command.ts'
import { GenerationNumber } from './generation.ts'
import { moment } from '../moment.ts'
import { outcomeText } from './history.ts'

export const showCommand = defineCommand({
  description:
    'Shows one generation of the state in a few words; the current one without a number.\n' +
    '"iserv-ctl state export" gives its documents word for word.',
  input: z.strictObject({
    generation: GenerationNumber,
  }),
  positionals: ['generation'],
  output: stateShow.response,
  examples: [
    { line: 'state show', tells: 'What the box is to be.' },
    { line: 'state show 12', tells: 'What it was to be then.' },
  ],
  run: (input, { agent }) => agent.call(stateShow, input),
  present({ documents, ...generation }): readonly Block[] {
    const { number, at, by, reason } = generation
    const about: Block = {
      kind: 'fields',
      fields: [
        ['generation', String(number)],
        ['outcome', outcomeText(generation)],
        ['made', `${moment(at)} by ${by}`],
        ['reason', reason],
        ['documents', documents.map(({ file }) => file).join(', ')],
      ],
    }
    const state = readable(documents)
    return state === undefined ? [about, unreadable] : [about, ...stateBlocks(state)]
  },
})

const unreadable: Block = {
  kind: 'lines',
  lines: [{ text: 'Its documents cannot be read by this version.', tone: 'warning' }],
}

function readable(documents: readonly StateDocument[]): SchoolState | undefined {
  try {
    return readState(documents).state
  } catch (error) {
    if (!isBoxError(error)) throw error
    return undefined
  }
}

function stateBlocks({ school, uplink, networks, rooms, devices, services, forwards }: SchoolState): readonly Block[] {
  const roomsOf = (network: string) => rooms.filter((room) => room.network === network)
  const devicesOf = (network: string) => {
    const names = new Set(roomsOf(network).map(({ name }) => name))
    return devices.filter(
      (device) => device.network === network || (device.room !== undefined && names.has(device.room)),
    )
  }
  return [
    {
      kind: 'fields',
      title: school.name,
      fields: [
        ['domain', school.domain],
        ['uplink', uplink.port],
        ['services', services.map(({ name }) => name).join(', ')],
        ['forwards', forwards.map(({ name }) => name).join(', ')],
      ],
    },
    {
      kind: 'table',
      head: ['network', 'kind', 'IPv4', 'IPv6', 'rooms', 'devices'],
      rows: networks.map(({ name, kind, ipv4, ipv6 }) => [
        name,
        kind,
        ipv4,
        ipv6 ?? '',
        String(roomsOf(name).length),
        String(devicesOf(name).length),
      ]),
    },
  ]
}
