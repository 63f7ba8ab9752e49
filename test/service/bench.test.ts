import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

/** The runner of benches, beside benches that measure nothing. */

const tests = resolve(import.meta.dirname, '..')
const ending = (ours: number) => `
export const bounds = { unit: 's', must: { ours: 2 }, aim: { ratio: 1 / 4 } }
export const bench = async () => ({ ours: ${ours}, peer: 4, limit: null })
`

t.test('a bench closes with one line of JSON, all of them with a table', async (t) => {
  const folder = t.testdir({
    bench: {
      'good.ts': ending(1),
      'slow.ts': ending(3),
      'torn.ts': `${ending(1)}\nthrow new Error('no such engine')`,
    },
  })
  for (const file of ['bench/run.ts', 'support/bench.ts']) cpSync(join(tests, file), join(folder, file))
  const run = (word: string) => {
    const { status, stdout } = spawnSync(process.execPath, [join(folder, 'bench/run.ts'), word], { encoding: 'utf8' })
    return { status, lines: stdout.trimEnd().split('\n') }
  }

  const good = run('good')
  t.equal(good.status, 0)
  t.match(JSON.parse(good.lines.at(-1) ?? ''), { bench: 'good', ratio: 0.25, holds: true, reached: true })
  const slow = run('slow')
  t.equal(slow.status, 0, 'a figure is a result')
  t.match(JSON.parse(slow.lines.at(-1) ?? ''), {
    must: { ours: 2 },
    aim: { ratio: 0.25 },
    holds: false,
    reached: false,
  })
  t.equal(run('torn').status, 1)
  t.strictSame(run('--list'), { status: 0, lines: ['good', 'slow', 'torn'] })
  t.equal(run('other').status, 2)

  const all = run('--all')
  t.equal(all.status, 1, 'a bound that is broken, or a bench that failed')
  t.strictSame(
    all.lines.map((line) => line.split(/ {2,}/)),
    [
      ['bench', 'ours', 'peer', 'ratio', 'limit', 'must', 'aim'],
      ['good', '1 s', '4 s', '0.25', '≤ 2 s', 'holds', '≤ 1/4 ×', 'reached'],
      ['slow', '3 s', '4 s', '0.75', '≤ 2 s', 'BROKEN', '≤ 1/4 ×', 'missed'],
      ['torn', 'failed'],
    ],
  )
})
