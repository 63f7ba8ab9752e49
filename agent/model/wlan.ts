import { isIPv4, isIPv6 } from 'node:net'
import { z } from 'zod'
import { Label, NetworkName } from './scalars.ts'

/** The wireless network into which people sign in with their own name and password. */

const isPlace = (text: string): boolean => {
  const [address = '', prefix, rest] = text.split('/')
  if (rest !== undefined || text.includes('%')) return false
  if (prefix === undefined) return isIPv4(address) || isIPv6(address)
  if (!/^(0|[1-9]\d?\d?)$/.test(prefix)) return false
  return (isIPv4(address) && Number(prefix) <= 32) || (isIPv6(address) && Number(prefix) <= 128)
}

/** One access point, or all of a kind that are known by a common secret. */
export const AccessPoint = z
  .strictObject({
    name: Label,
    address: z
      .string()
      .refine(isPlace, 'is neither an address nor a subnet, as in 10.20.0.40 or 10.20.8.0/24')
      .meta({ description: 'Its fixed address, or the subnet in which nothing but access points stands.' }),
  })
  .meta({
    id: 'AccessPoint',
    description: 'An access point, or several in a subnet of their own, that may ask the server who signs in.',
    examples: [{ name: 'ap-r214', address: '10.20.0.40' }],
  })
export type AccessPoint = z.infer<typeof AccessPoint>

/** RADIUS: sign-in, and the record of it that access points want to have answered. */
export const signInPorts = [1812, 1813] as const

/** Whoever belongs to two role groups by somebody's hand gets the network of the first of these. */
export const wlanRoles = ['administrator', 'teacher', 'staff', 'pupil', 'parent', 'guest'] as const

const home = NetworkName.optional()

export const WlanRoles = z
  .strictObject({ administrator: home, teacher: home, staff: home, pupil: home, parent: home, guest: home })
  .meta({
    id: 'WlanRoles',
    description: 'Which roles may sign in, and the network their devices get into. A role that is not named may not.',
    examples: [{ teacher: 'teachers', pupil: 'pupils' }],
  })

export const Wlan = z
  .strictObject({
    accessPoints: z.array(AccessPoint).min(1).max(1000).meta({ description: 'Who may ask the server.' }),
    roles: WlanRoles.meta({ description: 'Which roles may sign in, and the network their devices get into.' }),
  })
  .meta({
    id: 'Wlan',
    description: 'The wireless network (WPA2/3-Enterprise): people sign in with the name and password of the school.',
    examples: [{ accessPoints: [{ name: 'ap-r214', address: '10.20.0.40' }], roles: { teacher: 'teachers' } }],
  })
export type Wlan = z.infer<typeof Wlan>
