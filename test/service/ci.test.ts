import { spawnSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

/** The program that closes a run of all tests with one line of numbers. */

const project = resolve(import.meta.dirname, '../..')

/** What it ends with when the tests of a project say this and end so. */
function closes(folder: string, said: string, status: number): { status: number | null; line: string | undefined } {
  cpSync(join(project, '.ci'), join(folder, '.ci'), { recursive: true })
  const script = `process.stdout.write(${JSON.stringify(said)}); process.exitCode = ${status}`
  writeFileSync(join(folder, 'tests.mjs'), script)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { test: 'node tests.mjs' } }))
  const ended = spawnSync('sh', [join(folder, '.ci/run')], { encoding: 'utf8' })
  return { status: ended.status, line: ended.stdout.trimEnd().split('\n').at(-1) }
}

t.test('the last line is the numbers, whatever bytes a failure quotes', async (t) => {
  const ends = (said: string, status: number) => closes(t.testdir({}), said, status)
  t.strictSame(ends('fine\n12 passed, 0 failed\n', 0), { status: 0, line: '12 passed, 0 failed' })
  const quoted = 'not ok: got "\0\xff"\n11 passed, 1 failed, 2 skipped\n'
  t.strictSame(ends(quoted, 1), { status: 1, line: '11 passed, 1 failed, 2 skipped' })
  t.strictSame(ends('no space left\n', 4), { status: 4, line: '0 passed, 1 failed' })
})
