import { z } from 'zod'
import { wlanShow } from '../../../agent/contract/wlan.ts'
import { defineCommand } from '../../command.ts'

export const show = defineCommand({
  description:
    'Which roles may sign in to the wireless network, into which network they get, and which access points may ask. ' +
    'What an access point has to be told besides is its secret: iserv-ctl wlan secret show.',
  input: z.strictObject({}),
  positionals: [],
  output: wlanShow.response,
  examples: [{ line: 'wlan show', tells: 'What has been declared for the wireless network' }],
  run: (_, { agent }) => agent.call(wlanShow, {}),
  present: ({ domain, accessPoints, places }) => [
    {
      kind: 'table',
      head: ['role', 'network', 'VLAN'],
      rows: places.map(({ role, network, vlan }) => [role, network, vlan === null ? 'none' : String(vlan)]),
    },
    {
      kind: 'table',
      head: ['access point', 'address', 'asks'],
      rows: accessPoints.map(({ name, address, server }) => [name, address, `${server} port 1812`]),
    },
    { kind: 'fields', fields: [['in the certificate', `server.${domain}`]] },
  ],
})
