import { createSocket } from 'node:dgram'
import { createServer as createWebServer } from 'node:http'
import { createServer } from 'node:net'

/**
 * The one host of the lab's internet, a program of its own in the provider's namespace. The page tells who asked: with
 * address translation that is the box.
 */

const webPort = 80
const echoPort = 7
const timePort = 123
/** Seconds from the beginning of NTP's era (1900) to that of Unix. */
const eraToEpoch = 2_208_988_800

createWebServer((request, response) => {
  const from = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  response.setHeader('content-type', 'text/plain')
  response.end(`Hello ${from}, this is ${request.headers.host ?? 'the internet'}.\n`)
}).listen(webPort, '::')

createServer((socket) => {
  socket.on('error', () => socket.destroy())
  socket.pipe(socket)
}).listen(echoPort, '::')

/** Answers must come from the address that was asked, so the sockets are bound to the host's own (the arguments). */
const hosts = process.argv.slice(2)
const socketAt = (host: string) => createSocket(host.includes(':') ? 'udp6' : 'udp4')

for (const host of hosts) {
  const echo = socketAt(host)
  echo.on('message', (message, from) => echo.send(message, from.port, from.address))
  echo.bind(echoPort, host)
}

for (const host of hosts) {
  const clock = socketAt(host)
  clock.on('message', (question, from) => clock.send(timeAnswer(question), from.port, from.address))
  clock.bind(timePort, host)
}

/** This machine's clock as a time server of the first stratum tells it: RFC 5905, section 7.3. */
function timeAnswer(question: Buffer): Buffer {
  const answer = Buffer.alloc(48)
  const [version, server, stratum] = [4, 4, 1]
  answer.writeUInt8((version << 3) | server, 0)
  answer.writeUInt8(stratum, 1)
  /** About a microsecond, as a power of two of a second. */
  answer.writeInt8(-20, 3)
  answer.write('LAB', 12, 'ascii')
  question.copy(answer, 24, 40, 48)
  for (const field of [16, 32, 40]) {
    const seconds = Date.now() / 1000 + eraToEpoch
    answer.writeUInt32BE(Math.floor(seconds), field)
    answer.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), field + 4)
  }
  return answer
}
