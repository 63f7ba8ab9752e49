import { Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { connect, isIPv6 } from 'node:net'
import { join } from 'node:path'
import { BoxError, isBoxError } from '../errors.ts'
import { hearing, packetSockets } from './packet-sockets.ts'
import type { DnsAnswer, Network, Processes } from './system.ts'

/** What the library calls the answers that are no answers. */
const statuses: Readonly<Record<string, string>> = {
  ENOTFOUND: 'NXDOMAIN',
  ENODATA: 'NOERROR',
  ESERVFAIL: 'SERVFAIL',
  EREFUSED: 'REFUSED',
  ENOTIMP: 'NOTIMP',
  EFORMERR: 'FORMERR',
}

/**
 * Sockets as seen from this process.
 * @param root put in front of the paths of Unix sockets.
 */
export function networkUnder(root = ''): Network {
  return {
    exchange: (path, text, timeout = 10_000) =>
      new Promise((resolve, reject) => {
        const socket = connect(root === '' ? path : join(root, path))
        const parts: Buffer[] = []
        socket.setTimeout(timeout, () => socket.destroy(new Error(`no answer within ${timeout / 1000} s`)))
        socket.on('data', (part: Buffer) => parts.push(part))
        socket.on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
        socket.on('error', (cause) => {
          reject(new BoxError('SOCKET_UNREACHABLE', `Nobody answers on ${path} (${cause.message})`, { cause }))
        })
        socket.end(text)
      }),
    query: (server, port, name, type, timeout) => ask(server, port, name, type, timeout),
    hearing: async () => hearing(await readFile(packetSockets, 'utf8'), '/sys/class/net'),
  }
}

/** The same for a system whose network namespace is not ours: the question is asked by a short-lived process inside. */
export function networkInside(root: string, processes: Processes): Network {
  return {
    exchange: (...question) => networkUnder(root).exchange(...question),
    async query(server, port, name, type, timeout = 2_000) {
      const question = [server, String(port), name, type, String(timeout)]
      try {
        const argv = [process.execPath, join(import.meta.dirname, 'query.ts'), ...question] as const
        return JSON.parse((await processes.run(argv)).stdout) as DnsAnswer
      } catch (cause) {
        if (!isBoxError(cause, 'PROCESS_FAILED')) throw cause
        throw unanswered(server, port, name, cause)
      }
    },
    async hearing() {
      const { stdout } = await processes.run(['cat', packetSockets])
      return hearing(stdout, join(root, '/sys/class/net'))
    },
  }
}

/** Asks one server once. An answer of any kind is a result; silence is `SOCKET_UNREACHABLE`. */
export async function ask(
  server: string,
  port: number,
  name: string,
  type: Parameters<Network['query']>[3],
  timeout = 2_000,
): Promise<DnsAnswer> {
  const resolver = new Resolver({ timeout, tries: 1 })
  resolver.setServers([isIPv6(server) ? `[${server}]:${port}` : `${server}:${port}`])
  try {
    const found: unknown = await resolver.resolve(name, type)
    return { status: 'NOERROR', answers: (Array.isArray(found) ? found : [found]).map((one) => textOf(one)) }
  } catch (cause) {
    const status = statuses[(cause as NodeJS.ErrnoException).code ?? '']
    if (status !== undefined) return { status, answers: [] }
    throw unanswered(server, port, name, cause)
  }
}

function unanswered(server: string, port: number, name: string, cause: unknown): BoxError {
  return new BoxError('SOCKET_UNREACHABLE', `No answer from the name server ${server} port ${port} for ${name}`, {
    cause,
  })
}

function textOf(record: unknown): string {
  if (typeof record === 'string') return record
  return Array.isArray(record) ? record.join('') : JSON.stringify(record)
}
