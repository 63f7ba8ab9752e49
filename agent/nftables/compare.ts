import type { Json } from './expression.ts'
import type { Listing } from './listing.ts'
import type { Chain, Element, NamedSet, Rule, Ruleset } from './ruleset.ts'

/** What is in force and should not be, or the other way round. */
export interface Difference {
  readonly sign: '+' | '-' | '~'
  /** What a person calls it. */
  readonly what: string
}

/** What stands between a table in force and the wanted one, by the names of its parts. */
export interface Comparison {
  readonly differences: readonly Difference[]
  /** Sets whose definition is other than wanted, or that are not wanted at all. */
  readonly staleSets: readonly string[]
  /** Wanted sets that lack or have elements they should not. */
  readonly unequalSets: readonly string[]
  readonly staleChains: readonly string[]
}

/** Contents of live sets (locks, bans, meters) are not compared: packets and teachers fill them. */
export function compare(wanted: Ruleset, listing: Listing): Comparison {
  const sets = compareSets(wanted, listing)
  const chains = compareChains(wanted, listing)
  const objects = listing.objects.map(({ kind, name }) => ({ sign: '-', what: `${kind} ${name}` }) as const)
  return {
    ...sets,
    ...chains,
    differences: [...chains.differences, ...sets.differences, ...objects],
  }
}

function compareSets(wanted: Ruleset, listing: Listing): Omit<Comparison, 'staleChains'> {
  const wantedSets = new Map(wanted.sets.map((set) => [set.name, set]))
  const listed = new Map(listing.sets.map((set) => [set.name, set]))
  const staleSets = listing.sets
    .filter((set) => definition(wantedSets.get(set.name)) !== definition(set))
    .map(({ name }) => name)
  const stale = new Set(staleSets)
  const differences: Difference[] = staleSets
    .filter((name) => !wantedSets.has(name))
    .map((name) => ({ sign: '-', what: `set ${name}` }))
  const unequalSets: string[] = []
  for (const set of wanted.sets) {
    const inForce = stale.has(set.name) ? undefined : listed.get(set.name)
    if (inForce === undefined) differences.push({ sign: listed.has(set.name) ? '~' : '+', what: `set ${set.name}` })
    const found = set.live ? [] : compareElements(set, inForce?.elements ?? [])
    if (found.length > 0) unequalSets.push(set.name)
    differences.push(...found)
  }
  return { differences, staleSets, unequalSets }
}

function compareElements(set: NamedSet, listed: readonly Element[]): readonly Difference[] {
  const left = new Map(listed.map(({ key, value }) => [key, value]))
  const differences: Difference[] = []
  for (const { key, value, label } of set.elements) {
    const what = label ?? `${set.name} ${key}`
    if (!left.has(key)) differences.push({ sign: '+', what })
    else if (left.get(key) !== value) differences.push({ sign: '~', what })
    left.delete(key)
  }
  return [...differences, ...[...left.keys()].map((key) => ({ sign: '-', what: `${set.name} ${key}` }) as const)]
}

function compareChains(wanted: Ruleset, listing: Listing): Pick<Comparison, 'differences' | 'staleChains'> {
  const wantedChains = new Map(wanted.chains.map((chain) => [chain.name, chain]))
  const listed = new Map(listing.chains.map((chain) => [chain.name, chain]))
  const isStale = (chain: Chain): boolean => {
    const own = wantedChains.get(chain.name)
    return own === undefined || canonical({ ...own.hook }) !== canonical({ ...chain.hook })
  }
  const stale = listing.chains.filter(isStale)
  const differences: Difference[] = stale.map(({ name }) => ({
    sign: wantedChains.has(name) ? '~' : '-',
    what: `chain ${name}`,
  }))
  for (const chain of wanted.chains) {
    const inForce = listed.get(chain.name)
    if (inForce === undefined) differences.push({ sign: '+', what: `chain ${chain.name}` })
    differences.push(...compareRules(chain, inForce?.rules ?? []))
  }
  return { differences, staleChains: stale.map(({ name }) => name) }
}

/** Rules have no names: what is missing and what is too many is told by content, then whether the order is right. */
function compareRules(chain: Chain, listed: readonly Rule[]): readonly Difference[] {
  const own = chain.rules.map(ruleText)
  const theirs = listed.map(ruleText)
  if (own.length === theirs.length && own.every((text, index) => text === theirs[index])) return []
  const name = (rule: Rule | undefined, index: number): string =>
    `rule ${chain.name}: ${rule?.comment ?? `number ${index + 1}`}`
  const missing = without(own, theirs).map((index) => ({ sign: '+', what: name(chain.rules[index], index) }) as const)
  const foreign = without(theirs, own).map((index) => ({ sign: '-', what: name(listed[index], index) }) as const)
  const found = [...foreign, ...missing]
  return found.length > 0 ? found : [{ sign: '~', what: `order of the rules in ${chain.name}` }]
}

/** Positions in `texts` that have no counterpart in `others`, each counterpart used once. */
function without(texts: readonly string[], others: readonly string[]): readonly number[] {
  const left = new Map<string, number>()
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1)
  return texts.flatMap((text, index) => {
    const count = left.get(text) ?? 0
    left.set(text, count - 1)
    return count > 0 ? [] : [index]
  })
}

function definition(set: NamedSet | undefined): string {
  if (set === undefined) return ''
  return canonical([set.type, set.map ?? null, [...(set.flags ?? [])].sort(), set.size ?? null, set.timeout ?? null])
}

function ruleText({ comment, expr }: Rule): string {
  return canonical([
    comment ?? null,
    ...expr.filter((statement) => !('counter' in statement)),
    expr.some((statement) => 'counter' in statement),
  ])
}

/** Equal for values that mean the same: keys in one order, members of an anonymous set, too. */
function canonical(value: Json | undefined): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const fields = Object.entries(value).map(([key, field]) => {
    const text = key === 'set' && Array.isArray(field) ? field.map(canonical).sort().join() : canonical(field)
    return `${JSON.stringify(key)}:${text}`
  })
  return `{${fields.sort().join()}}`
}
