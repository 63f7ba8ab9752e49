import { z } from 'zod'
import { type PageShow, pageShow } from '../../contract/page.ts'
import { addressNumber, contains, subnetOf } from '../../model/address.ts'
import type { SchoolState } from '../../model/state.ts'
import type { System } from '../../system/system.ts'
import { defineHandler, type Handler } from '../handler.ts'

export const pageHandlers: readonly Handler[] = [
  defineHandler(pageShow, async ({ address }, { engine, ledger, system }) => {
    const state = engine.state()
    const device = deviceAt(address, await macOf(address, system), state)
    const room = state.rooms.find(({ name }) => name === device?.room)
    const network = state.networks.find(({ ipv4, ipv6 }) => within(address, [ipv4, ipv6]))
    const lock = ledger.locks.list(system.clock.now()).find((one) => one.room === room?.name)
    const allowed = device?.internet ?? room?.internet ?? network?.internet ?? false
    const internet: PageShow['internet'] = lock !== undefined ? 'locked' : allowed ? 'allowed' : 'off'
    return {
      school: state.school.name,
      language: state.school.language,
      timezone: state.school.timezone,
      device: device?.name ?? null,
      room: room === undefined ? null : (room.title ?? room.name),
      network: network?.name ?? null,
      internet,
      lockedUntil: lock?.until ?? null,
      services: engine.status().resources.map(({ name, state: found, findings }) => ({
        name,
        works: found === 'converged' && findings.every(({ severity }) => severity !== 'error'),
      })),
    }
  }),
]

function deviceAt(address: string, mac: string | undefined, { devices }: SchoolState) {
  return devices.find((device) => device.mac === mac) ?? devices.find((device) => device.address === address)
}

const Neighbours = z.array(z.object({ lladdr: z.string().optional() }))

/** By the network card, as the firewall knows devices: an IPv6 address does not tell which device has it. */
async function macOf(address: string, system: System): Promise<string | undefined> {
  const { stdout } = await system.processes.run(['ip', '-json', 'neighbour', 'show', 'to', address])
  return Neighbours.parse(JSON.parse(stdout === '' ? '[]' : stdout)).find(({ lladdr }) => lladdr !== undefined)?.lladdr
}

function within(address: string, networks: readonly (string | undefined)[]): boolean {
  const number = addressNumber(address)
  return networks.some((network) => {
    const subnet = network === undefined ? undefined : subnetOf(network)
    // IPv4 and IPv6 count from zero alike, so the family decides too.
    return (
      subnet !== undefined &&
      number !== undefined &&
      (subnet.family === 6) === address.includes(':') &&
      contains(subnet, number)
    )
  })
}
