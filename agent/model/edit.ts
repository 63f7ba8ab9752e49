import { isMap, isScalar, isSeq, type Node, parseAllDocuments, type YAMLSeq } from 'yaml'
import type { StateDocument } from './document.ts'

/**
 * Changes to the lists of a state in the texts that people wrote: only the entries concerned are written anew, as one
 * line each, so that comments, order and spelling of everything else stay. The texts must be a state that could be read.
 */

/** Keys and values of one entry, in the order they are to be written. */
export type Entry = { readonly name: string } & Readonly<Record<string, string | boolean>>

export interface Change {
  readonly section: 'rooms' | 'devices'
  /** Takes the place of the entry of the same name, or is added after the last one. */
  readonly put?: readonly Entry[]
  readonly remove?: readonly string[]
}

export interface EditOptions {
  /** The text that new entries go to, made when there is none. Absent: the last that has such a list. */
  readonly into?: string
}

/** Name and first lines of the text that takes new entries when no text has such a list. */
const newFile = 'devices.yaml'
const newHeading = '# Written by iserv-ctl. Change it freely: comments and order are kept.\n'

export function editDocuments(
  documents: readonly StateDocument[],
  { section, put = [], remove = [] }: Change,
  options: EditOptions = {},
): readonly StateDocument[] {
  if (put.length + remove.length === 0) return documents
  const edits = documents.map((document) => ({ document, lists: listsOf(document.text, section) }))
  const present = new Set(edits.flatMap(({ lists }) => lists.flatMap(({ entries }) => entries.map(({ name }) => name))))
  const added = put.filter(({ name }) => !present.has(name))
  const { into } = options
  const found = edits.findLastIndex(({ document, lists }) =>
    into === undefined ? lists.length > 0 : document.file === into,
  )
  const fresh = { document: { file: into ?? newFile, text: newHeading }, lists: [] }
  const all = found === -1 && added.length > 0 ? [...edits, fresh] : edits
  const home = found === -1 ? edits.length : found
  return all.map(({ document, lists }, position) => {
    const adding = position === home ? added : []
    const splices = lists.flatMap((list, index) =>
      splicesOf(list, document.text, {
        put: new Map(put.map((entry) => [entry.name as string, entry])),
        remove: new Set(remove),
        added: index === lists.length - 1 ? adding : [],
      }),
    )
    const text = splice(document.text, splices)
    const end =
      lists.length === 0 && adding.length > 0
        ? `\n${section}:\n${adding.map((one) => `  ${line(one)}\n`).join('')}`
        : ''
    return { file: document.file, text: end === '' || text.endsWith('\n') ? text + end : `${text}\n${end}` }
  })
}

/** One list in a text. */
interface List {
  /** Where the value of the key begins and ends; both the end of the key when there is no value. */
  readonly start: number
  readonly end: number
  /** One entry a line or more, each after a dash of its own: entries can be changed one by one. */
  readonly block: boolean
  readonly entries: readonly Item[]
}

interface Item {
  readonly name: string
  readonly value: unknown
  readonly start: number
  readonly end: number
}

function listsOf(text: string, section: string): readonly List[] {
  if (!text.includes(section)) return []
  const documents = parseAllDocuments(text, { uniqueKeys: false, schema: 'core', merge: false })
  if ('empty' in documents) return []
  return documents.flatMap(({ contents }) => {
    const pair = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === section) : undefined
    if (pair === undefined) return []
    if (!isSeq(pair.value)) {
      const { end } = rangeOf(pair.key)
      return isFlow(contents) ? [] : [{ start: end, end, block: true, entries: [] }]
    }
    const entries = pair.value.items.map((item) => itemOf(item, text))
    const block = !isFlow(pair.value) && entries.every(({ start }) => dashBefore(text, start) !== undefined)
    return [{ ...rangeOf(pair.value), block, entries }]
  })
}

const isFlow = (node: unknown): boolean => (node as Partial<YAMLSeq> | null)?.flow === true

function rangeOf(node: unknown): { start: number; end: number } {
  const [start = 0, end = 0] = (node as Partial<Node> | null)?.range ?? []
  return { start, end }
}

function itemOf(item: unknown, text: string): Item {
  const { start } = rangeOf(item)
  // The range of a map over several lines includes the comment behind its last value, which is to stay.
  const lastPair = isMap(item) && !isFlow(item) ? item.items.at(-1) : undefined
  const { end } = rangeOf(lastPair?.value ?? lastPair?.key ?? item)
  const length = text.slice(start, end).trimEnd().length
  const name = isMap(item) ? item.get('name', true) : undefined
  const value: unknown = isMap(item) ? item.toJSON() : undefined
  return { name: isScalar(name) ? (name.source ?? '') : '', value, start, end: start + length }
}

/** Where the dash of an entry stands, if nothing but blanks stands around it. */
function dashBefore(text: string, start: number): number | undefined {
  const dash = text.lastIndexOf('-', start - 1)
  const between = text.slice(dash + 1, start)
  const before = text.slice(text.lastIndexOf('\n', dash) + 1, dash)
  return dash !== -1 && between.trim() === '' && before.trim() === '' ? dash : undefined
}

interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

interface Edit {
  readonly put: ReadonlyMap<string, Entry>
  readonly remove: ReadonlySet<string>
  readonly added: readonly Entry[]
}

function splicesOf(list: List, text: string, { put, remove, added }: Edit): readonly Splice[] {
  const changed = list.entries.some(({ name }) => put.has(name) || remove.has(name))
  if (!changed && added.length === 0) return []
  if (!list.block) {
    const kept = list.entries.filter(({ name }) => !remove.has(name)).map(({ name, value }) => put.get(name) ?? value)
    const lines = [...kept, ...added].map((entry) => `    ${flow(entry)},\n`)
    return [
      {
        start: list.start,
        end: list.end,
        text: lines.length === 0 ? '[]' : `[\n${lines.join('')}  ]`,
      },
    ]
  }
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const afterLine = (offset: number): number => {
    const next = text.indexOf('\n', offset)
    return next === -1 ? text.length : next + 1
  }
  const lineStart = (offset: number): number => text.lastIndexOf('\n', offset - 1) + 1
  const edits = list.entries.flatMap(({ name, start, end }): readonly Splice[] => {
    const entry = put.get(name)
    if (remove.has(name)) return [{ start: lineStart(dashBefore(text, start) ?? start), end: afterLine(end), text: '' }]
    return entry === undefined ? [] : [{ start, end, text: flow(entry) }]
  })
  const last = list.entries.at(-1)
  const dash = last && dashBefore(text, last.start)
  const indent = dash === undefined ? '  ' : text.slice(lineStart(dash), dash)
  const at = afterLine(last?.end ?? list.end)
  const opening = text.charAt(at - 1) === '\n' || at === 0 ? '' : lineEnd
  const lines = added.map((entry) => `${indent}${line(entry)}${lineEnd}`).join('')
  return lines === '' ? edits : [...edits, { start: at, end: at, text: opening + lines }]
}

function splice(text: string, splices: readonly Splice[]): string {
  let rest = 0
  const parts = splices
    .toSorted((one, other) => one.start - other.start)
    .map((one) => {
      const before = text.slice(rest, one.start)
      rest = one.end
      return before + one.text
    })
  return parts.join('') + text.slice(rest)
}

/** `- { name: r214-pc07, mac: "52:54:00:14:07:01", room: r214, address: 10.20.14.7 }` */
function line(entry: Entry): string {
  return `- ${flow(entry)}`
}

function flow(value: unknown): string {
  if (typeof value === 'string') return plain.test(value) && !notText.has(value) ? value : JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${key}: ${flow(part)}`)
    .join(', ')} }`
}

/** What YAML reads as text without quotes, in the widest sense of old readers too. */
const plain = /^([A-Za-z][A-Za-z0-9._-]*|\d+\.\d+\.\d+\.\d+)$/
const notText = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n', 'True', 'False', 'Null'])
