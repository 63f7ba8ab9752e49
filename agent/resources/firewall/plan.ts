import { compare, type Difference } from '../../nftables/compare.ts'
import type { ListedElement } from '../../nftables/listing.ts'
import type { Ruleset } from '../../nftables/ruleset.ts'
import { liveChanges, replacement, type LiveElement } from '../../nftables/transaction.ts'
import { isOver, lockElement, lockSet } from './locks.ts'
import type { FirewallActual, FirewallDesired, FirewallStep } from './schema.ts'

/** Seconds by which a timer may differ: the kernel tells whole seconds, and reading takes time. */
const tolerance = 2
/**
 * Milliseconds. A lock is set in the kernel before it is in the ledger, and this plan may stand on an older look at
 * the ledger; only a lock that has been unknown for longer is nobody's.
 */
const settling = 10_000

interface LockChange {
  readonly difference: Difference
  readonly element: LiveElement
}

/** Nothing, a few locks, or the whole table in one transaction. */
export function plan(desired: FirewallDesired, actual: FirewallActual): readonly FirewallStep[] {
  const { ruleset } = desired
  const { listing, bridge } = actual
  const locks = lockChanges(desired, actual)
  const lockLines = locks.map(({ difference }) => difference)
  // The closed table, in force until a box has its first state, has no sets.
  const first = listing === undefined || listing.sets.length === 0
  const comparison = first ? undefined : compare(ruleset, listing)
  // A table that is not there yet is one line: its rules are the same for every school.
  const frames = bridge === undefined ? [missing(desired.bridge)] : compare(desired.bridge, bridge).differences
  const differences = [...(comparison?.differences ?? everything(desired)), ...frames]
  const elements = locks.map(({ element }) => element)
  if (differences.length > 0) {
    // A set that is made anew is empty: what is right in it goes along.
    const kept = comparison?.staleSets.includes(lockSet) === true ? locksToKeep(locks, actual) : []
    const commands = replacement(
      { wanted: ruleset, listing, live: [...elements, ...kept] },
      { wanted: desired.bridge, listing: bridge },
    )
    return [{ kind: 'replace', changes: [...differences, ...lockLines], commands }]
  }
  if (locks.length === 0) return []
  return [{ kind: 'locks', changes: lockLines, commands: liveChanges(ruleset.table, elements) }]
}

export function describe({ changes }: FirewallStep): string {
  return changes.map(({ sign, what }) => `${sign} ${what}`).join('\n')
}

/** The set is not emptied and refilled: what is right in it keeps its timer, also when it came a moment ago. */
function lockChanges({ locks, rooms }: FirewallDesired, { listing, at }: FirewallActual): readonly LockChange[] {
  const inForce = new Map(locksIn(listing).map((one) => [one.key, one]))
  const names = new Map(Object.entries(rooms).map(([name, number]) => [number, name]))
  const running = locks.filter(({ until }) => !isOver(until, at))
  // A clock that was set back makes none of them young again.
  const isYoung = (since: number): boolean => since > at - settling && since <= at + tolerance * 1000
  const wanted = new Set<string | number>(running.map(({ number }) => number))
  const gone = [...inForce.values()]
    .filter(({ key, comment }) => !wanted.has(key) && !isYoung(Number(comment)))
    .map(({ key }): LockChange => ({
      difference: { sign: '-', what: `lock of room ${names.get(Number(key)) ?? `number ${key}`}` },
      element: { set: lockSet, key },
    }))
  const set = running.flatMap(({ room, number, until }): readonly LockChange[] => {
    const element = lockElement(number, until, at)
    const known = inForce.get(number)
    if (known !== undefined && sameTimer(known.expires, element.lasts ?? null)) return []
    return [
      {
        difference: { sign: known === undefined ? '+' : '~', what: `lock of room ${room}` },
        element,
      },
    ]
  })
  return [...gone, ...set]
}

function locksToKeep(changes: readonly LockChange[], { listing }: FirewallActual): readonly LiveElement[] {
  const changed = new Set(changes.map(({ element }) => element.key))
  return locksIn(listing).flatMap(({ key, expires, comment }) =>
    changed.has(key) || typeof key !== 'number'
      ? []
      : [{ set: lockSet, key, lasts: expires ?? null, ...(comment === undefined ? {} : { comment }) }],
  )
}

function locksIn(listing: FirewallActual['listing']): readonly ListedElement[] {
  return listing?.sets.find(({ name }) => name === lockSet)?.elements ?? []
}

function sameTimer(expires: number | undefined, lasts: number | null): boolean {
  if (expires === undefined || lasts === null) return expires === undefined && lasts === null
  return Math.abs(expires - lasts) <= tolerance
}

const missing = ({ family, table }: Ruleset): Difference => ({ sign: '+', what: `table ${family} ${table}` })

/** A first table in a line for each kind of thing, not for each of 2,000 devices. */
function everything({ firewall, ruleset }: FirewallDesired): readonly Difference[] {
  const { networks, rooms, devices, services, forwards } = firewall
  return [
    {
      sign: '+',
      what: `table inet ${ruleset.table}: ${networks.length} networks, ${rooms.length} rooms, ${devices.length} devices`,
    },
    ...services.map(({ name, protocol, ports, from }) => ({
      sign: '+' as const,
      what: `service ${name} ${protocol} ${ports.join(', ')} from ${from.join(', ')}`,
    })),
    ...forwards.map(({ name, protocol, port, to }) => ({
      sign: '+' as const,
      what: `forward ${name} ${protocol} ${port} → ${to.address}:${to.port}`,
    })),
  ]
}
