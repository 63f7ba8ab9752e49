import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Counts, countsOf, failuresOf, summary } from './support/counts.ts'

/**
 * `npm test`: every suite in order, the quick ones first, all of them even when one fails. The last line says how many
 * assertions passed and failed.
 */

interface Suite {
  readonly name: string
  readonly files: string
  /** How many test files run at the same time: containers share two cores well, virtual machines do not. */
  readonly jobs: number
  /** Seconds one file may take. */
  readonly timeout: number
}

const checks: readonly (readonly [name: string, ...argv: [string, ...string[]]])[] = [
  ['types', 'tsc', '-p', '.'],
  ['lint', 'oxlint', '--type-aware'],
  ['format', 'oxfmt', '--check', 'agent', 'cli', 'test'],
  // What services and boxes are tested on; minutes the first time, more than a test file may take.
  ['image', './iserv-ctl', 'image', 'build'],
]

const suites: readonly Suite[] = [
  { name: 'unit', files: 'test/quick.ts', jobs: 1, timeout: 120 },
  { name: 'service', files: 'test/service/**/*.test.ts', jobs: 2, timeout: 240 },
  { name: 'box', files: 'test/box/**/*.test.ts', jobs: 2, timeout: 900 },
  { name: 'machine', files: 'test/machine/**/*.test.ts', jobs: 1, timeout: 1500 },
]

function run(argv: readonly [string, ...string[]]): Promise<number> {
  const [program, ...rest] = argv
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', reject)
    child.on('close', (status) => resolve(status ?? 1))
  })
}

async function check(argv: readonly [string, ...string[]]): Promise<Counts> {
  const ok = (await run(argv)) === 0
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

async function tap({ name, files, jobs, timeout }: Suite, folder: string): Promise<Counts> {
  const output = join(folder, name)
  // Without a terminal only what failed is told; the whole output is in the file.
  const reporter = process.stdout.isTTY ? 'base' : 'min'
  const options = [`--jobs=${jobs}`, `--timeout=${timeout}`, `--reporter=${reporter}`, `--output-file=${output}`]
  const status = await run(['tap', ...options, files])
  const told = await readFile(output, 'utf8').catch(() => '')
  failures.push(...failuresOf(told))
  return countsOf(told, status)
}

const folder = await mkdtemp(join(tmpdir(), 'iserv-test-'))
const all: Counts[] = []
const failures: string[] = []
const began = performance.now()
const report = async (name: string, count: () => Promise<Counts>) => {
  console.log(`${name} …`)
  const start = performance.now()
  const counts = await count()
  all.push(counts)
  console.log(`${name}: ${summary([counts])} (${Math.round((performance.now() - start) / 1000)} s)`)
}
for (const [name, ...argv] of checks) await report(name, () => check(argv))
for (const suite of suites) await report(suite.name, () => tap(suite, folder))
await rm(folder, { recursive: true })
// Once more at the end, where whoever reads only the last lines finds them.
for (const failure of failures) console.log(failure)
console.log(`all in ${Math.round((performance.now() - began) / 1000)} s`)
console.log(summary(all))
process.exitCode = all.every(({ failed }) => failed === 0) && all.some(({ passed }) => passed > 0) ? 0 : 1
