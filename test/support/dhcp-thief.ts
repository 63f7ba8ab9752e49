import { createSocket } from 'node:dgram'
import { clientPort, message, packetOf, serverPort, typeOf } from './dhcp-packet.ts'

/**
 * Runs in a client's network namespace: one card that asks for an address for each of COUNT devices that do not exist,
 * and takes what it is offered. Ends when it has asked for all. Packets leave through the IP stack: the client has to
 * have an address and a default route already.
 */

const count = Number(process.argv[2])
const macOf = (index: number): string =>
  `52:54:00:66:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`
const socket = createSocket({ type: 'udp4', reuseAddr: true })
const send = (packet: Buffer): void => socket.send(packet, serverPort, '255.255.255.255')
socket.bind(clientPort, () => {
  socket.setBroadcast(true)
  socket.on('message', (packet) => {
    if (typeOf(packet) !== message.offer) return
    const mac = [...packet.subarray(28, 34)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')
    send(packetOf({ type: message.request, mac, offer: packet }))
  })
  let index = 0
  const timer = setInterval(() => {
    send(packetOf({ type: message.discover, mac: macOf(index) }))
    index += 1
    if (index < count) return
    clearInterval(timer)
    socket.close()
  }, 5)
})
