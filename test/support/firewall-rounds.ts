import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { removal } from '../../agent/nftables/transaction.ts'
import { apply } from '../../agent/resources/firewall/apply.ts'
import { derive } from '../../agent/resources/firewall/derive.ts'
import { observe, observeChanges } from '../../agent/resources/firewall/observe.ts'
import { plan } from '../../agent/resources/firewall/plan.ts'
import { localSystem } from '../../agent/system/local.ts'
import { SchoolState } from '../../agent/model/state.ts'

/**
 * Runs on the box: puts the whole firewall of a school in force and takes it away again, turn about by the agent's own
 * way and by `nft -f` with the same rules as text. Gets the state as JSON in a file; prints the milliseconds of both as
 * JSON.
 */

const rounds = 21
const system = localSystem()
const state = SchoolState.parse(JSON.parse((await system.files.read(process.argv[2] ?? '')) ?? ''))
const desired = derive({ state, locks: [] })
const bare = () =>
  system.nftables.run(removal({ family: 'inet', table: 'iserv' }, { family: 'bridge', table: 'iserv' }))

const settle = async (): Promise<number> => {
  const began = performance.now()
  for (const step of plan(desired, await observe(system))) await apply(step, system)
  return performance.now() - began
}

await bare()
await settle()
const rules = '/run/firewall-bench.nft'
const listed = (family: string) =>
  spawnSync('nft', ['list', 'table', family, 'iserv'], { encoding: 'utf8', maxBuffer: 1e8 }).stdout
writeFileSync(rules, listed('inet') + listed('bridge'))

const ours: number[] = []
const peer: number[] = []
const idle: number[] = []
for (let round = 0; round < rounds; round += 1) {
  await bare()
  ours.push(await settle())
  // The agent has seen its own change once before it finds nothing to do.
  await observeChanges(system)
  const before = process.cpuUsage()
  plan(desired, await observeChanges(system))
  const { user, system: kernel } = process.cpuUsage(before)
  idle.push((user + kernel) / 1000)
  await bare()
  const began = performance.now()
  const { status, stderr } = spawnSync('nft', ['-f', rules], { encoding: 'utf8' })
  peer.push(performance.now() - began)
  if (status !== 0) throw new Error(stderr)
}
console.log(JSON.stringify({ ours, peer, idle }))
