import { baseOf, realmOf } from '../../model/directory-tree.ts'
import type { Ledger } from '../../engine/ledger.ts'
import type { System } from '../../system/system.ts'
import { carryFast, type FastWay } from './fast.ts'
import { carryPlainly } from './plain.ts'
import type { DirectoryWrite, Written } from './write.ts'

/** Below this many writes the plain way is done before the program of the fast way has started. */
const worthTheFastWay = 8

export interface CarryDeps {
  readonly system: System
  readonly ledger: Ledger
  readonly domain: string
}

/** Milliseconds for which a Samba that takes no keys of ours is not asked again: what failed may have passed. */
const doubted = 86_400_000

/**
 * Writes into the directory, by the way that suits: the plain one for few writes and where this version of Samba does not
 * take keys of ours. Where the fast way ends before its work does, it is begun again; what it cannot get past goes the plain
 * way. Calls back after each transaction: what is told is on disk.
 * @throws `DIRECTORY_UNREACHABLE`, `PROCESS_FAILED` in the middle: what was not told can be sent again.
 */
export async function carry(
  { system, ledger, domain }: CarryDeps,
  writes: readonly DirectoryWrite[],
  told: (written: readonly Written[]) => void,
): Promise<void> {
  const way: FastWay = {
    realm: realmOf(domain),
    domain,
    known(samba) {
      const trial = ledger.sambaTrials.get(samba)
      const doubtful = trial?.works === false && Math.abs(system.clock.now() - trial.at) >= doubted
      return doubtful ? undefined : trial
    },
    learn: (samba, trial) => ledger.sambaTrials.set(samba, { ...trial, at: system.clock.now() }),
  }
  let rest = writes
  while (rest.length >= worthTheFastWay) {
    const { left, why } = await carryFast(system, way, rest, told)
    if (left.length === 0) return
    if (left.length === rest.length) {
      system.journal.write('warning', `Accounts cannot be made the fast way (${why}); it takes longer`)
      break
    }
    system.journal.write('warning', `The fast way ended with ${left.length} of ${rest.length} left (${why})`)
    rest = left
  }
  await carryPlainly(system.directory, baseOf(domain), rest, told)
}
