import { z } from 'zod'
import { Label } from '../model/scalars.ts'
import { defineOperation } from './operation.ts'

/** Why a name is answered as it is. */
export const DnsReason = z.enum(['house', 'guest', 'blocked', 'not-listed', 'internet', 'unreachable']).meta({
  id: 'DnsReason',
  description:
    'house: the box itself knows the name or that there is none; guest: the house has no names for guests; blocked: a filter list names it; not-listed: the profile knows only its lists; internet: as the internet answers; unreachable: the internet did not answer.',
})
export type DnsReason = z.infer<typeof DnsReason>

export const DnsLookup = z
  .strictObject({
    name: z.string().meta({ description: 'What was asked for, in full.' }),
    as: z.string().nullable().meta({ description: 'Room, device or network for which it was asked; null: the box.' }),
    profile: Label.nullable().meta({ description: 'Filter profile that counted; null: nothing is filtered.' }),
    locked: z.boolean().meta({ description: 'Is the room locked at this moment?' }),
    status: z.string().meta({ description: 'NOERROR, NXDOMAIN (no such name), SERVFAIL …' }),
    answers: z.array(z.string()).meta({ description: 'Addresses, or names for an address.' }),
    why: DnsReason,
    list: z.string().nullable().meta({ description: 'The filter list that decides.' }),
    entry: z.string().nullable().meta({ description: 'The domain of the list that covers the name.' }),
  })
  .meta({ id: 'DnsLookup' })
export type DnsLookup = z.infer<typeof DnsLookup>

export const dnsLookup = defineOperation({
  name: 'dns.lookup',
  audience: ['root'],
  summary: 'What the resolver answers to whom, and why',
  request: z.strictObject({
    name: z.string().min(1).max(253).meta({ description: 'A name, a device, or an address.' }),
    as: z.string().min(1).optional().meta({ description: 'A room, device or network; absent: the box itself.' }),
  }),
  response: DnsLookup,
})
