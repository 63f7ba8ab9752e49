import { visible } from './garbled.ts'
import { decode, type Encoding } from '../../tables/bytes.ts'
import { delimiterOf, readTable, type Table } from '../../tables/table.ts'

/** A file, or one file of a ZIP, as text. */
export interface Part {
  /** As a message names it: `export.zip: users.csv`. */
  readonly file: string
  /** Last part of its name in lower case: `users.csv`. */
  readonly name: string
  readonly text: string
  readonly encoding: Encoding
  readonly kind: 'table' | 'xml' | 'json'
  /** The text as rows; read once. */
  readonly table: () => Table
}

/** @param name its own name, where `file` also says in what it lies */
export function partOf(file: string, name: string, bytes: Uint8Array): Part {
  const { text: raw, encoding } = decode(bytes)
  const text = visible(raw)
  const memory: { table?: Table } = {}
  return {
    file,
    name:
      file
        .toLowerCase()
        .split(/[/\\]|: /)
        .at(-1) ?? '',
    text,
    encoding,
    kind: kindOf(text),
    table: () => (memory.table ??= tableOf(text)),
  }
}

function kindOf(text: string): Part['kind'] {
  const first = /^\s*(\S)/.exec(text)?.[1]
  if (first === '<') return 'xml'
  return first === '{' || first === '[' ? 'json' : 'table'
}

/** SchILD's interface files, the only ones with bars, know no quotes. */
function tableOf(text: string): Table {
  const delimiter = delimiterOf(text)
  return readTable(text, { delimiter, quotes: delimiter !== '|' })
}

/** Begins like a ZIP, also an empty one. */
export function isZip([p, k, third, fourth]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
}
