import { z } from 'zod'
import { shareQuota, UsageView } from '../../../agent/contract/share.ts'
import { Login, Role } from '../../../agent/model/person.ts'
import { type Block, defineCommand, type Text } from '../../command.ts'
import { sizeText } from './size.ts'

/** From here on somebody should be told. */
const nearlyFull = 0.9

export const quota = defineCommand({
  description: [
    'Shows how much people store and how much they may, the fullest first. All files that belong to somebody count, wherever they lie.',
    'How much a role may store is declared in the state: shares.quota.',
  ].join('\n\n'),
  input: z.strictObject({
    login: Login.exactOptional().meta({ description: 'Only this person.', value: 'LOGIN' }),
    role: Role.exactOptional().meta({ description: 'Only people of this role.', value: 'ROLE' }),
  }),
  positionals: ['login'],
  output: z.strictObject({ counted: z.boolean(), people: z.array(UsageView) }),
  examples: [
    { line: 'share quota', tells: 'Everybody' },
    { line: 'share quota m.mueller', tells: 'One person' },
    { line: 'share quota --role teacher', tells: 'All teachers' },
  ],
  run: (input, { agent }) => agent.call(shareQuota, input),
  present: ({ counted, people }): readonly Block[] => {
    if (!counted) return [{ kind: 'lines', lines: [{ text: uncounted, tone: 'warning' }] }]
    if (people.length === 0) return [{ kind: 'lines', lines: ['Nobody stores anything.'] }]
    return [{ kind: 'table', head: ['login', 'role', 'used', 'of', 'full'], rows: people.map(row) }]
  },
})

const uncounted = "This server's kernel or disk does not count what people store, so nothing is limited."

function row({ login, role, used, limit }: UsageView): readonly Text[] {
  const share = limit === null ? undefined : used / limit
  const full = share === undefined ? '' : `${Math.floor(share * 100)} %`
  return [
    login,
    role,
    sizeText(used),
    limit === null ? 'no limit' : sizeText(limit),
    share !== undefined && share >= nearlyFull ? { text: full, tone: 'warning' } : full,
  ]
}
