import { roomList, roomLock, roomUnlock } from '../../contract/room.ts'
import { BoxError, isBoxError } from '../../errors.ts'
import { profileFor } from '../../model/filters.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { RoomLock } from '../../model/lock.ts'
import type { NetworkName, RoomName } from '../../model/scalars.ts'
import type { SchoolState } from '../../model/state.ts'
import { lockCommands, resetCommands, unlockCommands } from '../../resources/firewall/locks.ts'
import { defineHandler, type Deps, type Handler } from '../handler.ts'

export const roomHandlers: readonly Handler[] = [
  defineHandler(roomList, (_request, { engine, ledger, system }) => {
    const { rooms, networks, devices, filters } = engine.state()
    const locks = new Map(ledger.locks.list(system.clock.now()).map((lock) => [lock.room, lock]))
    return {
      rooms: rooms.map((room) => {
        const network = networks.find(({ name }) => name === room.network)
        const lock = locks.get(room.name) ?? null
        return {
          name: room.name,
          title: room.title ?? null,
          network: room.network,
          devices: devices.filter((device) => device.room === room.name).length,
          internet: room.internet ?? network?.internet ?? false,
          filter: profileFor(filters, network ?? {}, room, lock !== null)?.name ?? null,
          lock,
        }
      }),
    }
  }),

  defineHandler(roomLock, async ({ rooms, seconds, by }, deps) => {
    const { engine, ledger, system, caller } = deps
    const state = engine.state()
    const since = system.clock.now()
    const until = seconds === null ? null : since + seconds * 1000
    const locks = chosen(rooms, state).map((room) => ({ room, since, until, by: by ?? caller.by }))
    const record = (): void => locks.forEach((lock) => ledger.locks.set(lock))
    const names = locks.map(({ room }) => room)
    await enforce(lockCommands(state, locks), deps, record, () => asRecorded(state, names, deps))
    return { locks, openToUnknown: openToUnknown(state, locks) }
  }),

  defineHandler(roomUnlock, async ({ rooms }, deps) => {
    const { engine, ledger, system } = deps
    const state = engine.state()
    const names = chosen(rooms, state)
    const locked = new Set<string>(ledger.locks.list(system.clock.now()).map(({ room }) => room))
    const record = (): void => names.forEach((name) => ledger.locks.remove(name))
    await enforce(unlockCommands(state, names), deps, record, () => asRecorded(state, names, deps))
    return { unlocked: names.filter((name) => locked.has(name)) }
  }),
]

/** A lock is known by the cards of a room: another card there counts as one of the network. */
function openToUnknown({ rooms, networks }: SchoolState, locks: readonly RoomLock[]): NetworkName[] {
  const locked = new Set<string>(locks.map(({ room }) => room))
  const of = new Set<string>(rooms.flatMap(({ name, network }) => (locked.has(name) ? network : [])))
  return networks
    .filter(({ name, internet, internetForUnknown }) => of.has(name) && (internetForUnknown ?? internet))
    .map(({ name }) => name)
}

/**
 * First the kernel, for the class waits; then the ledger, before anybody is told; on disk when it returns. A table that
 * somebody took away is put back by the engine, with what the ledger says.
 */
async function enforce(
  commands: string,
  { engine, ledger, system }: Deps,
  record: () => void,
  undo: () => string,
): Promise<void> {
  let refusal: unknown
  try {
    await system.nftables.run(commands)
  } catch (error) {
    if (!isBoxError(error, 'NFT_REFUSED')) throw error
    refusal = error
  }
  try {
    ledger.transaction(record)
  } catch (error) {
    // What nobody can see in a list must not hold: the kernel gets what the ledger says.
    await system.nftables.run(undo()).catch(() => undefined)
    engine.wake('a lock could not be written down')
    throw error
  }
  if (refusal === undefined) return
  const repaired = (await engine.reconcile(true)).find(({ name }) => name === 'firewall')
  if (repaired?.state === 'converged') return
  throw new BoxError('NFT_REFUSED', 'The firewall does not take the lock at this moment', {
    cause: refusal,
    hint: 'It is remembered and holds as soon as the firewall works again: iserv-ctl box status',
  })
}

/** The transaction that gives rooms what the ledger says of them. */
function asRecorded(state: SchoolState, rooms: readonly RoomName[], { ledger, system }: Deps): string {
  const now = system.clock.now()
  return resetCommands(state, rooms, ledger.locks.list(now), now)
}

function chosen(rooms: 'all' | readonly RoomName[], state: SchoolState): readonly RoomName[] {
  const known = state.rooms.map(({ name }) => name)
  if (rooms === 'all') return known
  const unknown = rooms.filter((name) => !known.includes(name))
  if (unknown.length === 0) return [...new Set(rooms)]
  const words = unknown.map((name) => `There is no room "${name}".${didYouMean(name, known)}`)
  throw new BoxError('ROOM_UNKNOWN', words.join(' '), {
    hint: 'iserv-ctl room list shows all rooms. Nothing was changed.',
  })
}
