import { z } from 'zod'

/** One sign-in to the wireless network, as the server has written it down. */
export const Attempt = z
  .strictObject({
    at: z.int().meta({ description: 'Milliseconds since the epoch.' }),
    outcome: z.enum(['accepted', 'refused']),
    login: z.string().meta({ description: 'As typed when refused; empty when it did not come to that.' }),
    role: z.string().nullable(),
    network: z.string().nullable(),
    accessPoint: z.string(),
    device: z.string().meta({ description: "The device's card as the access point tells it." }),
    reason: z.string().nullable().meta({ description: 'Why it was refused.' }),
  })
  .meta({ id: 'WlanAttempt' })
export type Attempt = z.infer<typeof Attempt>

const JournalLine = z.object({ __REALTIME_TIMESTAMP: z.coerce.number(), MESSAGE: z.string() })

/** Pure: a line of `journalctl --output=json`; undefined when it tells of no sign-in. */
export function attemptOf(line: string): Attempt | undefined {
  const parsed = JournalLine.safeParse(JSON.parse(line))
  if (!parsed.success) return undefined
  const at = Math.floor(parsed.data.__REALTIME_TIMESTAMP / 1000)
  const text = parsed.data.MESSAGE
  const accepted = /^accepted (\S+) (\S+) (\S+) (\S+) (\S+)$/.exec(text)
  if (accepted !== null) {
    const [, role = '', network = '', accessPoint = '', device = '', login = ''] = accepted
    return { at, outcome: 'accepted', login, role, network, accessPoint, device, reason: null }
  }
  const refused = /^refused (\S+) (\S+) "(.*)" (.*)$/.exec(text)
  if (refused === null) return undefined
  const [, accessPoint = '', device = '', login = '', words = ''] = refused
  return { at, outcome: 'refused', login, role: null, network: null, accessPoint, device, reason: reasonIn(words) }
}

/** NTSTATUS by which the directory refuses somebody. */
const statuses: Readonly<Record<string, string>> = {
  C0000064: 'nobody has this name',
  C000006A: 'wrong password',
  C000006D: 'wrong name or password',
  C000006E: 'the account is restricted',
  C000006F: 'not at this time of day',
  C0000071: 'the password has expired',
  C0000072: 'the account is locked by the school',
  C0000193: 'the account has ended',
  C0000224: 'the password must be changed first',
  C0000234: 'too many wrong passwords; it opens again by itself',
}

function reasonIn(words: string): string {
  const status = statuses[/0x(C0[0-9A-F]{6})/i.exec(words)?.[1]?.toUpperCase() ?? '']
  if (status !== undefined) return status
  if (words === 'role') return 'this role may not use the wireless network'
  if (/unknown ca|certificate/i.test(words)) return 'the device does not trust the certificate of the school'
  if (/winbind/.test(words)) return 'the directory did not answer'
  return words === '' ? 'not told' : words
}
