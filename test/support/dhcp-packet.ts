/** DHCP packets as devices send them, made by hand: also such as no well-behaved device would send. */

export const message = { discover: 1, offer: 2, request: 3, ack: 5 } as const
export const serverPort = 67
export const clientPort = 68

const option = { requested: 50, type: 53, server: 54, end: 255 } as const

export interface Packet {
  readonly type: number
  readonly mac: string
  /** The offer that this one asks for. */
  readonly offer?: Buffer
  /** A relay that claims to have passed it on. */
  readonly relay?: string
}

export function packetOf({ type, mac, offer, relay = '0.0.0.0' }: Packet): Buffer {
  const packet = Buffer.alloc(240)
  // Request, Ethernet; the answer shall come by broadcast; the magic number of DHCP.
  packet.set([1, 1, 6, 0], 0)
  packet.writeUInt32BE(0x5ca1ab1e, 4)
  packet.writeUInt16BE(0x8000, 10)
  packet.set(relay.split('.').map(Number), 24)
  packet.set(hardwareAddress(mac), 28)
  packet.writeUInt32BE(0x63825363, 236)
  const asked = offer === undefined ? [] : [option.requested, 4, ...offer.subarray(16, 20)]
  const server = offer === undefined ? [] : [option.server, 4, ...(optionOf(offer, option.server) ?? [])]
  return Buffer.concat([packet, Buffer.from([option.type, 1, type, ...server, ...asked, option.end])])
}

/** What an answer says; undefined when it is for another device. */
export function answerTo(mac: string, packet: Buffer): { readonly type: number; readonly address: string } | undefined {
  if (!packet.subarray(28, 34).equals(hardwareAddress(mac))) return undefined
  return { type: typeOf(packet), address: packet.subarray(16, 20).join('.') }
}

export function typeOf(packet: Buffer): number {
  return optionOf(packet, option.type)?.[0] ?? 0
}

function hardwareAddress(mac: string): Buffer {
  return Buffer.from(mac.replaceAll(':', ''), 'hex')
}

function optionOf(packet: Buffer, code: number): Buffer | undefined {
  for (let at = 240; at < packet.length && packet[at] !== option.end; at += 2 + (packet[at + 1] ?? 0)) {
    if (packet[at] === code) return packet.subarray(at + 2, at + 2 + (packet[at + 1] ?? 0))
  }
  return undefined
}
