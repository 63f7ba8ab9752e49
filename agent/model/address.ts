import { isIPv4, isIPv6 } from 'node:net'

/** Arithmetic with addresses, IPv4 and IPv6 alike as bigint. Takes texts that `node:net` accepts. */

export interface Subnet {
  readonly family: 4 | 6
  readonly bits: 32 | 128
  /** The address written before the slash. */
  readonly address: bigint
  readonly prefix: number
  /** Lowest and highest address of the subnet. */
  readonly first: bigint
  readonly last: bigint
}

/** Undefined for what is no address. */
export function addressNumber(text: string): bigint | undefined {
  if (isIPv4(text)) return BigInt(ipv4Number(text))
  return isIPv6(text) && !text.includes('%') ? ipv6Number(text) : undefined
}

function ipv4Number(text: string): number {
  return text.split('.').reduce((number, part) => number * 256 + Number(part), 0)
}

function ipv6Number(text: string): bigint {
  const dotted = /[^:]+\.[^:]+$/.exec(text)?.[0]
  const tail = dotted === undefined ? 0 : ipv4Number(dotted)
  const plain =
    dotted === undefined
      ? text
      : text.slice(0, -dotted.length) + `${(tail >>> 16).toString(16)}:${(tail & 0xffff).toString(16)}`
  const [head = '', rest] = plain.split('::')
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const before = groups(head)
  const after = groups(rest ?? '')
  const zeros: string[] = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return BigInt(`0x${[...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join('')}`)
}

/** `10.20.0.1/16` or a plain address, which is a subnet of one. Undefined for anything else. */
export function subnetOf(text: string): Subnet | undefined {
  const [written = '', length] = text.split('/')
  const address = addressNumber(written)
  if (address === undefined) return undefined
  const family = isIPv4(written) ? 4 : 6
  const bits = family === 4 ? 32 : 128
  const prefix = length === undefined ? bits : Number(length)
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) return undefined
  const size = 1n << BigInt(bits - prefix)
  const first = address - (address % size)
  return { family, bits, address, prefix, first, last: first + size - 1n }
}

export function contains(subnet: Pick<Subnet, 'first' | 'last'>, address: bigint): boolean {
  return subnet.first <= address && address <= subnet.last
}

export function overlap(one: Subnet, other: Subnet): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last
}

/** `10.20.0.0/16`; of IPv6 the shortest form of RFC 5952. */
export function subnetText(subnet: Subnet): string {
  return `${addressText(subnet.first, subnet.family)}/${subnet.prefix}`
}

export function addressText(address: bigint, family: 4 | 6): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => (address >> BigInt(112 - 16 * index)) & 0xffffn)
  const zeros = (start: number): number => {
    const end = groups.findIndex((group, index) => index >= start && group !== 0n)
    return (end === -1 ? 8 : end) - start
  }
  const start = groups.reduce((best, _, index) => (zeros(index) > zeros(best) ? index : best), 0)
  const text = groups.map((group) => group.toString(16))
  if (zeros(start) < 2) return text.join(':')
  return `${text.slice(0, start).join(':')}::${text.slice(start + zeros(start)).join(':')}`
}
