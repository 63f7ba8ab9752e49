import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, Scalar } from 'yaml'
import type { Problem } from '../errors.ts'
import { type Entry, type Run, takeRuns } from './entries.ts'
import { mostProblems, type Path, pathText, type StateDocument } from './document.ts'

/**
 * YAML 1.2, core schema, as one value with places. Only this file and edit.ts know the YAML package. What hides
 * meaning is refused: anchors used twice, tags, keys given twice. In YAML 1.2 `no`, `on` and `52:54:00` are text.
 */

export interface YamlPart {
  readonly file: string
  readonly value: unknown
  /** 1-based line of the place, or of the nearest place above it that exists. */
  readonly lineOf: (path: Path) => number
  /** How a plain number or truth value is spelt in the text: `0214`, which YAML takes for a number. */
  readonly spelling: (path: Path) => string | undefined
}

/** After a syntax error the rest of a text is guesswork; more than these help nobody. */
const mostSyntaxProblems = 10

export interface YamlReading {
  readonly parts: readonly YamlPart[]
  readonly problems: readonly Problem[]
  /** The text is no YAML: its parts hold nothing. */
  readonly broken: boolean
}

/** All documents of one text. */
export function readYaml({ file, text }: StateDocument): YamlReading {
  const { runs, rest } = takeRuns(text)
  const quick = runs.length === 0 ? undefined : readDocuments(file, rest, runs)
  return quick ?? readWhole({ file, text })
}

/** The same by the YAML package alone. */
export function readWhole({ file, text }: StateDocument): YamlReading {
  return readDocuments(file, text, []) ?? { parts: [], problems: [], broken: false }
}

/** Undefined when there is no document, or the runs do not all lie below a key of a document that is in order. */
function readDocuments(file: string, text: string, runs: readonly Run[]): YamlReading | undefined {
  const lines = new LineCounter()
  // Whether keys are unique is asked below: the package's own test takes quadratic time.
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, schema: 'core', merge: false } as const
  const documents = parseAllDocuments(text, options)
  if ('empty' in documents) return undefined

  const problems: Problem[] = []
  const report = (offset: number, path: Path, message: string, hint?: string): void => {
    if (problems.length === mostProblems) return
    const line = lines.linePos(offset).line
    problems.push({ severity: 'error', file, line, path: pathText(path), message, ...(hint ? { hint } : {}) })
  }
  let broken = false
  let placed = 0
  const parts = documents.map((document) => {
    for (const { pos, code, message } of [...document.errors, ...document.warnings].slice(0, mostSyntaxProblems)) {
      report(pos[0], [], code === 'RESOURCE_EXHAUSTION' ? 'lists or groups are nested too deeply' : message)
      broken = true
    }
    if (document.directives.yaml.version !== '1.2') {
      report(document.range[0], [], `YAML ${document.directives.yaml.version} is not read`, 'Remove the %YAML line.')
      broken = true
    }
    const root: Node | null = document.contents
    const own = runsBelow(root, runs, lines)
    placed += own.size
    return {
      file,
      value: broken ? null : valueOf(root, [], { report, runs: own }),
      lineOf: (path: Path) => entryIn(own, path)?.line ?? lines.linePos(offsetOf(root, path) ?? document.range[0]).line,
      spelling: (path: Path) => {
        const quick = entryIn(own, path)?.value[path[2] ?? '']
        if (typeof quick === 'boolean') return String(quick)
        const node = nodeAt(root, path)
        const plain = isScalar(node) && node.type === Scalar.PLAIN ? node : undefined
        return typeof plain?.value === 'number' || typeof plain?.value === 'boolean' ? plain.source : undefined
      },
    }
  })
  return runs.length > 0 && (broken || placed < runs.length) ? undefined : { parts, problems, broken }
}

/** The runs that stand below a key of this document which has no other value; by the value's node. */
function runsBelow(root: unknown, runs: readonly Run[], lines: LineCounter): ReadonlyMap<unknown, Run> {
  if (!isMap(root) || root.flow === true || runs.length === 0) return new Map()
  return new Map(
    root.items.flatMap(({ key, value }) => {
      const { line, col } = lines.linePos(offset(key))
      const run = col === 1 ? runs.find((one) => one.line === line && one.key === keyOf(key)) : undefined
      return run !== undefined && isScalar(value) && value.value === null && value.source === '' ? [[value, run]] : []
    }),
  )
}

function entryIn(runs: ReadonlyMap<unknown, Run>, [key, index]: Path): Entry | undefined {
  if (typeof index !== 'number') return undefined
  return runs.values().find((one) => one.key === key)?.entries[index]
}

interface Reader {
  readonly report: (offset: number, path: Path, message: string, hint?: string) => void
  readonly runs: ReadonlyMap<unknown, Run>
}

const offset = (node: unknown): number => (node as Partial<Node> | null)?.range?.[0] ?? 0
const keyOf = (key: unknown): string | undefined => (isScalar(key) && key.value !== null ? key.source : undefined)

function valueOf(node: unknown, path: Path, reader: Reader): unknown {
  if (isScalar(node)) return reader.runs.get(node)?.entries.map(({ value }) => value) ?? node.value
  if (isSeq(node)) return node.items.map((item, index) => valueOf(item, [...path, index], reader))
  const { report } = reader
  if (isAlias(node)) {
    report(offset(node), path, `*${node.source} stands for another place, which is not read here`, 'Write it out.')
    return undefined
  }
  if (!isMap(node)) return null
  const entries = new Map<string, unknown>()
  for (const { key, value } of node.items) {
    const name = keyOf(key)
    if (name === undefined) report(offset(key ?? value ?? node), path, 'a key must be a word')
    else if (entries.has(name)) report(offset(key), [...path, name], `"${name}" is given twice`)
    else entries.set(name, valueOf(value, [...path, name], reader))
  }
  return Object.fromEntries(entries)
}

function step(node: unknown, name: string | number): { node: unknown; offset: number } | undefined {
  if (isSeq(node)) {
    const item = typeof name === 'number' ? node.items[name] : undefined
    return item === undefined ? undefined : { node: item, offset: offset(item) }
  }
  const pair = isMap(node) ? node.items.find(({ key }) => keyOf(key) === name) : undefined
  return pair && { node: pair.value, offset: offset(pair.key) }
}

function nodeAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, name) => step(node, name)?.node, root)
}

function offsetOf(root: unknown, path: Path): number | undefined {
  let found: number | undefined
  let node = root
  for (const name of path) {
    const next = step(node, name)
    if (next === undefined) break
    found = next.offset
    node = next.node
  }
  return found
}
