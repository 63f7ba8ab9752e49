import t from 'tap'
import { closing, type Run } from '../../support/suite.ts'

const run = (name: string, passed: number, failures: readonly string[] = []): Run => ({
  name,
  counts: { passed, failed: failures.length, skipped: 0 },
  failures,
})
const good = run('good.test.ts', 5)
const bad = run('bad.test.ts', 3, ['FAILED one is two\n  diff: x', 'FAILED bad.test.ts'])
const flaky = (name: string): Run => ({
  ...run(name, 1, [`FAILED waits for ${name}\n  diff: x`]),
  alone: { passed: 2, failed: 0, skipped: 0 },
})

t.test('the last line says how many passed and failed', async (t) => {
  t.strictSame(closing([good, good]), { lines: ['10 passed, 0 failed'], ok: true })
  t.strictSame(closing([good, bad]), { lines: [...bad.failures, '8 passed, 2 failed'], ok: false })
  t.strictSame(closing([]), { lines: ['0 passed, 0 failed'], ok: false })
})

t.test('one flaky file is named, and the run is green', async (t) => {
  const line = 'flaky: a.test.ts (first failure: waits for a.test.ts)'
  t.strictSame(closing([good, flaky('a.test.ts')]), { lines: [line, '7 passed, 0 failed'], ok: true })
  const { lines, ok } = closing([flaky('a.test.ts'), bad])
  t.strictSame(lines, [...bad.failures, line, '5 passed, 2 failed'])
  t.notOk(ok, 'another file that fails is red as ever')
})

t.test('two flaky files are red', async (t) => {
  const { lines, ok } = closing([good, flaky('a.test.ts'), flaky('b.test.ts')])
  t.strictSame(lines.slice(-3), [
    'flaky: a.test.ts (first failure: waits for a.test.ts)',
    'flaky: b.test.ts (first failure: waits for b.test.ts)',
    '7 passed, 2 failed',
  ])
  t.notOk(ok)
})

t.test('a flaky file that ended outside of its tests is named with its last words', async (t) => {
  const crashed: Run = { ...flaky('a.test.ts'), failures: ['FAILED a.test.ts\n  Error: no socket\n  exit status 7'] }
  t.strictSame(closing([good, crashed]).lines.slice(0, 1), ['flaky: a.test.ts (first failure: Error: no socket)'])
})
