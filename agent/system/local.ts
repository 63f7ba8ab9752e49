import { clock } from './clock.ts'
import { directoryUnder } from './directory.ts'
import { filesUnder } from './files.ts'
import { journal } from './journal.ts'
import { networkInside, networkUnder } from './network.ts'
import { nftablesBy, nftablesHere } from './nftables.ts'
import { processesOf } from './processes.ts'
import type { System } from './system.ts'
import { unitsBy } from './units.ts'

export interface LocalOptions {
  /** Put in front of file and socket paths: `/proc/PID/root` of a container. */
  readonly root?: string
  /** Put in front of every program: `nsenter -t PID -m -u -i -n -p --`. */
  readonly enter?: readonly string[]
  /** The same, but only into the network namespace, so that our own programs run in it. */
  readonly enterNetwork?: readonly string[]
}

/** The real machine, or a container on it seen from outside. */
export function localSystem({ root = '', enter = [], enterNetwork }: LocalOptions = {}): System {
  const processes = processesOf(enter)
  return {
    processes,
    files: filesUnder(root),
    units: unitsBy(processes),
    network: enterNetwork === undefined ? networkUnder(root) : networkInside(root, processesOf(enterNetwork)),
    directory: directoryUnder(root),
    nftables: enter.length === 0 ? nftablesHere(processes) : nftablesBy(processes),
    clock,
    journal,
  }
}
