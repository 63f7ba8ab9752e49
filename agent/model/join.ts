import { mostProblems, type Path } from './document.ts'
import { didYouMean } from './nearest.ts'
import { error, type Remark } from './remark.ts'
import { SchoolState } from './state.ts'
import type { YamlPart } from './yaml.ts'

/**
 * Several documents as one: lists are joined in the order given, other sections stand once, `version` may stand in
 * each. Every place of the joined value is still found in the text it came from.
 */

export interface Joined {
  readonly value: Readonly<Record<string, unknown>>
  readonly remarks: readonly Placed[]
  readonly origin: (path: Path) => Origin | undefined
}

/** A place of the joined value as a place of one part. */
export interface Origin {
  readonly part: YamlPart
  readonly path: Path
}

export type Placed = Remark & { readonly part: YamlPart }

interface Section {
  readonly part: YamlPart
  /** Entries of this section's list that came before those of this part. */
  readonly before: number
  readonly entries: number
}

export function join(parts: readonly YamlPart[]): Joined {
  const value: Record<string, unknown> = {}
  const sections = new Map<string, Section[]>()
  const remarks: Placed[] = []
  for (const part of parts) {
    if (part.value === null) continue
    if (typeof part.value !== 'object' || Array.isArray(part.value)) {
      remarks.push({ ...error([], 'sections such as "school:" or "rooms:" are expected here'), part })
      continue
    }
    for (const [name, content] of Object.entries(part.value)) {
      if (remarks.length === mostProblems) break
      const remark = Object.hasOwn(SchoolState.shape, name) ? add(value, name, content) : unknownSection(name)
      if (remark === undefined) place(sections, name, part, content)
      else remarks.push({ ...remark, part })
    }
  }
  return { value, remarks, origin: (path) => originOf(sections, path) }
}

function place(sections: Map<string, Section[]>, name: string, part: YamlPart, content: unknown): void {
  const seen = sections.get(name) ?? []
  const last = seen.at(-1)
  const before = last === undefined ? 0 : last.before + last.entries
  seen.push({ part, before, entries: Array.isArray(content) ? content.length : 0 })
  sections.set(name, seen)
}

/** A section without content (`devices:` and nothing below) counts as not given. */
function add(value: Record<string, unknown>, name: string, content: unknown): Remark | undefined {
  const present = value[name]
  if (content === null || (name === 'version' && present === content)) return undefined
  if (present === undefined) value[name] = Array.isArray(content) ? [...(content as unknown[])] : content
  else if (Array.isArray(present) && Array.isArray(content)) for (const entry of content) present.push(entry)
  else return error([name], `"${name}" is already given in an earlier document`, 'Keep one of them.')
  return undefined
}

const unknownSection = (name: string): Remark =>
  error([name], `unknown key "${name}".${didYouMean(name, Object.keys(SchoolState.shape))}`.replace(/\.$/, ''))

function originOf(sections: ReadonlyMap<string, readonly Section[]>, path: Path): Origin | undefined {
  const [name, position, ...rest] = path
  const parts = typeof name === 'string' ? sections.get(name) : undefined
  if (name === undefined || parts === undefined) return undefined
  const first = parts[0]
  if (typeof position !== 'number') return first && { part: first.part, path }
  const section = parts.findLast(({ before }) => before <= position)
  return section && { part: section.part, path: [name, position - section.before, ...rest] }
}
