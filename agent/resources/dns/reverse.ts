import { addressNumber, addressText, subnetOf } from '../../model/address.ts'

/** Names of the reverse tree: `7.14.20.10.in-addr.arpa.`, and nibble by nibble for IPv6. */

interface Tree {
  readonly suffix: string
  readonly bits: number
  /** Bits of one label. */
  readonly step: number
  readonly radix: number
}

const trees: Readonly<Record<4 | 6, Tree>> = {
  4: { suffix: 'in-addr.arpa.', bits: 32, step: 8, radix: 10 },
  6: { suffix: 'ip6.arpa.', bits: 128, step: 4, radix: 16 },
}

/** The longest zone that is delegated by whole labels: a host has no zone of its own. */
const longestZone = { 4: 24, 6: 124 } as const

function labelsOf(address: bigint, count: number, { bits, step, radix, suffix }: Tree): string {
  const labels = Array.from({ length: count }, (_, index) =>
    ((address >> BigInt(bits - step * (index + 1))) & ((1n << BigInt(step)) - 1n)).toString(radix),
  )
  return [...labels.toReversed(), suffix].join('.')
}

/** @param address an IPv4 or IPv6 address without prefix length. */
export function reverseName(address: string): string {
  const tree = trees[address.includes(':') ? 6 : 4]
  return labelsOf(addressNumber(address) ?? 0n, tree.bits / tree.step, tree)
}

/** The zones that together are a network: one for 10.20.0.0/16, four for 10.30.0.0/22. */
export function reverseZones(network: string): readonly string[] {
  const subnet = subnetOf(network)
  if (subnet === undefined) return []
  const tree = trees[subnet.family]
  const labels = Math.ceil(Math.min(Math.max(subnet.prefix, 1), longestZone[subnet.family]) / tree.step)
  const zoneBits = labels * tree.step
  const count = 1 << Math.max(zoneBits - subnet.prefix, 0)
  const size = 1n << BigInt(tree.bits - zoneBits)
  return Array.from({ length: count }, (_, index) => labelsOf(subnet.first + BigInt(index) * size, labels, tree))
}

/** As the resolver prints it, so that texts can be compared. */
export function canonical(address: string): string {
  return addressText(addressNumber(address) ?? 0n, address.includes(':') ? 6 : 4)
}
