import { basename, dirname } from 'node:path'
import t from 'tap'
import { importsOf, productFiles, programs, projectFiles, textOf } from './tree.ts'

const code = projectFiles().filter((path) => /^(agent|cli|test)\/.*\.ts$/.test(path))
const product = productFiles()

/** Offending lines as `path:line text`. */
function linesWith(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  )
}

t.test('no file is longer than 400 lines', async (t) => {
  const long = code.filter((path) => textOf(path).split('\n').length > 401)
  t.strictSame(long, [])
})

t.test('files named after a decision take no System and read no machine', async (t) => {
  const pure = /^(schema|derive|render|plan|judge|order|backoff|argv|match)\.ts$/
  const files = product.filter((path) => pure.test(basename(path)) || dirname(path).endsWith('/checks'))
  t.ok(files.length > 5, 'there are such files')
  const impure = files.flatMap((path) => [
    ...importsOf(path)
      .filter(({ to }) => to.startsWith('node:') && !['node:net', 'node:path'].includes(to))
      .filter(({ to }) => to !== 'node:crypto' || !/import \{ hash \} from 'node:crypto'/.test(textOf(path)))
      .map(({ to }) => `${path} imports ${to}`),
    ...linesWith([path], /\b((?<!to )System\b|Date\.now|new Date\(\)|performance\.|Math\.random|process\.)/),
  ])
  t.strictSame(impure, [])
})

t.test('no default exports, enums, namespaces, or state of a module', async (t) => {
  t.strictSame(linesWith(code, /^export default\b/), [])
  t.strictSame(linesWith(code, /^(export )?(const )?enum\b|^(export )?namespace\b/), [])
  t.strictSame(linesWith(product, /^(export )?(let|var)\b/), [])
})

t.test('classes are only for errors', async (t) => {
  t.strictSame(linesWith(product, /^(export )?(abstract )?class (?!\w+ extends Error)/), [])
})

t.test('nothing lives in a folder or file without a name of its own', async (t) => {
  const nameless = /(^|\/)(utils?|helpers?|common|lib|misc|shared)(\.ts)?(\/|$)/
  t.strictSame(
    code.filter((path) => nameless.test(path)),
    [],
  )
})

t.test('only files that are started touch the process', async (t) => {
  const others = product.filter((path) => !programs.includes(path))
  t.strictSame(linesWith(others, /\bprocess\.(exit\b|exitCode|on\(|argv)/), [])
})

t.test('nothing is left to be done later', async (t) => {
  const later = new RegExp(String.raw`\b(TO${'DO'}|FIX${'ME'}|HA${'CK'}|X${'XX'})\b`)
  t.strictSame(
    linesWith(
      projectFiles().filter((path) => /\.(ts|md|sh|conf|service|list)$/.test(path)),
      later,
    ),
    [],
  )
})

t.test('tests do not wait for a time, but for a state', async (t) => {
  const tests = code.filter((path) => /^test\/(unit|repo|service|box|machine)\//.test(path))
  // tap's t.setTimeout() is the end of patience, as `until` has one.
  const waiting = /\b(sleep|delay|wait|pause)\(\d|(?<!\bt\.)\bsetTimeout\(|from '[n]ode:timers|\bAtomics\.wait\(/
  t.strictSame(linesWith(tests, waiting), [])
  // What tests use may give up after a time. People who sign in do so at a pace.
  const paced = new Set(['test/support/binds.ts'])
  const support = code.filter((path) => path.startsWith('test/support/') && !paced.has(path))
  t.strictSame(linesWith(support, /from '[n]ode:timers|=> setTimeout\(resolve\b/), [])
})

t.test('nothing is exported that nobody uses', async (t) => {
  const used = new Map<string, number>()
  for (const path of code) {
    for (const [word] of textOf(path).matchAll(/\b[A-Za-z]\w+\b/g)) used.set(word, (used.get(word) ?? 0) + 1)
  }
  const exported = /^export (?:async )?(?:function|const|class|interface|type) (?<name>\w+)/gm
  const dead = product.flatMap((path) =>
    [...textOf(path).matchAll(exported)]
      .map(({ groups }) => groups?.['name'] ?? '')
      .filter((name) => used.get(name) === 1)
      .map((name) => `${path} ${name}`),
  )
  t.strictSame(dead, [])
})
