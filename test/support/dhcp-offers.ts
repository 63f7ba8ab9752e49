import { createSocket } from 'node:dgram'
import { answerTo, clientPort, message, packetOf, serverPort } from './dhcp-packet.ts'

/**
 * Runs in a client's network namespace: asks COUNT times for an offer, one question after the other, and takes none.
 * Packets leave through the IP stack: the client has to have an address and a default route already.
 */

const [mac = '', count = ''] = process.argv.slice(2)
const socket = createSocket({ type: 'udp4', reuseAddr: true })
const asking = { left: Number(count) }
const ask = (): void => {
  asking.left -= 1
  socket.send(packetOf({ type: message.discover, mac }), serverPort, '255.255.255.255')
}
socket.bind(clientPort, () => {
  socket.setBroadcast(true)
  socket.on('message', (packet) => {
    if (answerTo(mac, packet)?.type !== message.offer) return
    if (asking.left > 0) ask()
    else socket.close()
  })
  ask()
})
