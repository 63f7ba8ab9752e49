import { readListing } from '../../nftables/listing.ts'
import type { System } from '../../system/system.ts'
import { table, type FirewallActual } from './schema.ts'

const tables = JSON.stringify({ nftables: [{ list: { tables: null } }] })
const ours = JSON.stringify({ nftables: [{ list: { table: { family: 'inet', name: table } } }] })

/** The kernel's own rules, sets and locks, and whose tables are there besides ours. */
export async function observe({ nftables, clock }: System): Promise<FirewallActual> {
  const names = tableNames(await nftables.run(tables))
  const own = `inet ${table}`
  const listing = names.includes(own) ? readListing(await nftables.run(ours)) : undefined
  return { listing, foreign: names.filter((name) => name !== own), at: clock.now() }
}

interface Seen {
  readonly generation: number
  /** Of the monotonic clock: the kernel's timers run on whatever time somebody sets. */
  readonly ticks: number
  readonly actual: FirewallActual
}

const seen = new WeakMap<System['nftables'], Seen>()

/**
 * The same without reading 2,000 devices again while nobody has changed any rules. What packets fill, bans and meters,
 * is as old as the last reading; locks have run on.
 */
export async function observeChanges(system: System): Promise<FirewallActual> {
  const { nftables, clock } = system
  const generation = nftables.generation()
  const before = seen.get(nftables)
  const ticks = clock.monotonic()
  if (before !== undefined && before.generation === generation) {
    return later(before.actual, ticks - before.ticks, clock.now())
  }
  const actual = await observe(system)
  // Taken before reading: what was changed meanwhile is read again the next time.
  if (generation !== undefined) seen.set(nftables, { generation, ticks, actual })
  return actual
}

/**
 * What was seen, as it must be by now. Pure.
 * @param elapsed milliseconds since then
 * @param now milliseconds since the epoch
 */
export function later({ listing, foreign }: FirewallActual, elapsed: number, now: number): FirewallActual {
  const passed = Math.round(elapsed / 1000)
  const sets = listing?.sets.map((set) => ({
    ...set,
    elements: set.elements.flatMap((element) => {
      if (element.expires === undefined) return [element]
      const expires = element.expires - passed
      return expires > 0 ? [{ ...element, expires }] : []
    }),
  }))
  return { listing: listing && { ...listing, sets: sets ?? [] }, foreign, at: now }
}

/** The names of other tables only; far cheaper than the whole. */
export async function foreignTables({ nftables }: Pick<System, 'nftables'>): Promise<readonly string[]> {
  return tableNames(await nftables.run(tables)).filter((name) => name !== `inet ${table}`)
}

interface Tables {
  readonly nftables: readonly { readonly table?: { readonly family: string; readonly name: string } }[]
}

function tableNames(text: string): readonly string[] {
  return (JSON.parse(text) as Tables).nftables.flatMap((entry) =>
    entry.table === undefined ? [] : [`${entry.table.family} ${entry.table.name}`],
  )
}
