import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import t from 'tap'

t.setTimeout(120_000)

/** Test files as `npm test` runs them, each in a process of its own. */

const runner = resolve(import.meta.dirname, '../support/suite.ts')

const passing = "import t from 'tap'\nt.test('fine', async (t) => { t.pass(); t.pass() })\n"
/** Passes when it is run the second time. */
const flaky = `
import { existsSync, writeFileSync } from 'node:fs'
import t from 'tap'
t.test('waits', async (t) => {
  const been = new URL(import.meta.url).pathname + '.been'
  t.ok(existsSync(been), 'it is there')
  writeFileSync(been, '')
})
`

/** How a run of these files ends, as `service` or as `unit` tests. */
function ends(folder: string, again = true): { status: number | null; lines: readonly string[] } {
  const driver = `
    import { closing, runSuite } from ${JSON.stringify(runner)}
    const files = 'files/*.test.ts'
    const { lines, ok } = closing(await runSuite({ name: 'some', files, jobs: 2, timeout: 20, again: ${again} }))
    console.log(lines.join('\\n'))
    process.exitCode = ok ? 0 : 1
  `
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', driver], {
    cwd: folder,
    // Without what tap's own runner has told this process.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TAP'))),
    encoding: 'utf8',
  })
  return { status, lines: stdout.trimEnd().split('\n') }
}

t.test('all files are run, and the last line counts their tests', async (t) => {
  const failing = passing.replace('t.pass()', 't.fail("it is broken")')
  const dying = `${passing}t.teardown(() => process.kill(process.pid, 'SIGKILL'))\n`
  const late = `${passing}t.test('late', { timeout: 300 }, (t) => {
    const timer = setInterval(() => 0, 1000)
    t.teardown(() => clearInterval(timer))
    return new Promise(() => undefined)
  })`
  const hanging = `${passing}t.setTimeout(1000)\nsetInterval(() => 0, 1000)\n`
  // Files that come to their time limits, and files after them.
  const broken = { 'a.test.ts': late, 'b.test.ts': hanging, 'c.test.ts': failing, 'd.test.ts': dying, 'e.test.ts': '' }
  const { status, lines } = ends(t.testdir({ files: { ...broken, 'f.test.ts': passing, 'g.test.ts': passing } }), false)
  t.equal(status, 1)
  t.equal(lines.at(-1), '5 passed, 5 failed')
  for (const failure of ['timeout!', 'files/b.test.ts', 'it is broken', 'files/d.test.ts', 'files/e.test.ts']) {
    t.ok(lines.includes(`FAILED ${failure}`), `${failure} is named`)
  }
})

t.test('a file that fails once is run once more, alone: one is green, two are red', async (t) => {
  const one = ends(t.testdir({ files: { 'a.test.ts': passing, 'b.test.ts': flaky } }))
  t.equal(one.status, 0)
  t.strictSame(one.lines.slice(-2), ['flaky: files/b.test.ts (first failure: it is there)', '2 passed, 0 failed'])
  const two = ends(t.testdir({ files: { 'a.test.ts': flaky, 'b.test.ts': flaky } }))
  t.equal(two.status, 1)
  t.match(two.lines.at(-3), 'flaky: files/a.test.ts')
  t.match(two.lines.at(-2), 'flaky: files/b.test.ts')
  t.equal(two.lines.at(-1), '0 passed, 2 failed')
})

t.test('pure tests are never run twice', async (t) => {
  const { status, lines } = ends(t.testdir({ files: { 'a.test.ts': flaky } }), false)
  t.equal(status, 1)
  t.equal(lines.at(-1), '0 passed, 1 failed')
  t.notMatch(lines.join('\n'), /once more|flaky:/)
})
