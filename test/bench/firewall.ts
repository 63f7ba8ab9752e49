import { readFile } from 'node:fs/promises'
import { startBox } from '../support/box.ts'
import { firewalldReloads } from '../support/firewalld.ts'
import { designInput, designSchool } from '../support/school.ts'
import type { Bounds } from '../support/bench.ts'

export const bounds: Bounds = { unit: 'ms', must: { ratio: 1.5 }, aim: { ratio: 1.2 } }

/** The whole firewall of 2,000 devices and 60 rooms: from the declared school to the kernel, against `nft -f`. */
export async function bench() {
  const cleanups: (() => Promise<void>)[] = []
  try {
    const { system } = await startBox({ teardown: (handler) => cleanups.push(handler) })
    await system.processes.run([
      'systemctl',
      'stop',
      'iserv-agent.socket',
      'iserv-agent-platform.socket',
      'iserv-agent.service',
    ])
    // Beside the box's own code, so that its imports lead there.
    await system.files.makeFolder('/run/bench/test/support')
    await system.files.link('/run/bench/agent', '/usr/lib/iserv/agent')
    await system.files.write(
      '/run/bench/test/support/firewall-rounds.ts',
      await readFile(new URL('../support/firewall-rounds.ts', import.meta.url), 'utf8'),
    )
    await system.files.write('/run/school.json', JSON.stringify(designInput()))
    const argv = ['/usr/lib/iserv/bin/node', '/run/bench/test/support/firewall-rounds.ts', '/run/school.json'] as const
    const { stdout } = await system.processes.run(argv, { timeout: 120_000 })
    const { ours, peer, idle } = JSON.parse(stdout) as Readonly<Record<'ours' | 'peer' | 'idle', readonly number[]>>
    console.error(
      `median of ${ours.length} each, turn about; a look that finds nothing to do: ${median(idle)} ms of CPU`,
    )
    const reloads = await firewalldReloads(designSchool())
    console.error(`firewalld with the same rooms and devices, and no more rules than that: ${median(reloads)} ms`)
    return { ours: median(ours), peer: median(peer), limit: null }
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  }
}

function median(values: readonly number[]): number {
  return Number((values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(2))
}
