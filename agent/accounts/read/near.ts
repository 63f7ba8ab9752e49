import { show } from '../../model/explain.ts'
import { distance } from '../../model/nearest.ts'
import type { Row } from '../../tables/table.ts'
import type { Finding } from './finding.ts'
import type { Field } from './record.ts'
import { type Words, wordOf } from './words.ts'

/** Names of columns that were mistyped. */

export interface NearWord {
  readonly field: Field
  readonly word: string
}

/** The word that was probably meant: one letter off, of longer ones two. Short ones are near to everything. */
export function nearWord(text: string, words: Words): NearWord | undefined {
  const typed = wordOf(text)
  if (typed.length < 4 || typed.length > 40) return undefined
  const most = typed.length < 7 ? 1 : 2
  return words
    .flatMap(([field, ...names]) => names.map((word) => ({ field, word })))
    .filter(({ word }) => Math.abs(word.length - typed.length) <= most)
    .map((one) => ({ ...one, off: distance(typed, one.word) }))
    .filter(({ off }) => off <= most)
    .toSorted((a, b) => a.off - b.off)[0]
}

/** As the first line of a table has it: `Klasse`. */
export const asTitle = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`

/** Columns that nobody reads and whose names are nearly those of fields that no column has. */
export function nearColumns(
  { line, cells }: Row,
  fields: readonly (Field | 'ignore' | undefined)[],
  words: Words,
): readonly Finding[] {
  const has = (field: Field): boolean => fields.includes(field)
  // Whoever has a name in two columns needs none in one, and the other way round.
  const named = has('name') || (has('given') && has('surname'))
  const open = words.filter(([field]) => !has(field) && !(named && ['name', 'given', 'surname'].includes(field)))
  return cells.flatMap(({ text, column }, index): readonly Finding[] => {
    const near = fields[index] === undefined ? nearWord(text, open) : undefined
    if (near === undefined) return []
    const message = `column ${show(text)} is not read. Did you mean "${asTitle(near.word)}"?`
    const hint = `Say it: --map ${quoted(text)}=${near.field}; or --map ${quoted(text)}=ignore, if it is something else.`
    return [{ severity: 'warning', line, column, path: near.field, kind: 'near', message, hint }]
  })
}

/** As one word of a command. */
export const quoted = (text: string): string => (/\s/.test(text) ? `"${text}"` : text)
