import { BoxError, isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { ask, unit } from './kea.ts'
import type { Step } from './schema.ts'

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
      await load(step.bridges, system)
  }
}

/** From its file, because Kea takes 30 ms only to receive 2,000 reservations over its socket. */
async function load(bridges: readonly string[], system: System): Promise<void> {
  const present = await system.files.list('/sys/class/net')
  const missing = bridges.filter((bridge) => !present.includes(bridge))
  if (missing.length > 0) {
    // Kea would keep its old configuration, but close all its sockets, and say that all is well.
    throw new BoxError('SERVICE_REFUSED', `${missing.join(', ')} is not there, so Kea keeps the networks it has`, {
      hint: 'networkctl tells what became of it.',
    })
  }
  await ask(system, 'config-reload')
}

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
