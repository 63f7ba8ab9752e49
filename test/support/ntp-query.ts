import { createSocket } from 'node:dgram'

/**
 * Asks an NTP server once, as a client on the network does: `node ntp-query.ts SERVER` prints
 * `{"stratum":3,"time":1795283853000}`, or ends with status 1 when there is no answer within three seconds.
 */
const [, , server = ''] = process.argv
const socket = createSocket(server.includes(':') ? 'udp6' : 'udp4')
const timer = setTimeout(() => {
  process.exitCode = 1
  socket.close()
}, 3_000)
/** Seconds from the NTP era (1900) to the Unix epoch. */
const eraToEpoch = 2_208_988_800
socket.on('message', (packet) => {
  clearTimeout(timer)
  const time = (packet.readUInt32BE(40) - eraToEpoch) * 1000
  console.log(JSON.stringify({ stratum: packet.readUInt8(1), time }))
  socket.close()
})
const question = Buffer.alloc(48)
/** Version 4, mode 3 (client): RFC 5905, section 7.3. */
question.writeUInt8((4 << 3) | 3, 0)
socket.send(question, 123, server)
