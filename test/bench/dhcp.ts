import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { agentAt } from '../../agent/contract/client.ts'
import { stateApply } from '../../agent/contract/state.ts'
import { readState } from '../../agent/model/read.ts'
import { derive } from '../../agent/resources/dhcp/derive.ts'
import { ask } from '../../agent/resources/dhcp/kea.ts'
import { render } from '../../agent/resources/dhcp/render.ts'
import { localSystem } from '../../agent/system/local.ts'
import { agentReady } from '../../cli/lab/box.ts'
import type { Client } from '../../cli/lab/client.ts'
import { labOverlay } from '../../cli/lab/lab.ts'
import { until } from '../../cli/lab/until.ts'
import { type Container, startContainer } from '../support/container.ts'
import { schoolImage } from '../support/image.ts'
import { designDocuments } from '../support/school.ts'
import type { Bounds } from '../support/bench.ts'

const asker = join(import.meta.dirname, '../support/dhcp-asker.ts')
const device = { name: 'r214-pc07', mac: '52:54:00:14:07:01' }
const rounds = 11

export const bounds: Bounds = { unit: 's', must: { ours: 0.5 }, aim: { ours: 0.2 } }

/**
 * From `state apply` of one changed reservation among 2,000 until the device has got the new address, on the booted box
 * with everything a school declares. The peer is what an administrator does with Kea alone: write the file, restart the
 * service. The limit is Kea's own time to load the configuration.
 */
export async function bench() {
  const cleanups: (() => void | Promise<void>)[] = []
  const t = { teardown: (handler: () => void | Promise<void>) => cleanups.push(handler) }
  try {
    return await measured(t)
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  }
}

async function measured(t: { teardown(handler: () => void | Promise<void>): unknown }) {
  const host = localSystem()
  const { tree } = await schoolImage()
  const ports = ['uplink0', 'lan0', 'lan1', 'lan2', 'guest0']
  const box = await startContainer(t, { tree, ports, overlay: [labOverlay] })
  await box.provider()
  await agentReady(box, host)
  const agent = agentAt({ socket: `${box.root}/run/iserv/agent.sock`, by: 'bench' })
  const apply = async (address: string): Promise<void> => {
    const { resources } = await agent.call(stateApply, { documents: documentsWith(address), reason: '' })
    const failed = resources.find(({ state }) => state !== 'converged')
    if (failed !== undefined) throw new Error(`${failed.name}: ${failed.detail}`)
  }
  await apply('10.20.14.7')
  const pc = await box.client(device.name, 'lan0', { mac: device.mac })
  await pc.run(['ip', 'address', 'add', '10.20.255.1/16', 'dev', 'eth0'])
  await pc.run(['ip', 'route', 'add', 'default', 'dev', 'eth0'])

  const ours: number[] = []
  for (const address of addresses(0)) {
    const served = await untilServed({ pc, box }, address, () => apply(address))
    console.error(`${address} by state apply: ${served.toFixed(3)} s`)
    ours.push(served)
  }
  // From here on Kea is alone: the agent would put right what others change.
  await box.system.processes.run(['systemctl', 'stop', 'iserv-agent.socket', 'iserv-agent-platform.socket'])
  await box.system.units.stop('iserv-agent.service')
  const peer: number[] = []
  const limit: number[] = []
  for (const address of addresses(rounds)) {
    await writeConfig(address)
    peer.push(await untilServed({ pc, box }, address, () => box.system.units.restart('kea-dhcp4-server')))
    const began = performance.now()
    await ask(box.system, 'config-reload')
    limit.push((performance.now() - began) / 1000)
  }
  return { ours: median(ours), peer: median(peer), limit: median(limit) }

  async function writeConfig(address: string): Promise<void> {
    const { state } = readState(documentsWith(address))
    const [file] = render(derive({ state, locks: [] }))
    await box.system.files.write('/var/lib/iserv/current/dhcp/kea-dhcp4.conf', file?.text ?? '')
  }
}

/** An address of its own for each round, so that no way profits from the one before. */
const addresses = (after: number) => Array.from({ length: rounds }, (_, round) => `10.20.14.${100 + after + round}`)

function documentsWith(address: string) {
  return designDocuments().map(({ file, text }) => ({ file, text: text.replace(line, `$1${address}`) }))
}

const line = new RegExp(`(name: ${device.name}, .*address: )[\\d.]+`)

interface Place {
  readonly pc: Client
  readonly box: Container
}

/**
 * Seconds from the beginning of the change until the device has its ACK. The device asks all the while, far more often than the
 * box allows one card; so what the box has counted is forgotten again and again.
 */
async function untilServed({ pc, box }: Place, address: string, change: () => Promise<unknown>): Promise<number> {
  const [program, ...rest] = [...pc.enter, process.execPath, asker, device.mac, address]
  const child = spawn(program ?? '', rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  const answer = { come: false }
  const forget = async (): Promise<boolean> => {
    await box.system.processes.run(['nft', 'flush', 'set', 'bridge', 'iserv', 'dhcp_requests'])
    return answer.come
  }
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    await lines.next()
    await forget()
    const began = process.hrtime.bigint()
    const next = lines.next().then((line) => {
      answer.come = true
      return line
    })
    const [served] = await Promise.all([next, change(), until(forget, { what: `${address} to be served`, every: 300 })])
    return Number(BigInt(String(served.value)) - began) / 1e9
  } finally {
    if (child.exitCode === null) {
      child.kill()
      await once(child, 'exit')
    }
  }
}

function median(values: readonly number[]): number {
  return Number((values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(3))
}
