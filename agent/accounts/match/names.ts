import { latin } from '../../model/latin.ts'
import type { Person, Role } from '../../model/person.ts'

/** How names and ids are compared when people of a file are looked for among those of the register. */

/**
 * Programs number pupils, grown-ups and parents apart: id 17 may be all three. Nobody goes from one to another without being asked
 * about; a teacher may become staff.
 */
export type Family = 'pupil' | 'adult' | 'parent' | 'guest'

const families: Readonly<Record<Role, Family>> = {
  pupil: 'pupil',
  teacher: 'adult',
  staff: 'adult',
  administrator: 'adult',
  parent: 'parent',
  guest: 'guest',
}

export const familyOf = ({ role }: { readonly role: Role }): Family => families[role]

export type Names = Pick<Person, 'given' | 'surname'>

/** Equal for names that are the same but for case, blanks and kinds of hyphen and apostrophe. */
export function exactName({ given, surname }: Names): string {
  return `${plain(given)}|${plain(surname)}`
}

/** A name but for case, blanks and kinds of hyphen and apostrophe. */
export function plain(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[‐‑–]/g, '-')
    .replaceAll(/[’‘ʼ`´]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** A name in the letters a to z without anything between them: the same for Groß and Gross, Yıldız and Yildiz. */
export function loose(name: string): string {
  return latin(name).replaceAll(/[^a-z0-9]/g, '')
}

/** Equal for names that are the same in the letters a to z; in letters of no table, for the same letters. */
export function looseName(names: Names): string {
  const [given, surname] = [loose(names.given), loose(names.surname)]
  return given === '' ? exactName(names) : `${given}|${surname}`
}

/** The single names in a name: `Anna-Lena` has two. */
export function parts(name: string): readonly string[] {
  return latin(name)
    .split(/[ -]/)
    .filter((part) => part.length > 1)
}

/** An id as spreadsheets leave it: without leading zeros. */
export function looseId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/, '')
}

/** Are the texts at most two letters apart (added, left out, another)? */
export function nearly(one: string, other: string): boolean {
  const [long, short] = one.length >= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 2) return false
  let before = Array.from({ length: short.length + 1 }, (_, index) => index)
  for (let row = 1; row <= long.length; row += 1) {
    const now = [row]
    for (let column = 1; column <= short.length; column += 1) {
      const same = long[row - 1] === short[column - 1] ? 0 : 1
      now.push(Math.min((before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1, (before[column - 1] ?? 0) + same))
    }
    if (Math.min(...now) > 2) return false
    before = now
  }
  return (before.at(-1) ?? 3) <= 2
}
