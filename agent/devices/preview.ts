import { addressNumber, contains } from '../model/address.ts'
import { checkState } from '../model/checks/index.ts'
import type { Device } from '../model/device.ts'
import type { Path } from '../model/document.ts'
import type { Places } from '../model/places.ts'
import type { Room } from '../model/room.ts'
import type { NetworkName } from '../model/scalars.ts'
import type { SchoolState } from '../model/state.ts'
import { survey } from '../model/checks/survey.ts'
import { byPlace, type DeviceRecord, type Field, fields, type Finding } from './record.ts'

/** What taking a list of devices into a state would do. */
export interface Preview {
  readonly rooms: readonly Room[]
  readonly added: readonly Device[]
  readonly changed: readonly Changed[]
  readonly unchanged: number
  /** Devices of the state that the list does not name; they stay as they are. */
  readonly untouched: number
  /** Of the list itself: wherever it does not fit the state or itself. */
  readonly problems: readonly Finding[]
}

interface Judged {
  readonly record: DeviceRecord
  readonly after: Device
}

export interface Changed {
  readonly before: Device
  readonly after: Device
}

/**
 * Pure. Devices are the same when their name is; what the list does not say stays.
 * @param network for rooms that are new and devices without a room; absent: where their addresses lie, or the only
 * network of the school.
 */
export function preview(records: readonly DeviceRecord[], state: SchoolState, network?: NetworkName): Preview {
  const homes = homesIn(state, network)
  const rooms = newRooms(records, state, homes)
  const known = new Map(state.devices.map((device) => [device.name as string, device]))
  const entries = records.map((record) => {
    const before = known.get(record.name)
    return { record, before, after: merge(record, before, homes) }
  })
  const lost = entries.filter(({ after }) => after.room === undefined && after.network === undefined)
  const nowhere = new Set<string>(rooms.homeless.map(({ name }) => name))
  const judged = entries.filter((entry) => !lost.includes(entry) && !nowhere.has(entry.after.room ?? ''))
  const named = new Set(records.map(({ name }) => name as string))
  const rest = state.devices.filter(({ name }) => !named.has(name))
  const merged: SchoolState = {
    ...state,
    rooms: [...state.rooms, ...rooms.found],
    devices: [...rest, ...judged.map(({ after }) => after)],
  }
  const places = placesOf(
    judged.map(({ record }) => record),
    rest.length,
  )
  const problems = [
    ...lost.map(({ record }) => homeless(record)),
    ...rooms.homeless.map(({ record, name }) => homeless(record, name)),
    ...records.flatMap((record) => contradiction(record, state)),
    ...elsewhere(judged, state),
    ...checkState(merged, places).filter(({ line }) => line !== undefined),
  ]
  return {
    rooms: rooms.found,
    added: entries.filter(({ before }) => before === undefined).map(({ after }) => after),
    changed: entries.flatMap(({ before, after }) => (before && !same(before, after) ? [{ before, after }] : [])),
    unchanged: entries.filter(({ before, after }) => before && same(before, after)).length,
    untouched: rest.length,
    problems: problems.toSorted(byPlace),
  }
}

/** A room has one network; a list that says another is not believed. */
function contradiction(record: DeviceRecord, state: SchoolState): readonly Finding[] {
  const room = state.rooms.find(({ name }) => name === record.room)
  if (room === undefined || record.network === undefined || record.network === room.network) return []
  const message = `room ${room.name} is in network ${room.network}, not in ${record.network}`
  return [{ severity: 'error', line: record.line, ...columnOf(record, 'network'), path: 'network', message }]
}

/** A subnet of the old server that none of the networks here holds. */
function elsewhere(judged: readonly Judged[], state: SchoolState): readonly Finding[] {
  const { ipv4 } = survey(state, () => '')
  const subnets = state.networks.map(ipv4)
  return judged.flatMap(({ record, after }) => {
    const number = addressNumber(record.subnet ?? '')
    if (number === undefined || subnets.some((subnet) => contains(subnet, number))) return []
    const place = after.room === undefined ? `network ${after.network}` : `room ${after.room}`
    const message = `${record.subnet} is the subnet of no network here, so ${record.name} goes to ${place}`
    return [{ severity: 'warning', line: record.line, ...columnOf(record, 'address'), path: 'address', message }]
  })
}

export function same(one: Device, other: Device): boolean {
  return fields.every((field) => one[field] === other[field])
}

type Homes = (record: DeviceRecord) => NetworkName | undefined

/** In which network a device without a room is. */
function homesIn(state: SchoolState, wanted: NetworkName | undefined): Homes {
  const { ipv4 } = survey(state, () => '')
  const [only, ...others] = state.networks.filter(({ kind }) => kind === 'school')
  return ({ address, subnet }) => {
    if (wanted !== undefined) return wanted
    const number = addressNumber(subnet ?? address ?? '')
    const found = number === undefined ? undefined : state.networks.find((network) => contains(ipv4(network), number))
    return (found ?? (others.length === 0 ? only : undefined))?.name
  }
}

interface NewRooms {
  readonly found: readonly Room[]
  /** First records of rooms nobody knows the network of. */
  readonly homeless: readonly { readonly record: DeviceRecord; readonly name: string }[]
}

/** A new room is in the network in which the first of its devices with an address is. */
function newRooms(records: readonly DeviceRecord[], state: SchoolState, homes: Homes): NewRooms {
  const known = new Set<string>(state.rooms.map(({ name }) => name))
  const fresh = Map.groupBy(
    records.filter(({ room }) => room !== undefined && !known.has(room)),
    ({ room }) => room,
  )
  const found: Room[] = []
  const homeless: NewRooms['homeless'][number][] = []
  for (const [name, inRoom] of fresh) {
    const [first] = inRoom
    if (name === undefined || first === undefined) continue
    const network = first.network ?? homes(inRoom.find(({ address }) => typeof address === 'string') ?? first)
    if (network === undefined) homeless.push({ record: first, name })
    else found.push({ name, network, ...(first.roomTitle === name ? {} : { title: first.roomTitle }) })
  }
  return { found, homeless }
}

function merge(record: DeviceRecord, before: Device | undefined, homes: Homes): Device {
  const room = record.room ?? (record.network === undefined ? before?.room : undefined)
  const network = room === undefined ? (record.network ?? before?.network ?? homes(record)) : undefined
  const address = record.address === undefined ? before?.address : (record.address ?? undefined)
  const internet = record.internet ?? before?.internet
  const comment = record.comment ?? before?.comment
  return {
    name: record.name,
    mac: record.mac,
    ...(room === undefined ? {} : { room }),
    ...(network === undefined ? {} : { network }),
    ...(address === undefined ? {} : { address }),
    ...(internet === undefined ? {} : { internet }),
    ...(before?.joins === undefined ? {} : { joins: before.joins }),
    ...(comment === undefined ? {} : { comment }),
  }
}

function homeless(record: DeviceRecord, room?: string): Finding {
  return {
    severity: 'error',
    line: record.line,
    ...columnOf(record, room === undefined ? 'name' : 'room'),
    path: room === undefined ? 'network' : 'room',
    message: `nothing tells in which network ${room === undefined ? record.name : `the new room ${room}`} is`,
    hint: 'Say it for all of them: --network NAME',
  }
}

function columnOf(record: DeviceRecord, field: string): { column?: number } {
  const column = record.columns[field as Field]
  return column === undefined ? {} : { column }
}

/** Places of the merged state: those of the list are known, all others belong to the state that ran before. */
function placesOf(records: readonly DeviceRecord[], before: number): Places {
  const find = (path: Path): { record: DeviceRecord; field: string } | undefined => {
    const [section, index, field] = path
    const record = section === 'devices' && typeof index === 'number' ? records[index - before] : undefined
    return record && { record, field: typeof field === 'string' ? field : 'name' }
  }
  return {
    problem({ path, ...rest }) {
      const place = find(path)
      if (place === undefined) return { ...rest, path: '' }
      return { ...rest, line: place.record.line, ...columnOf(place.record, place.field), path: place.field }
    },
    refer: (path) => {
      const place = find(path)
      return place === undefined ? 'in the running state' : `line ${place.record.line}`
    },
  }
}
