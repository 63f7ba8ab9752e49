import type { Problem } from '../errors.ts'
import { subnetOf } from '../model/address.ts'
import { show } from '../model/explain.ts'
import { DeviceName, Ipv4, Line, MacAddress, NetworkName, RoomName } from '../model/scalars.ts'
import type { Cell } from '../tables/table.ts'

/** One device as a file from outside declares it. A field that is undefined is not said; null is said to be none. */
export interface DeviceRecord {
  readonly line: number
  /** Column of each field in the file. */
  readonly columns: Readonly<Partial<Record<Field, number>>>
  readonly name: DeviceName
  readonly mac: MacAddress
  readonly room?: RoomName
  /** As the file spells the room. */
  readonly roomTitle?: string
  readonly network?: NetworkName
  readonly address?: Ipv4 | null
  /** A subnet the device is in, where the file names one in place of an address. */
  readonly subnet?: string
  readonly internet?: boolean
  readonly comment?: string
}

export const fields = ['name', 'mac', 'room', 'network', 'address', 'internet', 'comment'] as const
export type Field = (typeof fields)[number]

/** The cells of a row by meaning. */
export type Cells = Readonly<Partial<Record<Field, Cell | undefined>>>

export type Finding = Omit<Problem, 'file'>

/** In the order of the file. */
export function byPlace(one: Finding, other: Finding): number {
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0)
}

export type RecordReading = { readonly record: DeviceRecord } | { readonly problems: readonly Finding[] }

interface Schema<Value> {
  safeParse(
    text: string,
  ): { success: true; data: Value } | { success: false; error: { issues: readonly { message: string }[] } }
}

/** All problems of a row at once, each at its cell. */
export function recordOf(line: number, cells: Cells): RecordReading {
  const problems: Finding[] = []
  const complain = (field: Field, message: string): undefined => {
    const column = cells[field]?.column
    problems.push({ severity: 'error', line, ...(column === undefined ? {} : { column }), path: field, message })
    return undefined
  }
  const read = <Value>(field: Field, schema: Schema<Value>, text = cells[field]?.text ?? ''): Value | undefined => {
    const parsed = schema.safeParse(text)
    return parsed.success
      ? parsed.data
      : complain(field, `${show(cells[field]?.text)} ${parsed.error.issues[0]?.message}`)
  }
  const optional = <Value>(field: Field, schema: Schema<Value>, text = cells[field]?.text ?? ''): Value | undefined =>
    text === '' ? undefined : read(field, schema, text)
  const required = <Value>(field: Field, schema: Schema<Value>, text = cells[field]?.text ?? ''): Value | undefined =>
    text === '' ? complain(field, `"${field}" is missing`) : read(field, schema, text)

  const roomTitle = cells.room?.text ?? ''
  const name = required('name', DeviceName, cells.name?.text.toLowerCase())
  const mac = required('mac', MacAddress)
  const room = optional('room', RoomName, nameFrom(roomTitle))
  const network = optional('network', NetworkName, cells.network?.text.toLowerCase())
  const place = placeOf(cells.address?.text ?? '')
  const address =
    place.address === undefined || place.address === null ? place.address : read('address', Ipv4, place.address)
  const internet = truthOf(cells.internet?.text ?? '')
  if (internet === null) complain('internet', `${show(cells.internet?.text)} is neither yes nor no`)
  const comment = optional('comment', Line)
  if (roomTitle !== '' && nameFrom(roomTitle) === '') complain('room', `${show(roomTitle)} has no letter or digit`)
  if (problems.length > 0 || name === undefined || mac === undefined) return { problems }
  return {
    record: {
      line,
      columns: Object.fromEntries(fields.flatMap((field) => (cells[field] ? [[field, cells[field].column]] : []))),
      name,
      mac,
      ...(room === undefined ? {} : { room, roomTitle }),
      ...(network === undefined ? {} : { network }),
      ...(address === undefined ? {} : { address }),
      ...(place.subnet === undefined ? {} : { subnet: place.subnet }),
      ...(internet === undefined || internet === null ? {} : { internet }),
      ...(comment === undefined ? {} : { comment }),
    },
  }
}

/** `Raum 214 (Süd)` becomes `raum-214-sued`. */
export function nameFrom(text: string): string {
  const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }
  return text
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => umlauts[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** `10.20.14.7`, `10.20.14.7/28`, `10.20.14.0/28` (a subnet), `DHCP`, or nothing said. */
function placeOf(text: string): { readonly address?: string | null; readonly subnet?: string } {
  if (text === '') return {}
  if (/^dhcp$/i.test(text)) return { address: null }
  const [address = '', length] = text.split('/')
  if (length === undefined) return { address }
  const subnet = subnetOf(text) ?? subnetOf(`${address}/${lengthOf(length)}`)
  if (subnet?.family !== 4) return { address: text }
  return subnet.address === subnet.first && subnet.prefix < 31 ? { subnet: address } : { address }
}

/** 28 for 255.255.255.240; NaN for what is no mask. */
function lengthOf(mask: string): number {
  const number = subnetOf(mask)?.address
  if (number === undefined || subnetOf(mask)?.family !== 4) return Number.NaN
  const bits = number.toString(2).padStart(32, '0')
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : Number.NaN
}

/** Undefined: nothing said; null: nobody knows what is meant. */
function truthOf(text: string): boolean | undefined | null {
  const word = text.toLowerCase()
  if (word === '') return undefined
  if (['ja', 'j', 'yes', 'y', 'true', 'wahr', '1', 'x', 'an', 'on'].includes(word)) return true
  return ['nein', 'n', 'no', 'false', 'falsch', '0', '-', 'aus', 'off'].includes(word) ? false : null
}
