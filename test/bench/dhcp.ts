import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Ipv4 } from '../../agent/model/scalars.ts'
import type { SchoolState } from '../../agent/model/state.ts'
import { dhcp } from '../../agent/resources/dhcp/index.ts'
import { interfaces } from '../../agent/resources/interfaces/index.ts'
import { derive } from '../../agent/resources/dhcp/derive.ts'
import { ask } from '../../agent/resources/dhcp/kea.ts'
import { render } from '../../agent/resources/dhcp/render.ts'
import { localSystem } from '../../agent/system/local.ts'
import type { Client } from '../../cli/lab/client.ts'
import { startContainer } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { designSchool } from '../support/school.ts'

const overlay = join(import.meta.dirname, '../../image/school/overlay')
const asker = join(import.meta.dirname, '../support/dhcp-asker.ts')
const device = { name: 'r214-pc07', mac: '52:54:00:14:07:01' }
const rounds = 11

/**
 * From a changed reservation among 2,000 until the device has got the new address. The peer is what an administrator
 * does with Kea alone: write the file, restart the service. The limit is Kea's own time to load the configuration.
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
  const box = await startContainer(t, { ports: ['uplink0', 'lan0', 'lan1', 'lan2', 'guest0'], overlay: [overlay] })
  // As on the box itself, as nearly as may be: one program more for each that is started, not the lab's four.
  const enter = box.enter.slice(box.enter.indexOf('nsenter'), box.enter.indexOf('--') + 1)
  const { enact } = enactorOn(t, localSystem({ root: box.root, enter }), [interfaces, dhcp])
  await enact(schoolWith('10.20.14.7'))
  const pc = await box.client(device.name, 'lan0', { mac: device.mac })
  await pc.run(['ip', 'address', 'add', '10.20.255.1/16', 'dev', 'eth0'])
  await pc.run(['ip', 'route', 'add', 'default', 'dev', 'eth0'])
  const times: Record<'ours' | 'peer' | 'limit', number[]> = { ours: [], peer: [], limit: [] }
  for (let round = 0; round < rounds; round += 1) {
    // Each round takes three addresses of its own, so that no way profits from the one before.
    const [mine, theirs, bare] = [100, 101, 102].map((host) => `10.20.14.${host + 3 * round}`) as [
      string,
      string,
      string,
    ]
    times.ours.push(await untilServed(pc, mine, () => enact(schoolWith(mine))))
    times.peer.push(await untilServed(pc, theirs, () => restartWith(theirs)))
    await writeConfig(bare)
    const began = performance.now()
    await ask(box.system, 'config-reload')
    times.limit.push((performance.now() - began) / 1000)
    console.error(
      `round ${round + 1}: ${Object.entries(times)
        .map(([name, all]) => `${name} ${all.at(-1)?.toFixed(3)} s`)
        .join(', ')}`,
    )
  }
  return { ours: median(times.ours), peer: median(times.peer), limit: median(times.limit), unit: 's' }

  async function restartWith(address: string): Promise<void> {
    await writeConfig(address)
    await box.system.units.restart('kea-dhcp4-server')
  }

  async function writeConfig(address: string): Promise<void> {
    const [file] = render(derive({ state: schoolWith(address), locks: [] }))
    await box.system.files.write('/var/lib/iserv/current/dhcp/kea-dhcp4.conf', file?.text ?? '')
  }
}

function schoolWith(address: string): SchoolState {
  const school = designSchool()
  const devices = school.devices.map((one) =>
    one.name === device.name ? { ...one, address: Ipv4.parse(address) } : one,
  )
  return { ...school, devices }
}

/** Seconds from the beginning of the change until the device has its ACK. The device asks all the while. */
async function untilServed(client: Client, address: string, change: () => Promise<unknown>): Promise<number> {
  const [program, ...rest] = [...client.enter, process.execPath, asker, device.mac, address]
  const child = spawn(program ?? '', rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    await lines.next()
    const began = process.hrtime.bigint()
    const [served] = await Promise.all([lines.next(), change()])
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
