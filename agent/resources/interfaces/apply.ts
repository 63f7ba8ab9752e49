import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { isSettled } from './judge.ts'
import { observe } from './observe.ts'
import type { Link, Step } from './schema.ts'

const unit = 'systemd-networkd.service'

/** systemd-networkd needs some tens of milliseconds for a link; a network card that starts its line some seconds. */
const settleLimit = 10_000
const interval = 50

export async function apply(step: Step, system: System): Promise<void> {
  const { processes, units } = system
  switch (step.kind) {
    case 'remove':
      await processes.run(['ip', 'link', 'delete', 'dev', step.link])
      return
    case 'reload':
      // A networkd that did not run has read its files by this.
      await units.start(unit)
      await processes.run(['networkctl', 'reload'])
      await settled(system, step.links)
      return
    case 'release':
      await processes.run(['ip', 'link', 'set', 'dev', step.link, 'nomaster', 'down', 'group', 'default'])
      await processes.run(['ip', 'address', 'flush', 'dev', step.link])
      return
    case 'reconfigure':
      await processes.run(['networkctl', 'reconfigure', step.link.name])
      await settled(system, [step.link])
      return
    case 'forward':
      // Only at its start does networkd set what holds for all links; it keeps links and addresses meanwhile.
      await units.restart(unit)
  }
}

/** systemd-networkd answers before it has done what it was told. */
async function settled(system: System, links: readonly Link[]): Promise<void> {
  const deadline = system.clock.monotonic() + settleLimit
  for (;;) {
    const actual = await observe(system)
    const open = links.filter((link) => !isSettled(link, actual))
    if (open.length === 0) return
    if (system.clock.monotonic() > deadline) {
      throw new BoxError(
        'SERVICE_REFUSED',
        `systemd-networkd has not set up ${open.map(({ name }) => name).join(', ')}`,
        {
          hint: `journalctl -u ${unit} -n 30 tells why.`,
        },
      )
    }
    await new Promise((resolve) => setTimeout(resolve, interval))
  }
}
