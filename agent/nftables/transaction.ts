import { compare, type Comparison } from './compare.ts'
import type { Json } from './expression.ts'
import type { Listing } from './listing.ts'
import { elementJson, typeJson, type Chain, type NamedSet, type Rule, type Ruleset } from './ruleset.ts'

/** Texts for `nft -j -f -`. nft takes each as one transaction: all of it or nothing. */

/** An element of a live set of the table for packets that is to be there, or not. */
export interface LiveElement {
  readonly set: string
  readonly key: string | number
  /** Seconds until the kernel removes it by itself; null: never; undefined: it is to be gone. */
  readonly lasts?: number | null
  /** Comes back with the listing; at most 128 bytes. */
  readonly comment?: string
}

/** A table that is to come in force. */
export interface Wanted {
  readonly wanted: Ruleset
  /** The table in force; undefined when there is none. */
  readonly listing: Listing | undefined
  readonly live?: readonly LiveElement[]
}

/**
 * Makes the tables in force the wanted ones. Chains are refilled and sets with other contents too; live sets keep what
 * is in them, with the time it has left.
 */
export function replacement(...tables: readonly Wanted[]): string {
  return transaction(
    tables.flatMap(({ wanted, listing, live = [] }) => {
      const difference = listing === undefined ? undefined : compare(wanted, listing)
      return [
        addTable(wanted),
        ...(listing === undefined || difference === undefined ? [] : clearing(wanted, listing, difference)),
        ...filling(wanted, listing, difference),
        ...live.flatMap((element) => liveCommands(wanted.table, element)),
      ]
    }),
  )
}

/** The same without knowing what is in force, as at boot: whatever was there goes, live sets too. */
export function fresh(...tables: readonly Ruleset[]): string {
  return transaction(
    tables.flatMap((wanted) => [
      addTable(wanted),
      { delete: { table: { family: wanted.family, name: wanted.table } } },
      addTable(wanted),
      ...filling(wanted, undefined, undefined),
    ]),
  )
}

/** A transaction made earlier by `fresh`, with what is to be in the live sets by now. Throws `SyntaxError`. */
export function freshWith(text: string, table: string, live: readonly LiveElement[]): string {
  const { nftables } = JSON.parse(text) as { readonly nftables: readonly Command[] }
  return transaction([...nftables, ...live.flatMap((element) => liveCommands(table, element))])
}

/** Only elements of live sets: a lock, an unlock. */
export function liveChanges(table: string, live: readonly LiveElement[]): string {
  return transaction(live.flatMap((element) => liveCommands(table, element)))
}

/** Takes whole tables away. Foreign tables stay. */
export function removal(...tables: readonly Pick<Ruleset, 'family' | 'table'>[]): string {
  return transaction(
    tables.flatMap((one) => [addTable(one), { delete: { table: { family: one.family, name: one.table } } }]),
  )
}

type Command = Readonly<Record<string, Json>>

const transaction = (commands: readonly Command[]): string => JSON.stringify({ nftables: commands })

type Table = Pick<Ruleset, 'family' | 'table'>

const addTable = ({ family, table }: Table): Command => ({ add: { table: { family, name: table } } })

const add = (kind: string, name: string, { family, table }: Table, body: Readonly<Record<string, Json>>): Command => ({
  add: { [kind]: { family, table, name, ...body } },
})

/** In the order in which nothing is taken away that something still refers to. */
function clearing({ family, table }: Ruleset, listing: Listing, difference: Comparison): readonly Command[] {
  const take = (kind: string, name: string): Command => ({ delete: { [kind]: { family, table, name } } })
  const flush = (kind: string, name: string): Command => ({ flush: { [kind]: { family, table, name } } })
  const kindOf = new Map(listing.sets.map((set) => [set.name, set.map === undefined ? 'set' : 'map']))
  const unequal = new Set(difference.unequalSets)
  return [
    ...listing.chains.map(({ name }) => flush('chain', name)),
    ...difference.staleSets.map((name) => take(kindOf.get(name) ?? 'set', name)),
    ...difference.staleChains.map((name) => take('chain', name)),
    ...listing.objects.map(({ kind, name }) => take(kind, name)),
    ...listing.sets
      .filter(({ name }) => unequal.has(name) && !difference.staleSets.includes(name))
      .map(({ name }) => flush(kindOf.get(name) ?? 'set', name)),
  ]
}

function filling(
  ruleset: Ruleset,
  listing: Listing | undefined,
  difference: Comparison | undefined,
): readonly Command[] {
  const { family, table, sets, chains } = ruleset
  const stale = new Set([...(difference?.staleSets ?? []), ...(difference?.staleChains ?? [])])
  const kept = new Set(
    [...(listing?.sets ?? []), ...(listing?.chains ?? [])].map(({ name }) => name).filter((name) => !stale.has(name)),
  )
  const unequal = difference === undefined ? undefined : new Set(difference.unequalSets)
  return [
    ...sets.filter(({ name }) => !kept.has(name)).map((set) => setCommand(ruleset, set)),
    ...sets
      .filter(({ name, elements }) => elements.length > 0 && (unequal?.has(name) ?? true))
      .map(({ name, elements }) => ({
        add: { element: { family, table, name, elem: elements.map(elementJson) } },
      })),
    ...chains.filter(({ name }) => !kept.has(name)).map((chain) => chainCommand(ruleset, chain)),
    ...chains.flatMap((chain) => chain.rules.map((rule) => ruleCommand(ruleset, chain.name, rule))),
  ]
}

function setCommand(table: Table, set: NamedSet): Command {
  const { name, type, map, flags, size, timeout } = set
  return add(map === undefined ? 'set' : 'map', name, table, {
    type: typeJson(type),
    ...(map === undefined ? {} : { map }),
    ...(flags === undefined ? {} : { flags }),
    ...(size === undefined ? {} : { size }),
    ...(timeout === undefined ? {} : { timeout }),
  })
}

function chainCommand(table: Table, { name, hook }: Chain): Command {
  return add('chain', name, table, { ...hook })
}

function ruleCommand({ family, table }: Table, chain: string, { comment, expr }: Rule): Command {
  return { add: { rule: { family, table, chain, ...(comment === undefined ? {} : { comment }), expr } } }
}

/** `destroy` is `delete` that does not mind when the kernel's timer was first. Adding again gives it a new time. */
function liveCommands(table: string, { set, key, lasts, comment }: LiveElement): readonly Command[] {
  const change = (what: Json): Readonly<Record<string, Json>> => ({
    element: { family: 'inet', table, name: set, elem: [what] },
  })
  const gone = { destroy: change(key) }
  if (lasts === undefined) return [gone]
  const extras = { ...(lasts === null ? {} : { timeout: lasts }), ...(comment === undefined ? {} : { comment }) }
  return [gone, { add: change(Object.keys(extras).length === 0 ? key : { elem: { val: key, ...extras } }) }]
}
