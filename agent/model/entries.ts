/**
 * Long lists of a state are mostly written one entry a line, `  - { name: pc1, mac: "52:…", room: r214 }`. Such lines
 * mean the same in every YAML; read here, they cost a tenth of what the YAML package takes for them. Whatever is not as
 * plain as that is left to the package: a word that could be a number, an escape, a key given twice.
 */

/** A run of such lines below a key at the beginning of a line. */
export interface Run {
  readonly key: string
  /** 1-based line of the key. */
  readonly line: number
  readonly entries: readonly Entry[]
}

export interface Entry {
  /** 1-based. */
  readonly line: number
  readonly value: Readonly<Record<string, string | boolean>>
}

/** Shorter lists are not worth two ways of reading. */
const fewest = 20

const keyLine = /^([a-z]+):[ \t]*(?:#.*)?$/
const entryLine = /^( +)- \{ ?(.*?) ?\}(?:[ \t]*|[ \t]+#.*)$/
const blankLine = /^[ \t]*(?:#.*)?$/

/** The runs of a text, and the text with their lines emptied, so that every other line keeps its number. */
export function takeRuns(text: string): { readonly runs: readonly Run[]; readonly rest: string } {
  const lines = text.split('\n')
  const runs: Run[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const key = keyLine.exec(unreturned(lines[at]))?.[1]
    if (key === undefined) continue
    const entries = entriesBelow(lines, at + 1)
    if (entries.length < fewest) continue
    runs.push({ key, line: at + 1, entries })
    for (const { line } of entries) lines[line - 1] = ''
  }
  return { runs, rest: lines.join('\n') }
}

function entriesBelow(lines: readonly string[], from: number): readonly Entry[] {
  const entries: Entry[] = []
  let indent: string | undefined
  for (let at = from; at < lines.length; at += 1) {
    const line = unreturned(lines[at])
    const [, blanks, body = ''] = entryLine.exec(line) ?? []
    const value = blanks === undefined ? undefined : entryOf(body)
    if (value !== undefined && (indent ?? blanks) === blanks) {
      indent = blanks
      entries.push({ line: at + 1, value })
    } else if (!blankLine.test(line)) {
      // Something else belongs to the list: the whole of it is left to the package.
      return /^\s|^-/.test(line) ? [] : entries
    }
  }
  return entries
}

const unreturned = (line = ''): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

const pair = /([A-Za-z]+): (?:"([^"\\\p{C}]*)"|([A-Za-z0-9][A-Za-z0-9._:-]*))(?:, |$)/uy
/** Words that are no number and nothing but text in any YAML, addresses and cards. */
const plain = /^(?:[A-Za-z][A-Za-z0-9._-]*|\d+\.\d+\.\d+\.\d+|[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5})$/
const special = /^(?:true|false|null|yes|no|on|off|y|n)$/i

function entryOf(body: string): Entry['value'] | undefined {
  const value: Record<string, string | boolean> = {}
  for (let at = 0; at < body.length; at = pair.lastIndex) {
    pair.lastIndex = at
    const [, key, quoted, bare = ''] = pair.exec(body) ?? []
    if (key === undefined || Object.hasOwn(value, key) || key === '__proto__') return undefined
    if (quoted !== undefined) value[key] = quoted
    else if (bare === 'true' || bare === 'false') value[key] = bare === 'true'
    else if (plain.test(bare) && !special.test(bare)) value[key] = bare
    else return undefined
  }
  return body.endsWith(', ') ? undefined : value
}
