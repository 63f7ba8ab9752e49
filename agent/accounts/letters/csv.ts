import type { Addressee, Letter } from './letter.ts'
import { type Language, letterWords } from './words.ts'

/** First passwords as a table for form letters of the school's own: UTF-8 with a mark, so that spreadsheets read it right. */
export function lettersCsv(letters: readonly Letter[], language: Language, address: string): string {
  const say = letterWords(language)
  const head = [say.class, say.surname, say.given, say.login, say.password, say.address]
  const rows = letters.map(({ title, password, person: { surname, given, login } }) => [
    ...[title, surname, given, login].map(noFormula),
    // As it is typed: a sign too many would lock its owner out.
    password,
    address,
  ])
  return table([head, ...rows])
}

/** Classes without passwords, for a spreadsheet. */
export function listsCsv(people: readonly Addressee[], language: Language): string {
  const say = letterWords(language)
  const rows = people.map(({ title, person: { surname, given, login } }) =>
    [title, surname, given, login].map(noFormula),
  )
  return table([[say.class, say.surname, say.given, say.login], ...rows])
}

const table = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`

/** A name that begins like a formula is none to a spreadsheet if an apostrophe stands before it. */
const noFormula = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const cell = (text: string): string => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
