import { readdir } from 'node:fs/promises'

/**
 * `npm run bench -- NAME`: runs test/bench/NAME.ts. What it tells on the way goes to standard error; the last line on
 * standard output is one JSON object.
 */

interface Measured {
  readonly ours: number
  /** The same work by the program we compare ourselves with, run in the same call. */
  readonly peer: number
  /** What no program could beat: physics, protocol, hardware; null where nothing is known. */
  readonly limit: number | null
  readonly unit: string
}

/** Bench files export one function and are data to this runner. */
interface BenchFile {
  readonly bench: () => Promise<Measured>
}

const notBenches = new Set(['run.ts'])
const files = await readdir(import.meta.dirname)
const names = files.filter((file) => file.endsWith('.ts') && !notBenches.has(file)).map((file) => file.slice(0, -3))
const [name] = process.argv.slice(2)

if (name === '--list') {
  console.log(names.toSorted().join('\n'))
} else if (name === undefined || !names.includes(name)) {
  console.error(
    `${name === undefined ? 'Which bench?' : `There is no bench "${name}".`} There are: ${names.join(', ')}`,
  )
  console.error('Usage: npm run bench -- NAME')
  process.exitCode = 2
} else {
  const { bench } = (await import(`./${name}.ts`)) as BenchFile
  const { ours, peer, limit, unit } = await bench()
  const ratio = Number((ours / peer).toPrecision(3))
  console.error(`${name}: ours ${ours} ${unit}, peer ${peer} ${unit}, ${ratio} times the peer`)
  console.log(JSON.stringify({ bench: name, ours, peer, limit, unit, ratio }))
}
