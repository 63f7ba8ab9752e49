import { z } from 'zod'
import { Port, portList } from '../../../agent/contract/port.ts'
import { type Block, defineCommand } from '../../command.ts'
import { portTable } from './rows.ts'

export const portListCommand = defineCommand({
  description:
    'Lists the network ports of this server: name, MAC address, driver, whether a cable is plugged in, and what the state uses each for. The state may name a port by its MAC address or its name. A port that is not used is off, and tells nothing about its cable.',
  input: z.strictObject({}),
  positionals: [],
  output: z.strictObject({ ports: z.array(Port) }),
  examples: [
    { line: 'port list', tells: 'Which ports are there, and where a cable is plugged in' },
    { line: 'port list --json', tells: 'The same for a program.' },
  ],
  run: (_, { agent }) => agent.call(portList, {}),
  present: ({ ports }): readonly Block[] =>
    ports.length === 0 ? [{ kind: 'lines', lines: ['This server has no network port.'] }] : [portTable(ports)],
})
