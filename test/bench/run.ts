import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Bounds, boundText, judge, type Judged, type Measured } from '../support/bench.ts'

/**
 * `npm run bench -- NAME`: runs test/bench/NAME.ts. What it reports on the way goes to standard error; the last line on
 * standard output is one JSON object. With `--all` every bench runs, one after the other, each in a process of its own, and
 * a table of all figures is the end; a bench that fails or does not hold is an error then.
 */

interface BenchFile {
  readonly bounds: Bounds
  readonly bench: () => Promise<Measured>
}

const runner = join(import.meta.dirname, 'run.ts')
const files = await readdir(import.meta.dirname)
const names = files.filter((file) => file.endsWith('.ts') && file !== 'run.ts').map((file) => file.slice(0, -3))
const [name] = process.argv.slice(2)

if (name === '--list') console.log(names.toSorted().join('\n'))
else if (name === '--all') await runAll()
else if (name !== undefined && names.includes(name)) await runOne(name)
else {
  const wrong = name === undefined ? 'Which bench?' : `There is no bench "${name}".`
  console.error(`${wrong} There are: ${names.toSorted().join(', ')}`)
  console.error('Usage: npm run bench -- NAME | --all | --list')
  process.exitCode = 2
}

async function runOne(name: string): Promise<void> {
  const { bench, bounds } = (await import(`./${name}.ts`)) as BenchFile
  console.log(JSON.stringify(judge(name, bounds, await bench())))
}

async function runAll(): Promise<void> {
  const rows: string[][] = []
  for (const name of names.toSorted()) {
    console.error(`${name} …`)
    const judged = await inOwnProcess(name)
    if (judged?.holds !== true) process.exitCode = 1
    rows.push(judged === undefined ? [name, 'failed'] : rowOf(judged))
  }
  console.log(tableOf([['bench', 'ours', 'peer', 'ratio', 'limit', 'must', '', 'aim', ''], ...rows]))
}

/** Nothing that one bench has loaded or warmed helps the next. */
async function inOwnProcess(name: string): Promise<Judged | undefined> {
  const child = spawn(process.execPath, [runner, name], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said, [status]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return status === 0 ? (JSON.parse(said.trimEnd().split('\n').at(-1) ?? '') as Judged) : undefined
}

function rowOf({ bench, unit, ours, peer, ratio, limit, must, aim, holds, reached }: Judged): string[] {
  const withUnit = (value: number | null) => (value === null ? '' : `${value} ${unit}`)
  const figures = [withUnit(ours), withUnit(peer), ratio === null ? '' : String(ratio), withUnit(limit)]
  const bounds = [
    boundText(must, unit),
    holds ? 'holds' : 'BROKEN',
    boundText(aim, unit),
    reached ? 'reached' : 'missed',
  ]
  return [bench, ...figures, ...bounds]
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
