import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { Client } from '../../cli/lab/client.ts'
import { until } from '../../cli/lab/until.ts'

/** What flows from and to a device while a test does something to it. */
export interface Streams {
  /** Answers so far, by stream: tcp4, tcp6, udp4, udp6. */
  count(): Readonly<Record<string, number>>
  stop(): void
}

const names = ['tcp4', 'udp4', 'tcp6', 'udp6'] as const
/** Milliseconds between two packets of a stream. */
const beat = 20

/** Four streams with an echo, each begun anew when it breaks. */
export function startStreams(client: Pick<Client, 'enter'>, host: string, host6: string): Streams {
  const [program, ...rest] = [...client.enter, process.execPath, import.meta.filename, host, host6]
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  const counts: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]))
  createInterface(child.stdout).on('line', (name) => {
    counts[name] = (counts[name] ?? 0) + 1
  })
  return { count: () => ({ ...counts }), stop: () => child.kill() }
}

type Counted = Pick<Streams, 'count'>

export async function flowing(streams: Counted): Promise<void> {
  const before = streams.count()
  await until(async () => Object.entries(streams.count()).every(([name, count]) => count > (before[name] ?? 0) + 5), {
    what: 'all streams to flow',
  })
}

/** No answer for as long as ten packets would take. */
export async function still(streams: Counted): Promise<void> {
  let last = Object.values(streams.count())
  let since = Date.now()
  await until(
    async () => {
      const now = Object.values(streams.count())
      if (now.some((count, index) => count !== last[index])) [last, since] = [now, Date.now()]
      return Date.now() - since > 200
    },
    { what: 'all streams to stand still' },
  )
}

function tcp(name: string, host: string): void {
  const socket = connect({ host, port: 7 })
  const timer = setInterval(() => socket.write('.'), beat)
  socket.on('data', () => console.log(name))
  socket.on('error', () => undefined)
  socket.on('close', () => {
    clearInterval(timer)
    setTimeout(() => tcp(name, host), beat)
  })
}

function udp(name: string, host: string): void {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.on('message', () => console.log(name))
  // Refused for a while: the same stream goes on as soon as it may.
  socket.on('error', () => undefined)
  socket.connect(7, host, () => setInterval(() => socket.send('.', () => undefined), beat))
}

if (import.meta.main) {
  const [host = '', host6 = ''] = process.argv.slice(2)
  tcp('tcp4', host)
  udp('udp4', host)
  tcp('tcp6', host6)
  udp('udp6', host6)
}
