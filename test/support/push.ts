import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { createInterface } from 'node:readline'
import type { Client } from '../../cli/lab/client.ts'

/** A stream that goes on without being asked for again: one datagram from inside, then only the server sends. */
export interface Push {
  /** Datagrams that have arrived. */
  count(): number
  stop(): void
}

export interface Ports {
  readonly from: number
  readonly to: number
}

/** Milliseconds between two datagrams. */
const beat = 20

export function startPush(
  server: Pick<Client, 'enter'>,
  client: Pick<Client, 'enter'>,
  host: string,
  ports: Ports,
): Push {
  const start = ({ enter }: Pick<Client, 'enter'>, ...words: readonly string[]) => {
    const [program, ...rest] = [...enter, process.execPath, import.meta.filename, ...words]
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
    return { child, lines: createInterface(child.stdout) }
  }
  let count = 0
  const sender = start(server, 'server', host, String(ports.to))
  const receiver = start(client, 'client', host, String(ports.to), String(ports.from))
  receiver.lines.on('line', () => (count += 1))
  return {
    count: () => count,
    stop: () => [sender, receiver].forEach(({ child }) => child.kill()),
  }
}

if (import.meta.main) {
  const [role, host = '', to = '', from = ''] = process.argv.slice(2)
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  // Refused while locked: the sender goes on.
  socket.on('error', () => undefined)
  if (role === 'server') {
    socket.once('message', (_, { address, port }) =>
      setInterval(() => socket.send('.', port, address, () => undefined), beat),
    )
    socket.bind(Number(to), host)
  } else {
    let asking: NodeJS.Timeout | undefined
    socket.on('message', () => {
      clearInterval(asking)
      console.log('.')
    })
    socket.bind(Number(from), () => {
      asking = setInterval(() => socket.send('?', Number(to), host, () => undefined), beat)
    })
  }
}
