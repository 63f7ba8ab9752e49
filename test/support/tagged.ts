import { connect } from 'node:net'
import { isIPv4 } from 'node:net'

/**
 * A DHCP client that speaks in tagged Ethernet frames (802.1Q) over a socket, for kernels that know no VLANs: just
 * enough to ask for an address and to hear what is offered.
 */

export interface Offer {
  /** VLAN of the frame the offer came in; undefined: it came untagged. */
  readonly vlan: number | undefined
  readonly address: string
  /** The server as it names itself (option 54). */
  readonly server: string
}

const ethertype = { ipv4: 0x0800, vlan: 0x8100 } as const
const options = { messageType: 53, server: 54, end: 255 } as const

/** Shouts DISCOVER in a VLAN until somebody offers an address. */
export async function discover(socketPath: string, vlan: number, mac: string, signal: AbortSignal): Promise<Offer> {
  const hardware = Buffer.from(mac.replaceAll(':', ''), 'hex')
  const socket = connect({ path: socketPath, signal })
  const shout = () => socket.write(framed(tagged(vlan, hardware, discovery(hardware))))
  const shouting = setInterval(shout, 1000)
  shout()
  try {
    for await (const frame of frames(socket)) {
      const offer = offerIn(frame, hardware)
      if (offer !== undefined) return offer
    }
    throw new Error('the machine hung up')
  } finally {
    clearInterval(shouting)
    socket.destroy()
  }
}

/** QEMU puts the length in front of each frame. */
function framed(frame: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(frame.length)
  return Buffer.concat([length, frame])
}

async function* frames(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
      const end = 4 + rest.readUInt32BE(0)
      yield rest.subarray(4, end)
      rest = rest.subarray(end)
    }
  }
}

function tagged(vlan: number, from: Buffer, packet: Buffer): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt16BE(ethertype.vlan, 0)
  head.writeUInt16BE(vlan, 2)
  head.writeUInt16BE(ethertype.ipv4, 4)
  return Buffer.concat([Buffer.alloc(6, 0xff), from, head, packet])
}

/** An IPv4 packet from nobody to everybody, UDP 68 → 67, with a DISCOVER in it. */
function discovery(hardware: Buffer): Buffer {
  const message = Buffer.alloc(300)
  message.set([1, 1, 6, 0, 0x15, 0xe2, 0x00, 0x01], 0)
  message.writeUInt16BE(0x8000, 10) // answer to everybody: we have no address yet
  message.set(hardware, 28)
  message.set([0x63, 0x82, 0x53, 0x63, options.messageType, 1, 1, options.end], 236)
  const udp = Buffer.alloc(8)
  udp.set([0, 68, 0, 67], 0)
  udp.writeUInt16BE(8 + message.length, 4)
  const ip = Buffer.alloc(20)
  ip.set([0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17], 0)
  ip.writeUInt16BE(28 + message.length, 2)
  ip.fill(0xff, 16)
  ip.writeUInt16BE(checksum(ip), 10)
  return Buffer.concat([ip, udp, message])
}

function checksum(head: Buffer): number {
  const words = Array.from({ length: head.length / 2 }, (_, index) => head.readUInt16BE(index * 2))
  const sum = words.reduce((total, word) => total + word, 0)
  return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff
}

function offerIn(frame: Buffer, hardware: Buffer): Offer | undefined {
  const isTagged = frame.readUInt16BE(12) === ethertype.vlan
  const packet = frame.subarray(isTagged ? 18 : 14)
  const message = packet.subarray(28)
  const isReply = packet.length > 268 && packet[9] === 17 && packet.readUInt16BE(22) === 68
  if (!isReply || !message.subarray(28, 34).equals(hardware)) return undefined
  const server = optionOf(message, options.server)
  if (server === undefined) return undefined
  return {
    vlan: isTagged ? frame.readUInt16BE(14) & 0x0fff : undefined,
    address: dotted(message.subarray(16, 20)),
    server: dotted(server),
  }
}

function optionOf(message: Buffer, wanted: number): Buffer | undefined {
  for (let at = 240; at < message.length && message[at] !== options.end; at += 2 + (message[at + 1] ?? 0)) {
    if (message[at] === wanted) return message.subarray(at + 2, at + 2 + (message[at + 1] ?? 0))
  }
  return undefined
}

function dotted(bytes: Buffer): string {
  const text = [...bytes].join('.')
  if (!isIPv4(text)) throw new Error(`${text} is no address`)
  return text
}
