import { z } from 'zod'
import { DhcpLease, dhcpLeases } from '../../../agent/contract/dhcp.ts'
import { NetworkName, RoomName } from '../../../agent/model/scalars.ts'
import { type Block, defineCommand } from '../../command.ts'
import { dayAndTime } from '../moment.ts'

export const leases = defineCommand({
  description:
    'Shows which device holds which address, lowest address first. Devices that nobody has declared are marked as unknown; "iserv-ctl device add" declares one.',
  input: z.object({
    room: RoomName.optional().meta({ description: 'Only devices of this room', value: 'room' }),
    network: NetworkName.optional().meta({ description: 'Only addresses of this network', value: 'network' }),
  }),
  positionals: [],
  output: z.strictObject({ leases: z.array(DhcpLease) }),
  examples: [
    { line: 'dhcp leases', tells: 'Every address that is given out' },
    { line: 'dhcp leases --room r214', tells: 'The devices of one room that are switched on' },
    { line: 'dhcp leases --network guest --json', tells: 'The guests, for a script' },
  ],
  run: (input, { agent }) => agent.call(dhcpLeases, input),
  present: ({ leases: found }): readonly Block[] =>
    found.length === 0
      ? [{ kind: 'lines', lines: ['No device holds an address.'] }]
      : [
          {
            kind: 'table',
            head: ['address', 'device', 'room', 'mac', 'since', 'ends'],
            rows: found.map((lease) => row(lease)),
          },
        ],
})

function row({ address, device, room, mac, hostname, since, ends }: DhcpLease) {
  const calling = hostname === '' ? '' : ` (${hostname})`
  const who = device ?? { text: `unknown${calling}`, tone: 'warning' as const }
  return [address, who, room ?? '', mac, dayAndTime(since), dayAndTime(ends)]
}
