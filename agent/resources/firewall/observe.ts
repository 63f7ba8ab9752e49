import { readListing } from '../../nftables/listing.ts'
import type { Ruleset } from '../../nftables/ruleset.ts'
import type { System } from '../../system/system.ts'
import { table, type FirewallActual } from './schema.ts'

const tables = JSON.stringify({ nftables: [{ list: { tables: null } }] })
const listed = (family: Ruleset['family']): string =>
  JSON.stringify({ nftables: [{ list: { table: { family, name: table } } }] })
const ours: readonly string[] = [`inet ${table}`, `bridge ${table}`]

/** The kernel's own rules, sets and locks, and whose tables are there besides ours. */
export async function observe({ nftables, clock }: System): Promise<FirewallActual> {
  const names = tableNames(await nftables.run(tables))
  const read = async (family: Ruleset['family']) =>
    names.includes(`${family} ${table}`) ? readListing(await nftables.run(listed(family))) : undefined
  const listing = await read('inet')
  const bridge = await read('bridge')
  return { listing, bridge, foreign: names.filter((name) => !ours.includes(name)), at: clock.now() }
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
export function later({ listing, bridge, foreign }: FirewallActual, elapsed: number, now: number): FirewallActual {
  const passed = Math.round(elapsed / 1000)
  const sets = listing?.sets.map((set) => ({
    ...set,
    elements: set.elements.flatMap((element) => {
      if (element.expires === undefined) return [element]
      const expires = element.expires - passed
      return expires > 0 ? [{ ...element, expires }] : []
    }),
  }))
  return { listing: listing && { ...listing, sets: sets ?? [] }, bridge, foreign, at: now }
}

/** What frames have left in our table for them, and the names of other tables; far cheaper than the whole. */
export async function observeFrames({
  nftables,
}: Pick<System, 'nftables'>): Promise<Pick<FirewallActual, 'bridge' | 'foreign'>> {
  const names = tableNames(await nftables.run(tables))
  const bridge = names.includes(`bridge ${table}`) ? readListing(await nftables.run(listed('bridge'))) : undefined
  return { bridge, foreign: names.filter((name) => !ours.includes(name)) }
}

interface Tables {
  readonly nftables: readonly { readonly table?: { readonly family: string; readonly name: string } }[]
}

function tableNames(text: string): readonly string[] {
  return (JSON.parse(text) as Tables).nftables.flatMap((entry) =>
    entry.table === undefined ? [] : [`${entry.table.family} ${entry.table.name}`],
  )
}
