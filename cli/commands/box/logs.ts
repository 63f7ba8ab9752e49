import { z } from 'zod'
import { Duration } from '../../../agent/model/scalars.ts'
import { type Block, defineCommand } from '../../command.ts'
import { moment } from '../moment.ts'
import { entryOf, LogEntry } from './entry.ts'

const unit = 'iserv-agent.service'

export const boxLogs = defineCommand({
  description:
    'What the agent has done and said, oldest first: repairs, changes, failures. Reads the journal of this machine and\n' +
    'also works while the agent does not.',
  input: z.strictObject({
    resource: z
      .string()
      .regex(/^[a-z-]+$/, 'a name as in "iserv-ctl box status"')
      .optional()
      .meta({
        description: 'Only about this service.',
        value: 'NAME',
      }),
    since: Duration.prefault('1d').meta({ description: 'How far back.', value: 'TIME' }),
    follow: z.boolean().default(false).meta({ description: 'Keep showing what comes, until Ctrl-C.' }),
  }),
  positionals: [],
  output: z.strictObject({ entries: z.array(LogEntry) }),
  examples: [
    { line: 'box logs --since 2h', tells: 'What happened in the last two hours?' },
    { line: 'box logs --resource dhcp --follow', tells: 'What happens with DHCP right now?' },
  ],
  async run({ resource, since, follow }, { box }) {
    const { system, interactive } = await box()
    const wanted = resource === undefined ? [] : [`--grep=resource="${resource}"`]
    const argv = ['journalctl', `--unit=${unit}`, `--since=-${since}s`, '--quiet', ...wanted] as const
    if (follow) {
      await interactive([...argv, '--output=cat', '--follow'])
      return { entries: [] }
    }
    // Status 1: nothing was found.
    const { stdout } = await system.processes.run([...argv, '--no-pager', '--output=json'], { accept: [0, 1] })
    const lines = stdout.split('\n').filter((line) => line !== '')
    return { entries: lines.flatMap((line) => entryOf(line) ?? []) }
  },
  present: ({ entries }): readonly Block[] => [
    {
      kind: 'table',
      rows: entries.map(({ at, level, message }) => {
        const tone = level === 'error' ? 'bad' : level === 'warning' ? 'warning' : 'plain'
        return [moment(at), { text: message, tone }]
      }),
    },
  ],
})
