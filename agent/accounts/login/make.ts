import { Login } from '../../model/person.ts'
import { type LoginPiece, type LoginRule, loginPieces } from '../../model/login-rule.ts'
import { givenForms, type NameForms, surnameForms } from './names.ts'
import { isReserved } from './reserved.ts'

/** Windows signs in with no more. */
const longest = 20

/** Somebody who needs a name to sign in with. */
export interface Newcomer {
  readonly given: string
  readonly surname: string
  readonly birth: string | null
  /** Whatever tells two people of one name and birth date apart the same way each time: the id in the source. */
  readonly key?: string
  /** Taken where it is a name to sign in with, and free. */
  readonly wished?: string
}

/**
 * Names to sign in with, in the order of the newcomers. The same people and the same taken names give the same logins, in
 * whatever order they come: of several with one name, the oldest gets the name without a number.
 * @param taken every login that was ever given, and every name of a group: the directory keeps one list of both.
 */
export function loginsFor(rule: LoginRule, newcomers: readonly Newcomer[], taken: Iterable<string>): readonly Login[] {
  const pieces = loginPieces(rule)
  if (pieces === undefined) throw new TypeError(`${rule} is no rule though the schema let it pass`)
  const gone = new Set(taken)
  const logins = new Map<number, Login>()
  const order = newcomers
    .map((newcomer, index) => ({ newcomer, index }))
    .toSorted((a, b) => compare(a.newcomer, b.newcomer) || a.index - b.index)
  const give = (index: number, login: string): void => {
    gone.add(login)
    logins.set(index, Login.parse(login))
  }
  for (const { newcomer, index } of order) {
    const { wished } = newcomer
    if (wished !== undefined && isFree(wished, gone)) give(index, wished)
  }
  // Where the numbers of a name have come to, so that a hundred of one name are not counted a hundred times.
  const reached = new Map<string, number>()
  for (const { newcomer, index } of order) {
    if (logins.has(index)) continue
    const name = spelled(pieces, newcomer, longest)
    let number = reached.get(name) ?? 1
    let login = name
    while (!isFree(login, gone)) {
      number += 1
      login = `${spelled(pieces, newcomer, longest - String(number).length)}${number}`
    }
    reached.set(name, number)
    give(index, login)
  }
  return newcomers.map((_, index) => {
    const login = logins.get(index)
    if (login === undefined) throw new TypeError('everybody was given a login')
    return login
  })
}

/** Can somebody sign in with this, and does nobody yet? */
export function isFree(login: string, taken: ReadonlySet<string>): boolean {
  return Login.safeParse(login).success && !isReserved(login) && !taken.has(login)
}

/**
 * The rule's word for somebody. What is too long is shortened until it fits: first double names to their first part, the
 * given name before the surname, then particles, then letter by letter at the end of what is longest.
 */
function spelled(pieces: readonly LoginPiece[], { given, surname }: Newcomer, room: number): string {
  const names = { given: givenForms(given), surname: surnameForms(surname) }
  for (const [short, shorter] of [
    ['whole', 'whole'],
    ['first', 'whole'],
    ['first', 'first'],
    ['first', 'bare'],
  ] as const) {
    const login = joined(parts(pieces, names, { given: short, surname: shorter }))
    if (login.length <= room) return login
  }
  let texts = parts(pieces, names, { given: 'first', surname: 'bare' })
  while (joined(texts).length > room) {
    const at = texts.reduce(
      (best, { text }, index) => (text.length > (texts[best]?.text.length ?? 0) ? index : best),
      0,
    )
    texts = texts.map((part, index) => (index === at ? { ...part, text: part.text.slice(0, -1) } : part))
  }
  return joined(texts)
}

interface Part {
  readonly text: string
}

function parts(
  pieces: readonly LoginPiece[],
  names: Readonly<Record<'given' | 'surname', NameForms>>,
  form: Readonly<Record<'given' | 'surname', 'whole' | 'first' | 'bare'>>,
): readonly Part[] {
  return pieces.map((piece) => {
    if (piece.kind === 'text') return { text: piece.text }
    const name = names[piece.name]
    return { text: piece.letters === null ? name[form[piece.name]] : name.core.slice(0, piece.letters) }
  })
}

/** For names of which no letter can be spelled. */
const nameless = 'person'

/** A login begins with a letter, ends with a letter or digit, and has no two marks side by side. */
function joined(texts: readonly Part[]): string {
  const login = texts
    .map(({ text }) => text)
    .join('')
    .replaceAll(/([._-])[._-]+/g, '$1')
    .replace(/^[^a-z]+/, '')
    .replace(/[._-]+$/, '')
  if (login === '') return nameless
  // con.x is the device con, with whatever number behind it.
  return isReserved(`${login}0`) ? login.replaceAll(/[._-]/g, '') : login
}

function compare(a: Newcomer, b: Newcomer): number {
  return (
    order(a.surname, b.surname) ||
    order(a.given, b.given) ||
    order(a.birth ?? '9', b.birth ?? '9') ||
    order(a.key ?? '', b.key ?? '')
  )
}

/** By code points: the same everywhere, which a language's order is not. */
function order(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
