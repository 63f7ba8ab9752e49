import type { z } from 'zod'
import { BoxError, type Problem } from '../agent/errors.ts'
import type { Argument } from './arguments.ts'
import { explain } from '../agent/model/explain.ts'
import { nearest } from '../agent/model/nearest.ts'

/** Words of a command line, sorted into the keys of the input schema; problems are those seen before any schema. */
export interface Typed {
  readonly values: Readonly<Record<string, unknown>>
  readonly problems: readonly Problem[]
  /** After an unknown option nobody knows which word is its value and which an argument. */
  readonly unsure: boolean
}

/** What commander found: options by key, arguments without a name, and words it does not know. */
export interface Found {
  readonly options: Readonly<Record<string, unknown>>
  readonly operands: readonly string[]
  readonly unknown: readonly string[]
}

/** Options every command has besides its own. */
export const everywhere = ['--json', '--help'] as const

/** How commander is told of an option: the value is optional for it, so that a missing one does not hide other mistakes. */
export function flagsOf(argument: Argument): string {
  return argument.kind === 'flag' || argument.kind === 'off' ? argument.label : `${argument.label} [${argument.value}]`
}

/** Collects the values of an option that may be given several times. */
export function collect(value: string, before: unknown): readonly string[] {
  return Array.isArray(before) ? [...before, value] : [value]
}

/** Sorts what commander found. Every mistake is told, not only the first. */
export function sort(known: readonly Argument[], found: Found): Typed {
  const problems: Problem[] = []
  const values: Record<string, unknown> = {}
  for (const argument of known.filter(({ positional }) => !positional)) {
    const value = found.options[argument.key]
    if (value === undefined) continue
    if (value === true && (argument.kind === 'value' || argument.kind === 'list')) {
      problems.push(mistake(argument.label, `needs a value: ${argument.label} ${argument.value}`))
    } else if (argument.kind !== 'off' || value === false) values[argument.key] = typedValue(argument, value)
  }
  const labels = [...known.filter(({ positional }) => !positional).map(({ label }) => label), ...everywhere]
  const behindDashes = known.some(({ positional, kind }) => positional && kind === 'list')
    ? 'Put -- in front of words that are no options of iserv-ctl.'
    : undefined
  const strangers = found.unknown.filter((word) => word.startsWith('-'))
  for (const word of strangers) {
    const name = word.split('=')[0] ?? word
    problems.push(mistake(name, 'unknown option', meant(name, labels) ?? behindDashes))
  }
  const unsure = strangers.length > 0
  if (!unsure) {
    const words = [...found.operands, ...found.unknown]
    for (const argument of known.filter(({ positional }) => positional)) {
      const taken = argument.kind === 'list' ? words.splice(0) : words.splice(0, 1)
      const [first] = taken
      if (first !== undefined) {
        values[argument.key] = typedValue(argument, argument.kind === 'list' ? taken : first)
      }
    }
    for (const word of words) problems.push(mistake(word, 'one word too many'))
  }
  return { values, problems, unsure }
}

/** Mistakes the schema found, in the words of the command line. Those of arguments already complained about are left out. */
export function issuesAsProblems(
  issues: readonly z.core.$ZodIssue[],
  known: readonly Argument[],
  typed: Typed,
): readonly Problem[] {
  return issues.flatMap((issue) => {
    const argument = known.find(({ key }) => key === issue.path[0])
    if (argument === undefined) return [mistake('', issue.message)]
    if (typed.problems.some(({ path }) => path === argument.label)) return []
    if (typed.unsure && argument.positional) return []
    if (typed.values[argument.key] === undefined) {
      return [mistake(argument.label, `missing. ${argument.description}`)]
    }
    return explain(issue, typed.values, () => []).map(({ message, hint }) => mistake(argument.label, message, hint))
  })
}

function meant(word: string, words: readonly string[]): string | undefined {
  const near = nearest(word, words)
  return near === undefined ? undefined : `Did you mean ${near}?`
}

/** All mistakes of a command line as one error. */
export function usageError(command: string, problems: readonly Problem[]): BoxError {
  const count = problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`
  return new BoxError('USAGE', `${count} in the command line, nothing was done`, {
    problems,
    hint: `See iserv-ctl ${command} --help`,
  })
}

function mistake(path: string, message: string, hint?: string): Problem {
  return { severity: 'error', path, message, ...(hint === undefined ? {} : { hint }) }
}

function typedValue({ number }: Argument, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => (number ? numeric(one) : one))
  return number ? numeric(value) : value
}

/** A number if it is written as one; else the text as it is, for the schema to refuse. */
function numeric(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}
