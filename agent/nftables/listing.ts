import type { Json, Statement } from './expression.ts'
import { joint, type Chain, type Element, type Hook, type NamedSet, type Rule, type Ruleset } from './ruleset.ts'

/** What the kernel has in force, read from `nft -j list table`. */
export interface Listing extends Ruleset {
  readonly sets: readonly ListedSet[]
  /** Objects of kinds that this module never makes: counters, quotas, flowtables … */
  readonly objects: readonly ListedObject[]
}

export interface ListedSet extends NamedSet {
  readonly elements: readonly ListedElement[]
}

export interface ListedElement extends Element {
  /** Seconds until the kernel forgets it, at the time of the listing; absent: never. */
  readonly expires?: number
  readonly comment?: string
}

export interface ListedObject {
  readonly kind: string
  readonly name: string
}

/** Fields of the entries that nft prints, each kind with some of them. */
interface Entry extends Partial<Omit<Hook, 'type'>> {
  readonly family?: Ruleset['family']
  readonly name?: string
  readonly chain?: string
  readonly comment?: string
  readonly expr?: readonly Statement[]
  readonly type?: string | readonly string[]
  readonly map?: string
  readonly flags?: NonNullable<NamedSet['flags']>
  readonly size?: number
  readonly timeout?: number
  readonly elem?: readonly Json[]
}

/** @param text what `nft -j list table FAMILY NAME` printed; throws `SyntaxError` when it is no JSON. */
export function readListing(text: string): Listing {
  const entries = (JSON.parse(text) as { readonly nftables: readonly Readonly<Record<string, Entry>>[] }).nftables
  const rules = new Map<string, Rule[]>()
  const chains: (Omit<Chain, 'rules'> & { readonly rules: Rule[] })[] = []
  const sets: ListedSet[] = []
  const objects: ListedObject[] = []
  let table = ''
  let family: Ruleset['family'] = 'inet'
  for (const entry of entries) {
    const [kind = '', body = {}] = Object.entries(entry)[0] ?? []
    const { name = '' } = body
    if (kind === 'table') {
      table = name
      family = body.family ?? family
    } else if (kind === 'chain') {
      const own: Rule[] = []
      rules.set(name, own)
      chains.push({ name, ...hookOf(body), rules: own })
    } else if (kind === 'rule') rules.get(body.chain ?? '')?.push(ruleOf(body))
    else if (kind === 'set' || kind === 'map') sets.push(setOf(body))
    else if (kind !== 'metainfo') objects.push({ kind, name })
  }
  return { family, table, chains, sets, objects }
}

function hookOf({ type, hook, prio, policy }: Entry): { readonly hook?: Hook } {
  if ((type !== 'filter' && type !== 'nat') || hook === undefined || prio === undefined || policy === undefined)
    return {}
  return { hook: { type, hook, prio, policy } }
}

function ruleOf({ comment, expr = [] }: Entry): Rule {
  return comment === undefined ? { expr } : { comment, expr }
}

function setOf({ name = '', type, map, flags, size, timeout, elem = [] }: Entry): ListedSet {
  return {
    name,
    type: typeof type === 'string' ? type : (type?.join(joint) ?? ''),
    ...(map === undefined ? {} : { map }),
    ...(flags === undefined ? {} : { flags }),
    ...(size === undefined ? {} : { size }),
    ...(timeout === undefined ? {} : { timeout }),
    live: false,
    elements: elem.map(elementOf),
  }
}

interface Timed {
  readonly elem: { readonly val: Json; readonly expires?: number; readonly comment?: string }
}

function elementOf(json: Json): ListedElement {
  if (Array.isArray(json)) {
    const [first = null, value = null] = json as readonly Json[]
    return { ...elementOf(first), value: plain(value) }
  }
  if (typeof json === 'object' && json !== null && 'elem' in json) {
    const { val, expires, comment } = (json as unknown as Timed).elem
    return {
      key: plain(val),
      ...(expires === undefined ? {} : { expires }),
      ...(comment === undefined ? {} : { comment }),
    }
  }
  if (typeof json === 'object' && json !== null && 'concat' in json) {
    return { key: (json.concat as readonly Json[]).map(plain).join(joint) }
  }
  return { key: plain(json) }
}

/** Ranges and the like are never ours; as text they are still different from everything that is. */
function plain(json: Json): string | number {
  return typeof json === 'string' || typeof json === 'number' ? json : JSON.stringify(json)
}
