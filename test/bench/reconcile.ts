import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { agentAt } from '../../agent/contract/client.ts'
import { boxReconcile } from '../../agent/contract/box.ts'
import { localSystem } from '../../agent/system/local.ts'
import { agentReady } from '../../cli/lab/box.ts'
import { applySchool } from '../../cli/lab/tour.ts'
import { labOverlay } from '../../cli/lab/lab.ts'
import { schoolImage } from '../support/image.ts'
import { type Container, startContainer } from '../support/container.ts'
import { designInput } from '../support/school.ts'
import { ansibleCheck, ansibleOverlay, fiftyThings } from '../support/ansible.ts'
import type { Bounds } from '../support/bench.ts'

const passes = 20

export const bounds: Bounds = { unit: 's CPU', must: { ratio: 1 / 50 }, aim: { ratio: 1 / 200 } }

/**
 * Processor time of one look at a whole school that is as it should be: the running agent with everything it starts,
 * as the box's own accounting says. The peer is Ansible checking fifty of the same things on the same box; the limit
 * is what the services themselves need to answer.
 */
export async function bench() {
  const cleanups: (() => Promise<void>)[] = []
  const t = { teardown: (handler: () => Promise<void>) => cleanups.push(handler) }
  const host = localSystem()
  try {
    const image = await schoolImage()
    const { tree } = image
    const ansible = await ansibleOverlay(host, image)
    const ports = ['uplink0', 'lan0', 'lan1', 'lan2', 'guest0']
    const box = await startContainer(t, { tree, ports, overlay: [labOverlay, ansible] })
    await box.provider()
    await agentReady(box, host)
    await applySchool(box, stringify(designInput()), host)
    const { ours, services } = await quietLooks(box)
    console.error(`a look: agent ${ours.toFixed(4)} s, services asked ${services.toFixed(4)} s of processor time`)
    const tasks = await fiftyThings(box.system)
    // A first run of the first and last tasks, for Python to compile what it keeps compiled.
    await ansibleCheck(box.system, [...tasks.slice(0, 1), ...tasks.slice(-1)])
    const peer = await ansibleCheck(box.system, tasks)
    console.error(`ansible: ${tasks.length} things, ${peer} s of processor time`)
    return { ours, peer, limit: services }
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup()
  }
}

async function quietLooks(box: Container) {
  const agent = agentAt({ socket: `${box.root}/run/iserv/agent.sock`, by: 'bench' })
  const look = async () => (await agent.call(boxReconcile, {})).resources
  // The first looks still load code and may find the last of what the services had to do.
  for (let round = 0; round < 5; round += 1) await look()
  const [agentBefore, servicesBefore] = [await used(box, agentUnit), await usedByAll(box)]
  for (let round = 0; round < passes; round += 1) {
    const wrong = (await look()).filter(({ state, lines }) => state !== 'converged' || lines.length > 0)
    if (wrong.length > 0) throw new Error(`not at rest: ${JSON.stringify(wrong)}`)
  }
  const [agentAfter, servicesAfter] = [await used(box, agentUnit), await usedByAll(box)]
  return { ours: (agentAfter - agentBefore) / passes, services: (servicesAfter - servicesBefore) / passes }
}

const agentUnit = 'iserv-agent.service'
const services = ['kea-dhcp4-server.service', 'unbound.service', 'chrony.service', 'systemd-networkd.service']

/** Seconds of processor time that a unit and all its processes have used so far. */
async function used(box: Container, unit: string): Promise<number> {
  const text = await readFile(join(box.root, 'sys/fs/cgroup/system.slice', unit, 'cpu.stat'), 'utf8')
  return Number(/^usage_usec (\d+)$/m.exec(text)?.[1]) / 1e6
}

async function usedByAll(box: Container): Promise<number> {
  const all = await Promise.all(services.map((unit) => used(box, unit)))
  return all.reduce((sum, one) => sum + one, 0)
}
