import { z } from 'zod'
import { defineCommand } from '../../command.ts'
import { findLab } from '../../lab/lab.ts'
import { LabClient } from '../../lab/record.ts'
import { LabName, requireRoot } from './options.ts'

const Status = z.strictObject({
  name: z.string(),
  box: z.strictObject({
    state: z.string().meta({ description: 'What systemd on the server says: running, degraded, starting …' }),
    failed: z.array(z.string()).readonly().meta({ description: 'Units that failed.' }),
    source: z.string().meta({ description: 'The tree or disk image it was booted from.' }),
  }),
  clients: z
    .array(LabClient.extend({ addresses: z.array(z.string()).readonly() }))
    .readonly()
    .meta({ description: 'Devices with the addresses they have now.' }),
})

export const labStatus = defineCommand({
  description: 'Shows what of a lab runs: the server, and its devices with the addresses they have.',
  input: z.strictObject({ name: LabName }),
  positionals: [],
  output: Status,
  examples: [{ line: 'lab status', tells: 'Server and devices.' }],
  async run({ name }, { system }) {
    requireRoot('lab status')
    const lab = await findLab(name, system)
    const { enter } = lab.box
    const state = await system.processes.run([...enter, 'systemctl', 'is-system-running'], { accept: [0, 1, 255] })
    const list = [...enter, 'systemctl', 'list-units', '--failed', '--plain', '--no-legend'] as const
    const failed = await system.processes.run(list, { accept: [0, 255] })
    const clients = []
    for (const [index, known] of lab.record.clients.entries()) {
      clients.push({ ...known, addresses: (await lab.clients[index]?.addresses()) ?? [] })
    }
    return {
      name,
      box: {
        state: state.stdout.trim(),
        failed: failed.stdout.split('\n').flatMap((line) => line.split(' ')[0] || []),
        source: lab.record.source,
      },
      clients,
    }
  },
  present: ({ name, box, clients }) => [
    {
      kind: 'fields',
      fields: [
        ['lab', name],
        ['server', box.failed.length > 0 ? { text: `${box.state}: ${box.failed.join(', ')}`, tone: 'bad' } : box.state],
        ['image', box.source],
      ],
    },
    {
      kind: 'table',
      head: ['device', 'port', 'mac', 'addresses'],
      rows: clients.map((client) => [client.name, client.port, client.mac, client.addresses.join(' ') || '-']),
    },
  ],
})
