import { subnetOf, subnetText } from '../../model/address.ts'
import type { TimeActual, TimeDesired, TimeStep } from './schema.ts'

export function plan({ servers, networks }: TimeDesired, { running }: TimeActual): readonly TimeStep[] {
  const reason = ((): string | undefined => {
    if (running === undefined) return 'it does not answer'
    const found = running.sources.map((source) => source.name)
    if (!same(servers, found)) return 'it asks other servers than it should'
    const missing = networks.find((network) => !running.served.some((served) => sameSubnet(served, network)))
    if (missing !== undefined) return `it does not serve ${missing}`
    return running.open ? 'it serves strangers' : undefined
  })()
  return reason === undefined ? [] : [{ kind: 'restart', reason }]
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted())
}

function sameSubnet(one: string, other: string): boolean {
  const [a, b] = [subnetOf(one), subnetOf(other)]
  return a !== undefined && b !== undefined && subnetText(a) === subnetText(b)
}

export function describe({ reason }: TimeStep): string {
  return `restart chronyd: ${reason}`
}
