import { z } from 'zod'
import { defineOperation } from './operation.ts'

export const Port = z
  .strictObject({
    name: z.string(),
    mac: z.string().meta({ description: 'MAC address of the card; may stand in the state instead of the name.' }),
    driver: z.string().meta({ description: "The kernel's driver; empty in a container." }),
    link: z.enum(['up', 'down', 'off']).meta({
      description: '"down": no cable, or nothing at its other end. "off": not used, so nobody looks for a cable.',
    }),
    use: z
      .array(z.string())
      .meta({ description: 'What the state uses it for: "internet", or the names of networks; empty: nothing.' }),
  })
  .meta({ id: 'Port' })
export type Port = z.infer<typeof Port>

export const portList = defineOperation({
  name: 'port.list',
  audience: ['root', 'platform'],
  summary: 'The ports for network cables of this server',
  request: z.strictObject({}),
  response: z.strictObject({ ports: z.array(Port) }),
})
