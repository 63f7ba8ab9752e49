import type { Neighbour, NeighboursActual, NeighboursDesired, NeighboursStep } from './schema.ts'

export function plan(desired: NeighboursDesired, actual: NeighboursActual): readonly NeighboursStep[] {
  const found = new Map(actual.fixed.map((one) => [keyOf(one), one.mac]))
  const kept = new Set(desired.neighbours.map(keyOf))
  const ready = new Set(actual.bridges)
  const ours = new Set(desired.bridges)
  const set = desired.neighbours.filter((one) => ready.has(one.bridge) && found.get(keyOf(one)) !== one.mac)
  const released = actual.fixed.filter((one) => ours.has(one.bridge) && !kept.has(keyOf(one)))
  return set.length + released.length === 0 ? [] : [{ kind: 'fix', set, released }]
}

const keyOf = ({ bridge, address }: Neighbour): string => `${bridge} ${address}`

/** A few by name, many by their number: a first state fixes thousands. */
const told = 10

export function describe({ set, released }: NeighboursStep): string {
  return [...lines('+', set), ...lines('-', released)].join('\n')
}

function lines(sign: '+' | '-', neighbours: readonly Neighbour[]): readonly string[] {
  if (neighbours.length > told) return [`${sign} cards of ${neighbours.length} addresses`]
  return neighbours.map(({ address, mac }) => `${sign} card of ${address}: ${mac}`)
}
