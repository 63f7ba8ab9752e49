import t from 'tap'
import { importsOf, projectFiles, textOf } from './tree.ts'

const seeded = 'test/support/property.ts'
const code = projectFiles().filter((path) => /^test\/.*\.ts$/.test(path))

/** What is wrong with the properties of a file. */
function faults(text: string): readonly string[] {
  return [...text.matchAll(/\bfc\.(?:property|asyncProperty)\(/g)].flatMap(({ index }) => {
    const at = `line ${text.slice(0, index).split('\n').length}`
    const inside = callAt(text, index)
    return [
      /\bfc\.assert\(\s*$/.test(text.slice(0, index)) ? [] : `${at}: not asserted by fc.assert`,
      // tap notes a failure and goes on: fast-check neither sees it nor looks for a smaller example.
      /\b(?:t|t\d|tap)\.[a-z]\w*\(/.test(inside) ? `${at}: an assertion of tap within a property` : [],
    ].flat()
  })
}

/** A call from its name to its closing bracket. Brackets in strings that do not match would shift the end. */
function callAt(text: string, start: number): string {
  let depth = 0
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === '(') depth += 1
    if (text[index] === ')') depth -= 1
    if (text[index] === ')' && depth === 0) return text.slice(start, index + 1)
  }
  return text.slice(start)
}

t.test('properties are asserted by fast-check, with a fixed seed', async (t) => {
  const imported = code.filter((path) => path !== seeded && importsOf(path).some(({ to }) => to === 'fast-check'))
  t.strictSame(imported, [], `${seeded} sets the seed`)
  const files = code.filter((path) => importsOf(path).some(({ to }) => to === seeded) && !path.startsWith('test/repo/'))
  t.ok(files.length > 10, 'there are such files')
  t.strictSame(
    files.flatMap((path) => faults(textOf(path)).map((fault) => `${path} ${fault}`)),
    [],
  )
  const drawn = code.filter(
    (path) => /\bfc\.(?:check|sample|statistics)\(/.test(textOf(path)) && !path.startsWith('test/repo/'),
  )
  t.strictSame(drawn, [], 'fc.check reports what nobody reads')
})

t.test('the rule finds what breaks it', async (t) => {
  const property = (body: string) => `fc.assert(\n  fc.property(fc.nat(), (n) => {\n    ${body}\n  }),\n)\nt.pass()`
  t.strictSame(faults(property('return sum(n, (1 + 2)) > 0')), [])
  t.strictSame(faults(property('t.equal(n, n)')), ['line 2: an assertion of tap within a property'])
  t.strictSame(faults('const p = fc.property(fc.nat(), () => true)'), ['line 1: not asserted by fc.assert'])
})
