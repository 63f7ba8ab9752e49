import { Device } from '../model/device.ts'
import type { StateDocument } from '../model/document.ts'
import { editDocuments, type Entry } from '../model/edit.ts'
import { Room } from '../model/room.ts'

/** Devices and rooms into the texts of a state. */

/** Text that takes what an import adds, apart from what people wrote. */
export const importedFile = 'imported-devices.yaml'

export interface Taken {
  readonly rooms: readonly Room[]
  readonly devices: readonly Device[]
}

/** @param into the text for what is new; absent: where devices already stand. */
export function withDevices(
  documents: readonly StateDocument[],
  taken: Taken,
  into?: string,
): readonly StateDocument[] {
  const options = into === undefined ? {} : { into }
  const rooms = taken.rooms.map((room) => entryOf(room, Object.keys(Room.shape)))
  const devices = taken.devices.map((device) => entryOf(device, Object.keys(Device.shape)))
  const withRooms = editDocuments(documents, { section: 'rooms', put: rooms }, options)
  return editDocuments(withRooms, { section: 'devices', put: devices }, options)
}

export function withoutDevices(
  documents: readonly StateDocument[],
  names: readonly string[],
): readonly StateDocument[] {
  return editDocuments(documents, { section: 'devices', remove: names })
}

/** All that is said of it, in the order of its schema. */
function entryOf(
  value: { readonly name: string } & Readonly<Record<string, string | boolean | undefined>>,
  keys: readonly string[],
): Entry {
  const said = keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]] as const]))
  return { name: value.name, ...Object.fromEntries(said) }
}
