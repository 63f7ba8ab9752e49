import { createSocket } from 'node:dgram'
import { message, packetOf, serverPort } from './dhcp-packet.ts'

/** Runs on a client: sends SERVER one request as if it came from the network of RELAY. */

const [server = '', relay = ''] = process.argv.slice(2)
const socket = createSocket('udp4')
socket.send(packetOf({ type: message.discover, mac: '52:54:00:66:66:66', relay }), serverPort, server, (error) => {
  if (error !== null) throw error
  socket.close()
})
