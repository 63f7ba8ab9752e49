import { z } from 'zod'
import { WlanSecret, wlanSecret } from '../../../agent/contract/wlan.ts'
import { BoxError } from '../../../agent/errors.ts'
import { Label } from '../../../agent/model/scalars.ts'
import { defineCommand } from '../../command.ts'

export const secret = defineCommand({
  description:
    'The secret by which an access point and the server know each other, made on the server. Type it into the access ' +
    'point; it stands in no state, no export and no log, and is shown on a terminal only.\n' +
    'After "renew" the access point lets nobody in until it has been told the new one.',
  input: z.strictObject({
    action: z.enum(['show', 'renew']).meta({ description: 'Show it, or make a new one and show that' }),
    accessPoint: Label.optional().meta({
      description: 'As "iserv-ctl wlan show" names it; without: show all of them',
      value: 'access-point',
    }),
  }),
  positionals: ['action', 'accessPoint'],
  output: z.strictObject({ secrets: z.array(WlanSecret) }),
  examples: [
    { line: 'wlan secret show ap-r214', tells: 'What to type into one access point' },
    { line: 'wlan secret renew ap-r214', tells: 'After an access point was stolen or given away' },
  ],
  run: async ({ action, accessPoint = null }, { agent, terminal }) => {
    if (!terminal) {
      throw new BoxError('SECRET_TO_FILE', 'A secret is shown on a terminal only, not written to a file or a pipe', {
        hint: 'Run the command on a terminal, without redirecting what it says.',
      })
    }
    if (action === 'renew' && accessPoint === null) {
      throw new BoxError('USAGE', 'Of which access point?', {
        hint: 'Until it has been told the new secret, an access point lets nobody in: renew one after the other.',
      })
    }
    return agent.call(wlanSecret, { accessPoint, renew: action === 'renew' })
  },
  present: ({ secrets }) => [
    {
      kind: 'table',
      head: ['access point', 'address', 'RADIUS server', 'secret'],
      rows: secrets.map(({ accessPoint, address, server, secret: text }) => [
        accessPoint,
        address,
        `${server} port 1812`,
        text,
      ]),
    },
  ],
})
