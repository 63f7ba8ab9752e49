import { z } from 'zod'

/**
 * How names to sign in with are made from people's names: text with pieces in braces. `{given}` and `{surname}` are whole
 * names, `{given:2}` their first letters, `{g}` and `{s}` the first one.
 */

/** A piece of a rule: a name, whole or its first letters, or text as it stands. */
export type LoginPiece =
  | { readonly kind: 'name'; readonly name: 'given' | 'surname'; readonly letters: number | null }
  | { readonly kind: 'text'; readonly text: string }

const piece = /\{(given|surname)(?::([1-9]))?\}|\{([gs])\}|([a-z0-9._-]+)/y

/** @returns undefined when the rule is none. */
export function loginPieces(rule: string): readonly LoginPiece[] | undefined {
  const pieces: LoginPiece[] = []
  const scan = new RegExp(piece)
  while (scan.lastIndex < rule.length) {
    const found = scan.exec(rule)
    if (found === null) return undefined
    const [, name, letters, initial, text] = found
    if (text !== undefined) pieces.push({ kind: 'text', text })
    else if (initial !== undefined) {
      pieces.push({ kind: 'name', name: initial === 'g' ? 'given' : 'surname', letters: 1 })
    } else {
      pieces.push({
        kind: 'name',
        name: name === 'given' ? 'given' : 'surname',
        letters: letters === undefined ? null : Number(letters),
      })
    }
  }
  return pieces.some(({ kind }) => kind === 'name') ? pieces : undefined
}

export const LoginRule = z
  .string()
  .max(60, 'is longer than 60 characters')
  .refine(
    (rule) => loginPieces(rule) !== undefined,
    'is no rule for names to sign in with, as in {given}.{surname}, {g}.{surname} or {surname:5}{given:2}',
  )
  .brand<'LoginRule'>()
  .meta({
    id: 'LoginRule',
    description:
      'Rule for names to sign in with: {given}, {surname}, their first letters {given:2}, {g}, {s}, and letters, digits, ".", "_", "-" between them.',
    examples: ['{g}.{surname}'],
  })
export type LoginRule = z.infer<typeof LoginRule>
