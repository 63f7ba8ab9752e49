import { z } from 'zod'
import { DomainName, Label } from './scalars.ts'

/** A list of domains: named here, or in a file on the box. A domain covers its sub-domains. */
export const FilterList = z
  .strictObject({
    name: Label,
    domains: z.array(DomainName).default([]).meta({ description: 'Each covers its sub-domains.' }),
    file: z
      .string()
      .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/, 'is not a plain file name; the file lies in /var/lib/iserv/filters')
      .optional()
      .meta({
        description:
          'File in /var/lib/iserv/filters, one domain a line with # comments, a hosts file, or Adblock rules for whole domains.',
      }),
  })
  .meta({
    id: 'FilterList',
    description: 'A list of domains, to be blocked or allowed by profiles.',
    examples: [{ name: 'games', domains: ['games.example.org'] }],
  })
export type FilterList = z.infer<typeof FilterList>

/** What a network or room may look up. */
export const FilterProfile = z
  .strictObject({
    name: Label,
    block: z
      .array(Label)
      .default([])
      .meta({ description: 'Filter lists whose domains do not exist for this profile.' }),
    only: z
      .array(Label)
      .optional()
      .meta({ description: 'If given, nothing exists but the domains of these lists (exam).' }),
  })
  .meta({
    id: 'FilterProfile',
    description: 'What a network or room may look up.',
    examples: [{ name: 'default', block: ['games'] }],
  })
export type FilterProfile = z.infer<typeof FilterProfile>

export const Filters = z
  .strictObject({
    lists: z.array(FilterList).max(100).default([]).meta({ description: 'Lists of domains.' }),
    profiles: z.array(FilterProfile).max(50).default([]).meta({ description: 'Which lists count for whom.' }),
  })
  .meta({ id: 'Filters', description: 'Which names exist for whom.' })
export type Filters = z.infer<typeof Filters>

/** Every profile is served by the resolver on a port of its own, to which the firewall redirects rooms' questions. */
const firstProfilePort = 5400

/** @param index place of the profile in `filters.profiles`, from 0. */
export function profilePort(index: number): number {
  return firstProfilePort + index
}

/**
 * Which profile counts for a network or for a room in it: what is nearer overrules, and `default` is for all who name
 * none. Undefined: nothing is filtered.
 * @param locked whether a teacher has switched the room's internet off.
 */
export function profileFor(
  filters: Filters,
  network: { readonly filter?: string | undefined },
  room?: { readonly filter?: string | undefined; readonly filterWhenLocked?: string | undefined },
  locked = false,
): FilterProfile | undefined {
  const name = (locked ? room?.filterWhenLocked : undefined) ?? room?.filter ?? network.filter ?? 'default'
  return filters.profiles.find((profile) => profile.name === name)
}
