import { createSocket } from 'node:dgram'
import type { Argv } from '../../agent/system/system.ts'
import type { Client } from '../../cli/lab/client.ts'

/** Datagrams that each begin a connection of their own. */
export interface Flood {
  readonly host: string
  readonly to: number
  /** Absent: until it is killed. */
  readonly count?: number
  /** From how many addresses, as by somebody who forges senders; absent: from the attacker's own. */
  readonly senders?: number
  /** Port they come from. Absent: another one each. */
  readonly from?: number
}

/** RFC 6598: on nobody's line in the lab. The first two bytes. */
const shared = '100.64'

export async function flood(attacker: Pick<Client, 'run'>, wanted: Flood): Promise<void> {
  if (wanted.senders !== undefined)
    await attacker.run(['ip', 'route', 'replace', 'local', `${shared}.0.0/16`, 'dev', 'lo'])
  await attacker.run([process.execPath, import.meta.filename, JSON.stringify(wanted)])
}

/** What `flood` runs, for who wants to end it; senders have been forged before. */
export const floodArgv = ({ enter }: Pick<Client, 'enter'>, wanted: Flood): Argv => [
  ...enter,
  process.execPath,
  import.meta.filename,
  JSON.stringify(wanted),
]

/** Sockets at once: below what one process may have open. */
const atOnce = 200

function send(number: number, { host, to, senders, from = 0 }: Flood): Promise<void> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: 'udp4', reuseAddr: from !== 0 })
    const end = () => socket.close(() => resolve())
    socket.on('error', end)
    const sender = senders === undefined ? undefined : 1 + (number % senders)
    const address = sender === undefined ? undefined : `${shared}.${sender >> 8}.${sender & 255}`
    socket.bind(from, address, () => socket.send('.', to, host, end))
  })
}

if (import.meta.main) {
  const wanted = JSON.parse(process.argv[2] ?? '{}') as Flood
  const { count = Infinity } = wanted
  for (let first = 1; first <= count; first += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - first + 1) }, (_, index) => first + index)
    await Promise.all(some.map((number) => send(number, wanted)))
  }
}
