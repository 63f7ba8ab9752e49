import { z } from 'zod'
import { DeviceName, NetworkName } from '../model/scalars.ts'
import { defineOperation } from './operation.ts'

/** What the box's own page shows to whoever opens it: nothing about persons, nothing about other devices. */
export const PageShow = z
  .strictObject({
    school: z.string(),
    language: z.enum(['de', 'en']),
    timezone: z.string(),
    device: DeviceName.nullable().meta({ description: 'Null: nobody has declared this device.' }),
    room: z.string().nullable().meta({ description: 'As it stands on the door.' }),
    network: NetworkName.nullable(),
    internet: z.enum(['allowed', 'locked', 'off']),
    lockedUntil: z.int().nullable().meta({ description: 'Milliseconds since the epoch; null: until unlocked.' }),
    services: z.array(z.strictObject({ name: z.string(), works: z.boolean() })),
  })
  .meta({ id: 'PageShow' })
export type PageShow = z.infer<typeof PageShow>

export const pageShow = defineOperation({
  name: 'page.show',
  audience: ['platform'],
  summary: 'What the page of the box shows to one device',
  request: z.strictObject({ address: z.union([z.ipv4(), z.ipv6()]).meta({ description: 'From where it is opened.' }) }),
  response: PageShow,
})
