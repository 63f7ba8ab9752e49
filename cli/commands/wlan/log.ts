import { z } from 'zod'
import { Duration } from '../../../agent/model/scalars.ts'
import { type Block, defineCommand } from '../../command.ts'
import { moment } from '../moment.ts'
import { Attempt, attemptOf } from './attempt.ts'

const unit = 'freeradius.service'

export const log = defineCommand({
  description:
    'Who signed in to the wireless network and who was refused, and why, oldest first. Reads the journal of this machine. ' +
    'Passwords are never written down.',
  input: z.strictObject({
    login: z.string().min(1).max(64).optional().meta({ description: 'Only of this name', value: 'login' }),
    refused: z.boolean().default(false).meta({ description: 'Only what was refused' }),
    since: Duration.prefault('1h').meta({ description: 'How far back', value: 'time' }),
  }),
  positionals: ['login'],
  output: z.strictObject({ attempts: z.array(Attempt) }),
  examples: [
    { line: 'wlan log m.mueller', tells: 'Why does the telephone of m.mueller not get in?' },
    { line: 'wlan log --refused --since 1d', tells: 'Everybody who was refused since yesterday' },
  ],
  run: async ({ login, refused, since }, { box }) => {
    const { system } = await box()
    const argv = [
      'journalctl',
      `--unit=${unit}`,
      `--since=-${since}s`,
      '--quiet',
      '--no-pager',
      '--output=json',
    ] as const
    const { stdout } = await system.processes.run(argv, { accept: [0, 1] })
    const attempts = stdout
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => attemptOf(line) ?? [])
    const wanted = login?.toLowerCase()
    return {
      attempts: attempts.filter(
        (one) =>
          (!refused || one.outcome === 'refused') && (wanted === undefined || one.login.toLowerCase().includes(wanted)),
      ),
    }
  },
  present: ({ attempts }): readonly Block[] => [
    {
      kind: 'table',
      head: ['at', 'login', 'device', 'access point', '', ''],
      rows: attempts.map((one) => [
        moment(one.at),
        one.login === '' ? 'unknown' : one.login,
        one.device,
        one.accessPoint,
        { text: one.outcome, tone: one.outcome === 'refused' ? 'warning' : 'plain' },
        one.reason ?? `${one.role} in ${one.network}`,
      ]),
    },
  ],
})
