import type { z } from 'zod'
import type { Path } from './document.ts'
import { didYouMean } from './nearest.ts'
import { error, type Remark } from './remark.ts'

/** zod's issues as sentences of ours: with the value refused, and the key or word that was probably meant. */

type Issue = z.core.$ZodIssue

/** The keys that may stand at a place. */
export type KeysAt = (path: Path) => readonly string[]

export function explain(issue: Issue, input: unknown, keysAt: KeysAt): readonly Remark[] {
  const path = pathOf(issue)
  const value = valueAt(input, path)
  if (value === undefined && issue.code !== 'unrecognized_keys') return [error(path, `"${path.at(-1)}" is missing`)]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        error([...path, key], `unknown key "${shorten(key)}".${didYouMean(key, keysAt(path))}`.replace(/\.$/, '')),
      )
    case 'invalid_type':
      return [error(path, wrongKind(value, issue.expected))]
    case 'invalid_value':
      return [error(path, noneOf(value, issue.values.map(String)))]
    case 'invalid_union':
      return union(issue, input, path, value, keysAt)
    case 'too_small':
    case 'too_big':
      return [error(path, size(issue, value))]
    case 'custom':
    case 'invalid_format':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
      return [error(path, `${show(value)} ${issue.message}`)]
  }
}

const pathOf = (issue: Issue): Path => issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))

export function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    input,
  )
}

/** A value as it may stand in a sentence: words bare, everything else in quotes, long ones cut. */
export function show(value: unknown): string {
  if (typeof value === 'string')
    return /^[\p{L}\p{N}.:/_@+-]+$/u.test(value) ? shorten(value) : JSON.stringify(shorten(value))
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a group of keys' : JSON.stringify(value)
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

const names: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '"true" or "false"',
  array: 'a list',
  object: 'a group of keys',
}

/** YAML 1.1 read these as truth values; YAML 1.2 reads words. */
const truths: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  ja: 'true',
  no: 'false',
  off: 'false',
  nein: 'false',
}

function wrongKind(value: unknown, expected: string): string {
  const truth = expected === 'boolean' && typeof value === 'string' ? truths[value.toLowerCase()] : undefined
  const meant = truth === undefined ? '' : `. Did you mean "${truth}"?`
  return `${show(value)} stands where ${names[expected] ?? expected} is expected${meant}`
}

function noneOf(value: unknown, words: readonly string[]): string {
  const list = words.map((word) => `"${word}"`).join(', ')
  const only = words.length === 1 ? `is not ${list}` : `is none of ${list}`
  return `${show(value)} ${only}${typeof value === 'string' ? `.${didYouMean(value, words)}`.replace(/\.$/, '') : ''}`
}

/** Of the alternatives the one whose kind the value has; where none has it, all their words. */
function union(
  issue: z.core.$ZodIssueInvalidUnion,
  input: unknown,
  path: Path,
  value: unknown,
  keysAt: KeysAt,
): readonly Remark[] {
  const otherKind = (issues: readonly Issue[]): boolean =>
    issues.some(({ code, path: inner }) => inner.length === 0 && (code === 'invalid_type' || code === 'invalid_value'))
  const alternative = issue.errors.find((issues) => !otherKind(issues))
  if (alternative !== undefined) {
    return alternative.flatMap((inner) => explain({ ...inner, path: [...path, ...inner.path] }, input, keysAt))
  }
  const words = issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_value' ? inner.values.map(String) : []))
  return [error(path, noneOf(value, words), 'Or a group of keys; see: iserv-ctl guide show state')]
}

function size(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, value: unknown): string {
  if (typeof value === 'number') {
    return issue.code === 'too_small'
      ? `${value} is less than ${issue.minimum}`
      : `${value} is more than ${issue.maximum}`
  }
  if (Array.isArray(value)) {
    return issue.code === 'too_small'
      ? 'the list needs at least one entry'
      : `the list has more than ${issue.maximum} entries`
  }
  if (value === '') return 'is empty'
  return `${show(value)} ${issue.message}`
}
