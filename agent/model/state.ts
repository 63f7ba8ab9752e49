import { z } from 'zod'
import { Accounts } from './accounts.ts'
import { Administration } from './administration.ts'
import { Device } from './device.ts'
import { Directory } from './directory.ts'
import { Filters } from './filters.ts'
import { Forward, Limits, Service } from './firewall.ts'
import { Network, Uplink } from './network.ts'
import { Room } from './room.ts'
import { DomainName, Host, Line, TimeZone } from './scalars.ts'
import { Shares } from './shares.ts'
import { Wlan } from './wlan.ts'

/**
 * The school state: what the administrator declares. One or more YAML documents make one state; each may hold any of
 * these sections, lists of several documents are joined.
 */

/** Raised when an older agent could misread a newer document. */
export const stateVersion = 1

export const School = z
  .strictObject({
    name: Line.min(1).max(120).meta({ description: 'As the school calls itself.' }),
    domain: DomainName.meta({ description: "The domain of the school's own names inside the house." }),
    timezone: TimeZone.default('Europe/Berlin').meta({ description: 'IANA time zone.' }),
    language: z.enum(['de', 'en']).default('de').meta({ description: 'Language of what the school reads.' }),
  })
  .meta({
    id: 'School',
    description: 'Who the school is.',
    examples: [{ name: 'Gymnasium am Beispielweg', domain: 'schule.lan' }],
  })

export const Time = z
  .strictObject({
    servers: z
      .array(Host)
      .default(['ptbtime1.ptb.de', 'ptbtime2.ptb.de', 'ptbtime3.ptb.de'])
      .meta({ description: 'NTP servers on the internet.' }),
  })
  .meta({ id: 'Time', description: 'Where the box gets its time from. Its networks get it from the box.' })

export const SchoolState = z
  .strictObject({
    version: z.literal(stateVersion).meta({ description: 'Version of this format.' }),
    school: School,
    uplink: Uplink,
    networks: z.array(Network).min(1).max(100),
    rooms: z.array(Room).max(2000).default([]),
    devices: z.array(Device).max(20_000).prefault([]),
    services: z.array(Service).max(200).default([]),
    forwards: z.array(Forward).max(1000).default([]),
    limits: Limits.prefault({}),
    filters: Filters.prefault({}),
    time: Time.prefault({}),
    administration: Administration.prefault({}),
    directory: Directory.optional(),
    accounts: Accounts.prefault({}),
    shares: Shares.prefault({}),
    wlan: Wlan.optional(),
  })
  .meta({ id: 'SchoolState', title: 'School state', description: 'What a school declares about its server.' })

export type SchoolState = z.infer<typeof SchoolState>
export type Section = keyof SchoolState
/** The same as written by a person: defaults may be absent, durations are text. */
export type SchoolStateInput = z.input<typeof SchoolState>
