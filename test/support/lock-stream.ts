import { createSocket } from 'node:dgram'
import { connect, createServer } from 'node:net'

/**
 * Two ends of a stream for the bench of locks. `send HOST` keeps sending by UDP and TCP, five packets a millisecond
 * at most; `receive HOST` writes the time of the last packet of each and the time it is, in milliseconds of the machine's
 * monotonic clock, whenever it is asked by a line.
 */

const port = 9000
/** Milliseconds between two packets, which is how exact the end can be told. */
const beat = 0.2

const pause = new Int32Array(new SharedArrayBuffer(4))
const now = (): number => Number(process.hrtime.bigint()) / 1e6

function receive(host: string): void {
  const last = { udp: 0, tcp: 0 }
  createSocket('udp4')
    .on('message', () => (last.udp = now()))
    .bind(port, host)
  createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('data', () => (last.tcp = now())).on('error', () => socket.destroy())
  }).listen(port, host)
  process.stdin.on('data', () => console.log(JSON.stringify({ ...last, now: now() })))
}

function send(host: string): void {
  const datagrams = createSocket('udp4').on('error', () => undefined)
  datagrams.connect(port, host, () => beatOn())
  let stream = dial(host)
  function beatOn(): void {
    datagrams.send('.', () => undefined)
    if (stream.destroyed) stream = dial(host)
    else if (!stream.connecting) stream.write('.')
    Atomics.wait(pause, 0, 0, beat)
    setImmediate(beatOn)
  }
}

function dial(host: string) {
  return connect({ host, port, noDelay: true }).on('error', () => undefined)
}

const [role, host = ''] = process.argv.slice(2)
if (role === 'receive') receive(host)
else send(host)
