import { createSocket } from 'node:dgram'
import { answerTo, clientPort, message, packetOf, serverPort } from './dhcp-packet.ts'

/**
 * Runs in a client's network namespace: asks as the device MAC, 50 times a second, until the server has given it the
 * address WANTED by DISCOVER, OFFER, REQUEST and ACK. Then prints the machine's monotonic clock in nanoseconds.
 * Packets leave through the IP stack: the client has to have an address and a default route already.
 */

const [mac = '', wanted = ''] = process.argv.slice(2)
const socket = createSocket({ type: 'udp4', reuseAddr: true })
socket.bind(clientPort, () => {
  socket.setBroadcast(true)
  process.stdout.write('asking\n')
  const timer = setInterval(() => send(packetOf({ type: message.discover, mac })), 20)
  socket.on('message', (packet) => {
    const answer = answerTo(mac, packet)
    if (answer?.address !== wanted) return
    if (answer.type === message.offer) send(packetOf({ type: message.request, mac, offer: packet }))
    if (answer.type !== message.ack) return
    process.stdout.write(`${process.hrtime.bigint()}\n`)
    clearInterval(timer)
    socket.close()
  })
})

function send(packet: Buffer): void {
  socket.send(packet, serverPort, '255.255.255.255', (error) => {
    if (error !== null) throw error
  })
}
