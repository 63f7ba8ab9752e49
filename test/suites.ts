import { closing, type Run, runCheck, runSuite, type Suite } from './support/suite.ts'

/**
 * `npm test`: every suite in order, the quick ones first, all of them even when one fails. The last line says how many
 * tests passed and failed.
 */

const checks: readonly (readonly [name: string, ...argv: [string, ...string[]]])[] = [
  ['types', 'tsc', '-p', '.'],
  ['lint', 'oxlint', '--type-aware'],
  ['format', 'oxfmt', '--check', 'agent', 'cli', 'test'],
  ['python', process.execPath, 'test/python.ts'],
  // What services and boxes are tested on; minutes the first time, more than a test file may take.
  ['image', './iserv-ctl', 'image', 'build'],
]

// Containers share two cores well, virtual machines do not.
const suites: readonly Suite[] = [
  { name: 'unit', files: 'test/quick.ts', jobs: 1, timeout: 600, again: false },
  { name: 'service', files: 'test/service/**/*.test.ts', jobs: 2, timeout: 240, again: true },
  { name: 'box', files: 'test/box/**/*.test.ts', jobs: 2, timeout: 900, again: true },
  { name: 'machine', files: 'test/machine/**/*.test.ts', jobs: 1, timeout: 1500, again: true },
]

const runs: Run[] = []
const began = performance.now()
const since = (moment: number) => `${Math.round((performance.now() - moment) / 1000)} s`
for (const [name, ...argv] of checks) runs.push(await runCheck(name, argv))
for (const suite of suites) {
  const start = performance.now()
  runs.push(...(await runSuite(suite)))
  console.log(`${suite.name} in ${since(start)}`)
}
console.log(`all in ${since(began)}`)
const { lines, ok } = closing(runs)
for (const line of lines) console.log(line)
process.exitCode = ok ? 0 : 1
