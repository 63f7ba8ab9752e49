import { z } from 'zod'
import { BoxError, isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { ask, unit } from './kea.ts'
import { heldBy, readLeases } from './leases.ts'
import type { Listener, Step } from './schema.ts'

/** Kea reads 2,000 reservations and its leases in well under a second; a busy box may need longer. */
const startLimit = 15_000
const interval = 50

export async function apply(step: Step, system: System): Promise<void> {
  switch (step.kind) {
    case 'start':
      return start(system)
    case 'enable':
      await ask(system, 'dhcp-enable')
      return
    case 'load':
      await load(step.listeners, system)
      for (const { address } of heldBy(await readLeases(system), step.networks)) {
        await ask(system, 'lease4-del', { 'ip-address': address })
      }
  }
}

/** From its file, because Kea takes 30 ms only to receive 2,000 reservations over its socket. */
async function load(listeners: readonly Listener[], system: System): Promise<void> {
  const { stdout } = await system.processes.run(['ip', '-json', '-family', 'inet', 'address', 'show'])
  const present = z.array(KernelAddresses).parse(JSON.parse(stdout))
  const missing = listeners.filter(
    ({ bridge, address }) =>
      !present.some((link) => link.ifname === bridge && link.addr_info.some(({ local }) => local === address)),
  )
  if (missing.length > 0) {
    // Kea would keep its old configuration, but close all its sockets, and say that all is well.
    const names = missing.map(({ bridge, address }) => `${bridge} with ${address}`).join(', ')
    throw new BoxError('SERVICE_REFUSED', `${names} is not there, so Kea keeps the networks it has`, {
      hint: 'networkctl tells what became of it.',
    })
  }
  await ask(system, 'config-reload')
}

const KernelAddresses = z.object({ ifname: z.string(), addr_info: z.array(z.object({ local: z.string() })) })

async function start(system: System): Promise<void> {
  await system.units.start(unit)
  const deadline = system.clock.monotonic() + startLimit
  for (;;) {
    try {
      await ask(system, 'version-get')
      return
    } catch (error) {
      if (!isBoxError(error, 'SOCKET_UNREACHABLE')) throw error
      if (system.clock.monotonic() > deadline) {
        throw new BoxError('UNIT_FAILED', 'Kea was started but does not answer', {
          cause: error,
          hint: `journalctl -u ${unit} -n 30 tells why.`,
        })
      }
    }
    await new Promise((resolve) => setTimeout(resolve, interval))
  }
}
