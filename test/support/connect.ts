import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import type { Client } from '../../cli/lab/client.ts'

/** How far a first packet came: to a program, to a host without that program, refused on the way, or nowhere. */
export type Fate = 'answered' | 'closed' | 'rejected' | 'silent'

export interface Attempt {
  readonly protocol: 'tcp' | 'udp'
  readonly host: string
  readonly port: number
}

/** Long enough for the slowest namespace, short enough for many attempts that nobody answers. */
const patience = 3000
/** A datagram may be lost on a busy machine; then it is sent once more. TCP does so by itself. */
const again = 1000

/** Tries all at once from a device; the fates in the same order. */
export async function connectFrom(client: Pick<Client, 'run'>, attempts: readonly Attempt[]): Promise<readonly Fate[]> {
  const { stdout } = await client.run([process.execPath, import.meta.filename], { input: JSON.stringify(attempts) })
  return JSON.parse(stdout) as readonly Fate[]
}

const fates: Readonly<Record<string, Fate>> = {
  ECONNREFUSED: 'closed',
  ECONNRESET: 'closed',
  EHOSTUNREACH: 'rejected',
  EACCES: 'rejected',
}

function attempt({ protocol, host, port }: Attempt): Promise<Fate> {
  return new Promise((resolve) => {
    const timers = [setTimeout(() => resolve('silent'), patience)]
    const end = (fate: Fate) => {
      timers.forEach((timer) => clearTimeout(timer))
      resolve(fate)
    }
    const failed = (error: NodeJS.ErrnoException) => end(fates[error.code ?? ''] ?? 'silent')
    if (protocol === 'tcp') {
      const socket = connect({ host, port })
      socket.on('connect', () => end('answered')).on('error', failed)
      return
    }
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.on('message', () => end('answered')).on('error', failed)
    const ask = () => socket.send('?', (error) => error !== null && failed(error))
    socket.connect(port, host, () => {
      ask()
      timers.push(setTimeout(ask, again))
    })
  })
}

if (import.meta.main) {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  const attempts = JSON.parse(Buffer.concat(chunks).toString()) as readonly Attempt[]
  console.log(JSON.stringify(await Promise.all(attempts.map(attempt))))
  process.exit()
}
