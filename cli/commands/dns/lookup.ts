import { z } from 'zod'
import { DnsLookup, dnsLookup } from '../../../agent/contract/dns.ts'
import { type Block, defineCommand } from '../../command.ts'

export const lookup = defineCommand({
  description:
    'Asks the resolver of the box for a name and says why it answers as it does: because the house knows the name, because a filter list names it, or because the internet says so.\n\nWith --as the question is asked as that room, device or network asks it, with the filter profile that counts at this moment.',
  input: z.strictObject({
    name: z.string().min(1).max(253).meta({ description: 'A name, a device, or an address', value: 'name' }),
    as: z.string().min(1).optional().meta({ description: 'For a room, a device or a network', value: 'whom' }),
  }),
  positionals: ['name'],
  output: DnsLookup,
  examples: [
    { line: 'dns lookup r214-pc07', tells: 'The address of a device' },
    { line: 'dns lookup games.example.org --as r214', tells: 'May this room see that page, and which list decides?' },
    { line: 'dns lookup 10.20.14.7', tells: 'Whose address is it?' },
  ],
  run: (input, { agent }) => agent.call(dnsLookup, input),
  present: (found): readonly Block[] => [
    { kind: 'lines', lines: [{ text: `${found.name} ${result(found)}`, tone: tone(found) }] },
    {
      kind: 'fields',
      fields: [['because', reason(found)], ...(found.as === null ? [] : [['asked as', whom(found)] as const])],
    },
  ],
})

function result({ status, answers }: DnsLookup): string {
  if (answers.length > 0) return `→ ${answers.join(', ')}`
  if (status === 'NXDOMAIN') return 'does not exist'
  return status === 'NOERROR' ? 'exists, but has no address' : `cannot be looked up (${status})`
}

function tone({ status, why }: DnsLookup): 'good' | 'warning' | 'bad' {
  if (why === 'unreachable') return 'bad'
  return status === 'NOERROR' ? 'good' : 'warning'
}

function reason({ why, list, entry, profile, status }: DnsLookup): string {
  switch (why) {
    case 'house':
      return status === 'NXDOMAIN' ? 'the house has no such name' : 'it is a name of the house'
    case 'guest':
      return 'the house has no names for guests'
    case 'blocked':
      return `the list "${list ?? ''}" names ${entry ?? ''}, and profile "${profile ?? ''}" blocks that list`
    case 'not-listed':
      return `profile "${profile ?? ''}" knows only the domains of its lists`
    case 'internet':
      return 'that is what the internet answers'
    case 'unreachable':
      return 'nobody on the internet answered'
  }
}

function whom({ as, profile, locked }: DnsLookup): string {
  const filter = profile === null ? 'not filtered' : `profile "${profile}"`
  return `${as ?? ''} (${filter}${locked ? ', the room is locked' : ''})`
}
