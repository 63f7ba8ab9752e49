import { z } from 'zod'
import { boxStatus, Finding } from '../../../agent/contract/box.ts'
import { exitStatus } from '../../../agent/errors.ts'
import { type Block, defineCommand } from '../../command.ts'
import { dayAndTime } from '../moment.ts'
import { backupFolder } from './copies.ts'

const Status = z.strictObject({
  declared: z.boolean().nullable().meta({ description: 'Null: it cannot be known; `detail` tells why.' }),
  domain: z.string().nullable().meta({ description: 'Of the school; null: not known.' }),
  works: z.boolean(),
  detail: z.string(),
  findings: z.array(Finding),
  backup: z
    .strictObject({ file: z.string(), at: z.int().meta({ description: 'Milliseconds since the epoch.' }) })
    .nullable()
    .meta({ description: 'The newest on the server itself.' }),
})

export const status = defineCommand({
  description: 'Tells whether people can sign in, and how old the newest backup of the accounts on the server is.',
  input: z.strictObject({}),
  positionals: [],
  output: Status,
  examples: [{ line: 'directory status', tells: 'Is all well?' }],
  async run(_, { agent, box }) {
    const { files } = (await box()).system
    const { resources, school, held } = await agent.call(boxStatus, {})
    const found = resources.find(({ name }) => name === 'directory')
    const findings = found?.findings ?? []
    const newest = (await files.list(backupFolder)).findLast((name) => name.endsWith('.tar.zst'))
    const file = newest === undefined ? undefined : `${backupFolder}/${newest}`
    const stat = file === undefined ? undefined : await files.stat(file)
    return {
      // A server without any state has no directory; one whose state cannot be read may well have one.
      declared: school?.directory ?? (held === null ? false : null),
      domain: school?.domain ?? null,
      works: found?.state === 'converged' && findings.every(({ severity }) => severity !== 'error'),
      detail: held?.message ?? found?.detail ?? 'The agent has not looked at it yet.',
      findings,
      backup: file === undefined || stat === undefined ? null : { file, at: Math.round(stat.modified) },
    }
  },
  present: ({ declared, domain, works, detail, findings, backup }): readonly Block[] => {
    if (declared === false) return [{ kind: 'lines', lines: ['The school declares no directory.'] }]
    if (declared === null) {
      const text = 'Whether the school declares a directory cannot be known.'
      return [{ kind: 'lines', lines: [{ text, tone: 'bad' }, detail] }]
    }
    return [
      {
        kind: 'lines',
        lines: [
          works
            ? { text: `${domain ?? 'The directory'} works.`, tone: 'good' }
            : { text: `${domain ?? 'The directory'} does not work.`, tone: 'bad' },
          ...(detail === '' ? [] : [detail]),
          ...findings.map(({ message, severity }) =>
            severity === 'ok'
              ? message
              : { text: message, tone: severity === 'error' ? ('bad' as const) : ('warning' as const) },
          ),
        ],
      },
      {
        kind: 'fields',
        fields: [
          [
            'backup of accounts',
            backup === null
              ? { text: 'none: iserv-ctl directory backup', tone: 'warning' }
              : `${dayAndTime(backup.at)}  ${backup.file}`,
          ],
        ],
      },
    ]
  },
  status: ({ declared, works }) => (declared === false || works ? exitStatus.ok : exitStatus.service),
})
