import { digestOf } from './digest.ts'
import { parentsOf, readEntry } from './domain.ts'
import type { FileStamp, ListPlan } from './schema.ts'

/** A line of a list that was left out. */
export interface BrokenLine {
  readonly list: string
  readonly file: string
  readonly line: number
  readonly value: string
}

/** What compiling found; kept beside the compiled lists. */
export interface ListReport {
  readonly signature: string
  readonly domains: number
  /** The first of them. */
  readonly broken: readonly BrokenLine[]
  readonly brokenCount: number
  /** Files that a list names and that are not there. */
  readonly missing: readonly string[]
  /** The compiled files, by their paths, as they were written. */
  readonly files: Readonly<Record<string, FileStamp>>
}

/** As many broken lines as a person reads. */
const brokenKept = 20

/** Domains of all lists, each with the names of the lists that name it, as unbound writes tags: `games proxy`. */
export interface Gathered {
  readonly domains: Map<string, string>
  readonly broken: BrokenLine[]
  brokenCount: number
  readonly missing: string[]
}

/** Changes whenever the compiled lists must be made anew: other lists, or a file with another size or time. */
export function signatureOf(lists: ListPlan, files: Readonly<Record<string, FileStamp>>): string {
  return digestOf([lists.shape, lists.lists.map(({ file }) => (file === undefined ? null : (files[file] ?? null)))])
}

export function nothingGathered(): Gathered {
  return { domains: new Map(), broken: [], brokenCount: 0, missing: [] }
}

/**
 * Adds lines of a list; broken lines are noted and left out.
 * @param before how many lines of the file came before these.
 */
export function gather(
  into: Gathered,
  plan: ListPlan,
  place: { readonly list: string; readonly file: string },
  lines: readonly string[],
  before = 0,
): void {
  // A list cannot take the house's own names away.
  const own = plan.own.map((zone) => zone.slice(0, -1))
  const belowOwn = own.map((zone) => `.${zone}`)
  const isOwn = (domain: string): boolean => own.includes(domain) || belowOwn.some((zone) => domain.endsWith(zone))
  for (const [index, line] of lines.entries()) {
    const domains = readEntry(line)
    for (const domain of domains ?? []) {
      if (!isOwn(domain)) into.domains.set(domain, withTag(into.domains.get(domain), place.list))
    }
    if (domains !== undefined && !domains.some(isOwn)) continue
    into.brokenCount += 1
    if (into.broken.length < brokenKept)
      into.broken.push({ ...place, line: before + index + 1, value: line.trim().slice(0, 100) })
  }
}

function withTag(tags: string | undefined, list: string): string {
  if (tags === undefined || tags === list) return list
  return hasTag(tags, list) ? tags : `${tags} ${list}`
}

export function hasTag(tags: string, list: string): boolean {
  return tags === list || tags.split(' ').includes(list)
}

/** Is the domain covered by one above it for every list that names it? Then it needs no zone of its own. */
export function isCovered(domains: ReadonlyMap<string, string>, domain: string, tags: string): boolean {
  let open = tags.split(' ')
  for (const parent of parentsOf(domain)) {
    const above = domains.get(parent)
    if (above !== undefined) open = open.filter((tag) => !hasTag(above, tag))
    if (open.length === 0) return true
  }
  return false
}

/** The two lines by which a domain and all below it do not exist for the profiles that block one of its lists. */
export function blockedLines(domain: string, tags: string): string {
  return `local-zone: ${domain}. always_nxdomain\nlocal-zone-tag: ${domain}. "${tags}"\n`
}
