import { z } from 'zod'
import { Role } from '../model/person.ts'
import { Label, NetworkName } from '../model/scalars.ts'
import { defineOperation } from './operation.ts'

export const WlanAccessPoint = z
  .strictObject({
    name: Label,
    address: z.string().meta({ description: 'Its address, or the subnet in which only access points stand.' }),
    server: z.string().meta({ description: 'Address at which it asks the box.' }),
  })
  .meta({ id: 'WlanAccessPoint' })

export const WlanPlace = z
  .strictObject({
    role: Role,
    network: NetworkName,
    vlan: z.int().nullable().meta({ description: "Null: the access point's own network, without a tag." }),
  })
  .meta({ id: 'WlanPlace' })

export const wlanShow = defineOperation({
  name: 'wlan.show',
  audience: ['root', 'platform'],
  summary: 'Which roles may sign in to the wireless network, and which access points may ask',
  request: z.strictObject({}),
  response: z.strictObject({
    domain: z.string().meta({ description: 'What a device is told to expect in the certificate.' }),
    accessPoints: z.array(WlanAccessPoint),
    places: z.array(WlanPlace),
  }),
})

export const WlanSecret = z
  .strictObject({ accessPoint: Label, address: z.string(), server: z.string(), secret: z.string() })
  .meta({ id: 'WlanSecret' })

export const wlanSecret = defineOperation({
  name: 'wlan.secret',
  audience: ['root'],
  summary: 'The secrets that access points share with the box',
  request: z.strictObject({
    accessPoint: Label.nullable().meta({ description: 'Null: of every access point.' }),
    renew: z.boolean().meta({ description: 'Make new ones first; the old ones count no longer.' }),
  }),
  response: z.strictObject({ secrets: z.array(WlanSecret) }),
})
