import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { Client } from '../../cli/lab/client.ts'

/** One flow of DNS questions: a TCP connection, or UDP from one port. */
export interface DnsFlow {
  /** The answer's status, or `silent` when none comes: the flow was refused or broken. */
  ask(name: string): Promise<string>
  stop(): void
}

/** Milliseconds for an answer. */
const patience = 2_000

export function openDnsFlow(client: Pick<Client, 'enter'>, protocol: 'tcp' | 'udp', server: string): DnsFlow {
  const [program, ...rest] = [...client.enter, process.execPath, import.meta.filename, protocol, server]
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    async ask(name) {
      child.stdin.write(`${name}\n`)
      return String((await answers.next()).value)
    },
    stop: () => child.kill(),
  }
}

const statuses = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED']

/** A question for an IPv4 address (RFC 1035, 4.1), with recursion desired. */
function question(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]))
  return Buffer.concat([Buffer.from('000101000001000000000000', 'hex'), ...labels, Buffer.from('0000010001', 'hex')])
}

if (import.meta.main) {
  const [protocol, server = ''] = process.argv.slice(2)
  let answered: (message: Buffer) => void = () => undefined
  const send = protocol === 'tcp' ? overTcp() : await overUdp()
  for await (const name of createInterface(process.stdin)) {
    const status = await new Promise<string>((resolve) => {
      const timer = setTimeout(() => resolve('silent'), patience)
      answered = (message) => {
        clearTimeout(timer)
        resolve(statuses[(message[3] ?? 0) & 15] ?? 'other')
      }
      send(question(name))
    })
    console.log(status)
  }

  function overTcp(): (message: Buffer) => void {
    const socket = connect(53, server)
    socket.on('error', () => undefined).on('data', (data: Buffer) => answered(data.subarray(2)))
    return (message) => socket.write(Buffer.concat([Buffer.from([0, message.length]), message]), () => undefined)
  }

  async function overUdp(): Promise<(message: Buffer) => void> {
    const socket = createSocket(server.includes(':') ? 'udp6' : 'udp4')
    socket.on('error', () => undefined).on('message', (message) => answered(message))
    await new Promise<void>((resolve) => socket.connect(53, server, resolve))
    return (message) => socket.send(message, () => undefined)
  }
}
