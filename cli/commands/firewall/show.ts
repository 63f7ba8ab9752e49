import { z } from 'zod'
import { firewallShow, FirewallStatus } from '../../../agent/contract/firewall.ts'
import { type Block, defineCommand, type Text } from '../../command.ts'

export const show = defineCommand({
  description: 'Shows what is open to whom, what was refused since the rules were last changed, and who is banned.',
  input: z.strictObject({}),
  positionals: [],
  output: FirewallStatus,
  examples: [{ line: 'firewall show', tells: 'The firewall in one page' }],
  run: (_input, { agent }) => agent.call(firewallShow, {}),
  present: (status): readonly Block[] => [
    ...(status.inForce ? [] : [warning('The firewall is not in force. See: iserv-ctl box status')]),
    {
      kind: 'table',
      head: ['zone', 'kind', 'interface', 'internet', 'devices', 'open ports of the server'],
      rows: status.zones.map((zone) => zoneRow(zone, status)),
    },
    ...section(
      'forwarded from the uplink',
      status.forwards.map(({ name, protocol, port, to }) => [`${protocol} ${port} → ${to}`, name]),
    ),
    ...section(
      'counted',
      status.counters
        .filter(({ packets }) => packets > 0)
        .map(({ rule, packets }) => [rule, `${packets.toLocaleString('en')} packets`]),
    ),
    {
      kind: 'fields',
      fields: [
        ['locked rooms', String(status.lockedRooms)],
        ['new connections a second', limitText(status.limits)],
        [
          'banned',
          status.bans.length === 0
            ? 'nobody'
            : status.bans.map(({ address, seconds }) => `${address} for ${seconds} s`).join(', '),
        ],
      ],
    },
    ...status.foreign.map((name) =>
      warning(`Table "${name}" is not ours; it is left alone, and may block what is allowed here.`),
    ),
  ],
})

function zoneRow(zone: FirewallStatus['zones'][number], { services }: FirewallStatus): readonly Text[] {
  const open = services
    .filter(({ from }) => from.includes(zone.zone))
    .map(({ name, protocol, ports, sources }) => {
      const only =
        sources === undefined ? '' : `, only ${sources.length} ${sources.length === 1 ? 'sender' : 'senders'}`
      return `${name} (${protocol} ${ports.join(', ')}${only})`
    })
  const without = zone.withoutInternet === 0 ? '' : `, ${zone.withoutInternet} without internet`
  const internet = zone.internet === null ? '' : zone.internet ? 'yes' : 'no'
  const devices = zone.internet === null ? '' : `${zone.devices}${without}`
  return [zone.name, zone.zone, zone.interface, internet, devices, open.length === 0 ? 'none' : open.join(', ')]
}

function section(title: string, rows: readonly (readonly Text[])[]): readonly Block[] {
  return rows.length === 0 ? [] : [{ kind: 'table', head: [title], rows }]
}

function limitText({ fromUplink, perSource, perDevice }: FirewallStatus['limits']): string {
  return `${fromUplink} from the internet, ${perSource} from one address of it, ${perDevice} from one device`
}

const warning = (text: string): Block => ({ kind: 'lines', lines: [{ text, tone: 'warning' }] })
