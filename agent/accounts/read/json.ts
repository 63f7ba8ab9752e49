import type { Finding } from './finding.ts'

/** A JSON value in which objects know their line. */
export interface Json {
  readonly value: unknown
  /** 1-based; 1 where it is not known. */
  readonly lineOf: (object: object) => number
}

/** Deeper than any of these files is. */
const deepest = 32

/** 5,000 people in twenty groups each have a tenth. */
const mostObjects = 1_000_000

const foreign = 'Is this the export of people, and not of something else?'

export function readJson(text: string): Json | Finding {
  const lines = objectLines(text)
  if (lines === 'deep') return wrong(1, `lists or groups are nested more than ${deepest} deep`, foreign)
  if (lines === 'many') return wrong(1, `there are more than ${mostObjects} entries`, foreign)
  try {
    const value: unknown = JSON.parse(text)
    const known = new Map<object, number>()
    const objects = objectsIn(value)
    // Keys given twice or made of digits change the order of objects; then no line is better than a wrong one.
    if (objects.length === lines.length)
      for (const [index, object] of objects.entries()) known.set(object, lines[index] ?? 1)
    return { value, lineOf: (object) => known.get(object) ?? 1 }
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const line = Number(/line (\d+)/.exec(message)?.[1] ?? text.split('\n').length)
    return wrong(line, 'this is no whole JSON file', 'Was it copied whole? Export it anew.')
  }
}

const wrong = (line: number, message: string, hint: string): Finding => {
  return { severity: 'error', line, path: '', kind: 'json', message, hint }
}

/** The line of each `{`, in the order of the text. */
function objectLines(text: string): readonly number[] | 'deep' | 'many' {
  const lines: number[] = []
  let line = 1
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '"') at = closingQuote(text, at)
    else if (letter === '\n') line += 1
    else if (letter === '}' || letter === ']') depth -= 1
    else if (letter === '{' || letter === '[') {
      depth += 1
      if (depth > deepest) return 'deep'
      if (lines.length === mostObjects) return 'many'
      if (letter === '{') lines.push(line)
    }
  }
  return lines
}

function closingQuote(text: string, open: number): number {
  let at = open + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

/** All objects, each before what is in it. */
function objectsIn(value: unknown): readonly object[] {
  const found: object[] = []
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return
    if (!Array.isArray(one)) found.push(one)
    for (const inner of Object.values(one)) visit(inner)
  }
  visit(value)
  return found
}

/** The value at a path of keys; undefined when there is none. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    value,
  )
}

/** The text at a path; undefined when there is none. Numbers count as text. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path)
  return typeof found === 'string' || typeof found === 'number' ? String(found).trim() : undefined
}

/** The objects of a list at a path. */
export function listAt(value: unknown, ...path: readonly string[]): readonly object[] {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? found.filter((one): one is object => typeof one === 'object' && one !== null) : []
}
