import { join } from 'node:path'
import { dataFolder } from './engine/folders.ts'
import { readLocks } from './engine/read-locks.ts'
import { wordsFor } from './engine/words.ts'
import type { RoomLock } from './model/lock.ts'
import { RoomName } from './model/scalars.ts'
import { bootCommands } from './resources/firewall/locks.ts'
import { localSystem } from './system/local.ts'

/**
 * Puts the firewall of the current generation in force before the network comes up, with the locks that are running.
 * Called once by iserv-firewall.service, which has closed the box before; whatever fails here leaves it closed.
 */

/** In memory, and gone with the unit (RuntimeDirectory of iserv-firewall.service). */
const workFolder = '/run/iserv-firewall'

const { files, nftables, clock, journal } = localSystem()
const folder = join(dataFolder, 'current/firewall')
const ruleset = await files.read(join(folder, 'ruleset.json'))
const rooms = await files.read(join(folder, 'rooms.json'))

if (ruleset === undefined || rooms === undefined) {
  journal.write('info', 'The box has no state yet; its firewall stays closed')
} else {
  const now = clock.now()
  const locks = locksAt(now, Object.keys(JSON.parse(rooms) as object))
  await nftables.run(bootCommands(ruleset, rooms, locks, now))
  journal.write('info', `The firewall is in force; locked rooms: ${locks.length}`)
}

/**
 * The ledger belongs to the agent: here it is only read, whatever release has written it. Where it cannot be read every room
 * is locked, until the agent is there and knows better: what was locked must not be open because the box was switched off.
 */
function locksAt(now: number, rooms: readonly string[]): readonly RoomLock[] {
  try {
    return readLocks(join(dataFolder, 'ledger.sqlite'), workFolder, now)
  } catch (error) {
    journal.write('error', `The locks of rooms cannot be read, so all rooms are locked: ${wordsFor(error)}`)
    return rooms.map((room) => ({ room: RoomName.parse(room), since: now, until: null, by: 'boot' }))
  }
}
