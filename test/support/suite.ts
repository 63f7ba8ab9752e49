import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type Counts, countsOf, type Ended, failuresOf, summary, summed } from './counts.ts'

/** How `npm test` runs test files, and how it closes. */

export interface Suite {
  readonly name: string
  readonly files: string
  /** How many files run at the same time. */
  readonly jobs: number
  /** Seconds a file may take that does not set a limit of its own. */
  readonly timeout: number
  /** A file that fails is run once more, alone: other work on this machine may have delayed what it waited for. */
  readonly again: boolean
}

/** A program, or a test file, run to its end. */
export interface Run {
  readonly name: string
  readonly counts: Counts
  readonly failures: readonly string[]
  /** Of a file that failed and then passed alone: how that run counts. */
  readonly alone?: Counts
}

/** When more files than these fail it is not for lack of time, and running all of them again would take too much of it. */
const mostAgain = 4
/** Milliseconds in which a file ends after its time limit, before it is killed. */
const grace = 5000
const lastWords = join(import.meta.dirname, 'last-words.ts')

export async function runSuite({ files, jobs, timeout, again }: Suite): Promise<readonly Run[]> {
  const waiting = globSync(files).toSorted()
  if (waiting.length === 0) return [failedRun(files, ['There is no such file.'])]
  const runs: Run[] = []
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) runs.push(await runFile(file, timeout))
  }
  await Promise.all(Array.from({ length: jobs }, work))
  runs.sort((one, other) => one.name.localeCompare(other.name))
  const failed = runs.filter(({ counts }) => counts.failed > 0)
  if (!again || failed.length > mostAgain) return runs
  const passed = new Map<Run, Counts>()
  for (const run of failed) {
    console.log(`${run.name} once more, alone …`)
    const { counts } = await runFile(run.name, timeout)
    if (counts.failed === 0) passed.set(run, counts)
  }
  return runs.map((run) => {
    const alone = passed.get(run)
    return alone === undefined ? run : { ...run, alone }
  })
}

/**
 * Runs a test file in a process of its own, as `npx tap FILE` would. tap's own runner leaves out the results of other files
 * when one reaches its time limit.
 */
async function runFile(file: string, timeout: number): Promise<Run> {
  const began = performance.now()
  const child = spawn(process.execPath, [`--import=${lastWords}`, file], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, TAP_TIMEOUT: String(timeout) },
  })
  const killAfter = (limit: number) => setTimeout(() => child.kill('SIGKILL'), limit + grace)
  let timer = killAfter(timeout * 1000)
  // tap reports what a file says with t.setTimeout().
  child.on('message', (message: { readonly setTimeout?: number }) => {
    if (message.setTimeout === undefined) return
    clearTimeout(timer)
    timer = killAfter(message.setTimeout)
  })
  const [tap, [status, signal]] = await Promise.all([text(child.stdout as Readable), once(child, 'close')])
  clearTimeout(timer)
  const ended = (status ?? signal) as Ended
  const counts = countsOf(tap, ended)
  const failures = counts.failed > 0 ? failuresOf(file, tap, ended) : []
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log([`${file}: ${summary(counts)} (${seconds} s)`, ...failures].join('\n'))
  return { name: file, counts, failures }
}

/** Runs a program whose exit status is all that counts. */
export async function runCheck(name: string, [program, ...rest]: readonly [string, ...string[]]): Promise<Run> {
  const began = performance.now()
  const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = await once(child, 'close').then(([status, signal]) => String(status ?? signal), String)
  const run = ended === '0' ? passedRun(name) : failedRun(name, [[program, ...rest].join(' '), `ended: ${ended}`])
  console.log(`${name}: ${summary(run.counts)} (${Math.round((performance.now() - began) / 1000)} s)`)
  return run
}

const passedRun = (name: string): Run => ({ name, counts: { passed: 1, failed: 0, skipped: 0 }, failures: [] })

const failedRun = (name: string, why: readonly string[]): Run => ({
  name,
  counts: { passed: 0, failed: 1, skipped: 0 },
  failures: [[`FAILED ${name}`, ...why.map((line) => `  ${line}`)].join('\n')],
})

/**
 * The last lines of all runs, and whether they are green. One flaky file is named and counts as it did alone; two are no
 * coincidence: both count as they did first.
 */
export function closing(runs: readonly Run[]): { readonly lines: readonly string[]; readonly ok: boolean } {
  const flaky = runs.filter(({ alone }) => alone !== undefined)
  const settled = flaky.length === 1
  const counts = summed(runs.map(({ counts: first, alone }) => (settled ? (alone ?? first) : first)))
  const failures = runs.flatMap((run) => (settled && run.alone !== undefined ? [] : run.failures))
  const named = flaky.map(
    ({ name, failures: [first = ''] }) => `flaky: ${name} (first failure: ${reasonOf(name, first)})`,
  )
  return { lines: [...failures, ...named, summary(counts)], ok: counts.failed === 0 && counts.passed > 0 }
}

/** Which test failed; of a file that ended outside of any, its last words. */
function reasonOf(file: string, failure: string): string {
  const [title = '', why = ''] = failure.split('\n')
  return title === `FAILED ${file}` ? why.trim() : title.slice('FAILED '.length)
}
