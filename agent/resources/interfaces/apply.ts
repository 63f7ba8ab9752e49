import { setTimeout as pause } from 'node:timers/promises'
import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { isSettled, verdict } from './judge.ts'
import { observe } from './observe.ts'
import type { Link, Step } from './schema.ts'

const unit = 'systemd-networkd.service'

/** systemd-networkd needs some tens of milliseconds for a link; a network card that starts its line some seconds. */
const settleLimit = 10_000
/** What has not been begun by then, systemd-networkd does not begin by itself. */
const beginLimit = 1_000
const interval = 50

export async function apply(step: Step, system: System): Promise<void> {
  const { processes, units, clock } = system
  const began = clock.monotonic()
  switch (step.kind) {
    case 'remove':
      await processes.run(['ip', 'link', 'delete', 'dev', step.link])
      return
    case 'reload': {
      // A networkd that did not run has read its files by this.
      await units.start(unit)
      await processes.run(['networkctl', 'reload'])
      const open = await unsettled(step.links, beginLimit, system)
      if (open.length === 0) return
      // A link that has failed a few times is in a state that only a new start ends; links and addresses stay meanwhile.
      if (await leftAlone(open, system)) await units.restart(unit)
      await settled(open, began, system)
      return
    }
    case 'release':
      await processes.run(['ip', 'link', 'set', 'dev', step.link, 'nomaster', 'down', 'group', 'default'])
      await processes.run(['ip', 'address', 'flush', 'dev', step.link])
      return
    case 'reconfigure':
      await processes.run(['networkctl', 'reconfigure', step.link.name])
      await settled([step.link], began, system)
      return
    case 'forward':
      // Only at its start does networkd set what holds for all links; it keeps links and addresses meanwhile.
      await units.restart(unit)
  }
}

/** Is there one that systemd-networkd has not even begun with? */
async function leftAlone(open: readonly Link[], system: System): Promise<boolean> {
  const there = new Map((await observe(system)).links.map((link) => [link.name, link]))
  return open.some((link) => ['unread', 'missing'].includes(verdict(link, there).kind))
}

/** systemd-networkd answers before it has done what it was told: which of them are not as declared in the end? */
async function unsettled(links: readonly Link[], limit: number, system: System): Promise<readonly Link[]> {
  const end = system.clock.monotonic() + limit
  for (;;) {
    const actual = await observe(system)
    const open = links.filter((link) => !isSettled(link, actual))
    if (open.length === 0 || system.clock.monotonic() > end) return open
    await pause(interval)
  }
}

async function settled(links: readonly Link[], began: number, system: System): Promise<void> {
  const open = await unsettled(links, settleLimit, system)
  if (open.length === 0) return
  const names = open.map(({ name }) => name)
  const why = await complaints(names, began, system)
  throw new BoxError('SERVICE_REFUSED', `systemd-networkd has not set up ${names.join(', ')}${why}`, {
    hint: `journalctl -u ${unit} -n 30 tells more.`,
  })
}

/** What systemd-networkd itself has to say of links since then, to follow our words; empty: nothing. */
async function complaints(names: readonly string[], began: number, { processes, clock }: System): Promise<string> {
  const since = Math.floor((clock.now() - (clock.monotonic() - began)) / 1000)
  const argv = ['--quiet', '--no-pager', '--output=cat', '--priority=warning', `--since=@${since}`] as const
  const { stdout } = await processes.run(['journalctl', `--unit=${unit}`, ...argv], { accept: [0, 1] })
  const lines = new Set(stdout.split('\n').filter((line) => names.some((name) => line.startsWith(`${name}: `))))
  const told = [...lines].filter((line) => !line.endsWith(': Failed')).slice(-linesTold)
  return told.length === 0 ? '' : ` (${told.join('; ')})`
}

const linesTold = 3
