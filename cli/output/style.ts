import type { Text, Tone } from '../command.ts'

/** What a stream can show. */
export interface Style {
  /** Width of the terminal; Infinity where there is none, so that nothing is folded in files and pipes. */
  readonly columns: number
  readonly colour: boolean
}

const sequence: Record<Tone, string> = { plain: '', good: '32', warning: '33', bad: '31', quiet: '2' }

/** Colour only where it is wanted: on a terminal, and not when NO_COLOR is set (no-color.org) or TERM is dumb. */
export function styleOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  const terminal = stream.isTTY === true
  return {
    columns: terminal ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY,
    colour: terminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  }
}

export function textOf(text: Text): string {
  return typeof text === 'string' ? text : text.text
}

/** The text in the colour of its tone. */
export function paint(text: Text, style: Style): string {
  if (typeof text === 'string' || !style.colour || sequence[text.tone] === '') return textOf(text)
  return `\u001B[${sequence[text.tone]}m${text.text}\u001B[0m`
}
