import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Bounds } from '../support/bench.ts'

const starter = join(import.meta.dirname, '../../iserv-ctl')
const rounds = 60

export const bounds: Bounds = { unit: 'ms', must: { ratio: 2 }, aim: { ratio: 1.3 } }

/** Wall time of `iserv-ctl --help` against the bare start of the same Node. */
export async function bench() {
  // The first start fills the compile cache, as the first call after an installation does.
  once(starter, ['--help'])
  once(process.execPath, ['-e', '0'])
  const ours: number[] = []
  const peer: number[] = []
  // Turn about, so that a busy moment of the machine meets both.
  for (let round = 0; round < rounds; round++) {
    ours.push(once(starter, ['--help']))
    peer.push(once(process.execPath, ['-e', '0']))
  }
  console.error(`median of ${rounds} starts each, turn about`)
  const bare = median(peer)
  return { ours: median(ours), peer: bare, limit: bare }
}

function once(program: string, args: readonly string[]): number {
  const began = performance.now()
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with status ${status}`)
  return performance.now() - began
}

function median(values: readonly number[]): number {
  return Number((values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(2))
}
