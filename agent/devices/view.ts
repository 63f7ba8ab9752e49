import type { Device } from '../model/device.ts'
import type { SchoolState } from '../model/state.ts'

/** A device with what counts for it: its network and whether it may use the internet. */
export interface Seen {
  readonly name: string
  readonly mac: string
  readonly room: string | null
  readonly network: string
  readonly address: string | null
  readonly internet: boolean
  readonly comment: string | null
}

/** Answers for devices of this state; also for those that are only to be part of it. */
export function viewer({ rooms, networks }: Pick<SchoolState, 'rooms' | 'networks'>): (device: Device) => Seen {
  const roomOf = new Map<string, SchoolState['rooms'][number]>(rooms.map((room) => [room.name, room]))
  const networkOf = new Map<string, SchoolState['networks'][number]>(networks.map((network) => [network.name, network]))
  return ({ name, mac, room: roomName, network: own, address, internet, comment }) => {
    const room = roomOf.get(roomName ?? '')
    const network = networkOf.get(room?.network ?? own ?? '')
    return {
      name,
      mac,
      room: roomName ?? null,
      network: network?.name ?? '',
      address: address ?? null,
      internet: internet ?? room?.internet ?? network?.internet ?? true,
      comment: comment ?? null,
    }
  }
}
