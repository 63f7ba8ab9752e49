import { baseOf, realmOf } from '../../model/directory-tree.ts'
import type { Ledger } from '../../engine/ledger.ts'
import type { SambaTrial } from '../../engine/tables/samba-trials.ts'
import type { System } from '../../system/system.ts'
import { carryFast } from './fast.ts'
import { carryPlainly } from './plain.ts'
import type { DirectoryWrite, Written } from './write.ts'

/** Below this many writes the plain way is done before the program of the fast way has started. */
const worthTheFastWay = 8

export interface CarryDeps {
  readonly system: System
  readonly ledger: Ledger
  readonly domain: string
}

/**
 * Writes into the directory, by the way that suits: the plain one for few writes and where this version of Samba does not
 * take keys of ours, or where the program for it is missing. Calls back after each transaction: what is told is on disk.
 * @throws `DIRECTORY_UNREACHABLE`, `PROCESS_FAILED` in the middle: what was not told can be sent again.
 */
export async function carry(
  { system, ledger, domain }: CarryDeps,
  writes: readonly DirectoryWrite[],
  told: (written: readonly Written[]) => void,
): Promise<void> {
  if (writes.length >= worthTheFastWay) {
    const way = {
      realm: realmOf(domain),
      domain,
      known: (samba: string) => ledger.sambaTrials.get(samba),
      learn: (samba: string, trial: SambaTrial) => ledger.sambaTrials.set(samba, trial, system.clock.now()),
    }
    const why = await carryFast(system, way, writes, told)
    if (why === undefined) return
    system.journal.write('warning', `Accounts cannot be made the fast way (${why}); it takes longer`)
  }
  await carryPlainly(system.directory, baseOf(domain), writes, told)
}
