import { z } from 'zod'
import { firewallTrace, FirewallTrace } from '../../../agent/contract/firewall.ts'
import { Port, Transport } from '../../../agent/model/scalars.ts'
import { type Block, defineCommand } from '../../command.ts'
import { targetOf } from './target.ts'

export const trace = defineCommand({
  description:
    'Says whether one may connect to another and which rule decides, without sending anything.\n' +
    'From and to are a device, an address, "server" or "internet"; from may also be a room or a network.',
  input: z.strictObject({
    from: z
      .string()
      .min(1)
      .meta({ description: 'Who connects: r214-pc07, r214, guest, 10.20.14.7, internet', value: 'whom' }),
    to: z.string().min(1).meta({ description: 'To whom, with a port: 203.0.113.5:443, server:80', value: 'whom' }),
    port: Port.optional().meta({ description: 'Port, when --to has none; 443 if neither has one', value: 'port' }),
    protocol: Transport.default('tcp').meta({ description: 'tcp or udp', value: 'name' }),
  }),
  positionals: [],
  output: FirewallTrace,
  examples: [
    { line: 'firewall trace --from r214-pc07 --to 203.0.113.5:443', tells: 'May this computer open that page?' },
    { line: 'firewall trace --from guest --to server:53 --protocol udp', tells: 'May guests ask our DNS?' },
    { line: 'firewall trace --from internet --to server:8443', tells: 'Where does this port lead?' },
  ],
  async run({ from, to, port, protocol }, { agent }) {
    const target = targetOf(to, port)
    return agent.call(firewallTrace, { from, to: target.host, port: target.port, protocol })
  },
  present: (answer): readonly Block[] => [
    {
      kind: 'lines',
      lines: [
        {
          text: `${endText(answer.from)} → ${endText(answer.to)} ${answer.protocol} ${answer.to.port}: ${answer.verdict}`,
          tone: answer.verdict === 'accepted' ? 'good' : 'bad',
        },
      ],
    },
    {
      kind: 'fields',
      fields: [
        ['decided by', answer.decidedBy],
        ...(answer.reaches === null ? [] : [['ends at', answer.reaches] as const]),
        ...(answer.wouldThen === null
          ? []
          : [['would then', `be ${answer.wouldThen.verdict} by ${answer.wouldThen.decidedBy}`] as const]),
      ],
    },
  ],
})

function endText({ address, name }: { readonly address: string; readonly name: string }): string {
  return name === address ? address : `${address} (${name})`
}
