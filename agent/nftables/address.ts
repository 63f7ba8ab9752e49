import { isIPv4, isIPv6 } from 'node:net'

/** As the kernel spells it (RFC 5952), which is also how URLs do. */
export function spelt(address: string): string {
  return isIPv6(address) && !address.includes('%') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address
}

/** The address before the prefix length. */
export function plain(interfaceAddress: string): string {
  return spelt(interfaceAddress.split('/')[0] ?? interfaceAddress)
}

/** What the kernel takes a destination for; only what is for one host alone is ever passed on. */
export type Reach = 'local' | 'broadcast' | 'multicast' | 'unicast'

/**
 * @param own addresses of the box, spelt.
 * @param networks the box's addresses in its networks, with prefix lengths.
 */
export function reachOf(address: string, own: ReadonlySet<string>, networks: readonly string[]): Reach {
  if (own.has(address)) return 'local'
  if (address === '255.255.255.255' || networks.some((network) => broadcastOf(network) === address)) return 'broadcast'
  const isMulticast = isIPv4(address) ? numberOf(address) >>> 28 === 14 : address.startsWith('ff')
  return isMulticast ? 'multicast' : 'unicast'
}

/** The last address of an IPv4 network; a network of one or two hosts has no address for all of them. */
function broadcastOf(interfaceAddress: string): string | undefined {
  const [address = '', length] = interfaceAddress.split('/')
  const hosts = 32 - Number(length)
  if (!isIPv4(address) || hosts < 2) return undefined
  const last = (numberOf(address) | (2 ** hosts - 1)) >>> 0
  return [24, 16, 8, 0].map((shift) => (last >>> shift) & 255).join('.')
}

const numberOf = (ipv4: string): number => ipv4.split('.').reduce((number, part) => number * 256 + Number(part), 0)
