import { join } from 'node:path'
import { dataFolder } from './engine/folders.ts'
import { openLedger } from './engine/ledger.ts'
import { BoxError } from './errors.ts'
import type { RoomLock } from './model/lock.ts'
import { bootCommands } from './resources/firewall/locks.ts'
import { localSystem } from './system/local.ts'

/**
 * Puts the firewall of the current generation in force before the network comes up, with the locks that are running.
 * Called once by iserv-firewall.service, which has closed the box before; whatever fails here leaves it closed.
 */

const { files, nftables, clock, journal } = localSystem()
const folder = join(dataFolder, 'current/firewall')
const ruleset = await files.read(join(folder, 'ruleset.json'))
const rooms = await files.read(join(folder, 'rooms.json'))

if (ruleset === undefined || rooms === undefined) {
  journal.write('info', 'The box has no state yet; its firewall stays closed')
} else {
  const now = clock.now()
  const locks = locksAt(now)
  await nftables.run(bootCommands(ruleset, rooms, locks, now))
  journal.write('info', `The firewall is in force; locked rooms: ${locks.length}`)
}

/** Without its ledger the box starts with no room locked rather than without a network. */
function locksAt(now: number): readonly RoomLock[] {
  try {
    const { ledger, damaged } = openLedger(join(dataFolder, 'ledger.sqlite'), now)
    if (damaged !== undefined) journal.write('error', `The ledger was damaged and now lies in ${damaged}`)
    const locks = ledger.locks.list(now)
    ledger.close()
    return locks
  } catch (error) {
    if (!(error instanceof BoxError)) throw error
    journal.write('error', `The locks of rooms are not known: ${error.message}`, { code: error.code })
    return []
  }
}
