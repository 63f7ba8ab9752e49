/**
 * Security descriptors as AD keeps them (MS-DTYP 2.4), as far as one right has to be given and one taken: who may take over
 * the accounts of declared computers when they join, and that nobody makes names. Pure.
 */

/** Class "computer", in the byte order of a GUID on the wire. */
const computerClass = Buffer.from('867a96bfe60dd011a28500aa003049e2', 'hex')

const allowedObject = 0x05
/** Handed down to what lies below, and not meant for the unit itself. */
const handedDown = 0x02 | 0x08
const inherited = 0x10
/** All rights on an object of the directory. */
const allRights = 0x000f_01ff
const onlyClass = 0x02
const objectRevision = 4

/** All rights on the computers below, for one group. */
export function rightOnComputers(sid: Uint8Array): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt8(allowedObject, 0)
  head.writeUInt8(handedDown, 1)
  head.writeUInt16LE(12 + computerClass.length + sid.length, 2)
  head.writeUInt32LE(allRights, 4)
  head.writeUInt32LE(onlyClass, 8)
  return Buffer.concat([head, computerClass, sid])
}

/** Does the descriptor give exactly this right? */
export function gives(descriptor: Uint8Array, right: Uint8Array): boolean {
  return listOf(Buffer.from(descriptor)).entries.some((entry) => entry.equals(right))
}

/** "Authenticated users": everybody who has signed in, people and computers. S-1-5-11. */
const everybody = Buffer.from('0101000000000005' + '0b000000', 'hex')

/** What AD gives everybody on a zone of names: to make objects, on the zone itself. */
export const rightOnNames: Buffer = (() => {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(head.length + everybody.length, 2)
  head.writeUInt32LE(0x01, 4)
  return Buffer.concat([head, everybody])
})()

/** Whose the object is, as the bytes of a SID. */
export function ownerOf(descriptor: Uint8Array): Buffer {
  const bytes = Buffer.from(descriptor)
  const start = bytes.readUInt32LE(4)
  return bytes.subarray(start, start + 8 + 4 * bytes.readUInt8(start + 1))
}

/** The descriptor without a right. */
export function taking(descriptor: Uint8Array, right: Buffer): Buffer {
  return withEntries(descriptor, (entries) => entries.filter((entry) => !entry.equals(right)))
}

/** The descriptor with one right more, before those that come from above, as Windows wants them ordered. */
export function giving(descriptor: Uint8Array, right: Buffer): Buffer {
  return withEntries(descriptor, (entries) => {
    const own = entries.filter((entry) => (entry[1] ?? 0) < inherited)
    return [...own, right, ...entries.slice(own.length)]
  })
}

function withEntries(descriptor: Uint8Array, change: (entries: readonly Buffer[]) => readonly Buffer[]): Buffer {
  const bytes = Buffer.from(descriptor)
  const { start, end, entries } = listOf(bytes)
  const list = change(entries)
  const head = Buffer.alloc(8)
  const size = list.reduce((sum, entry) => sum + entry.length, head.length)
  head.writeUInt8(objectRevision, 0)
  head.writeUInt16LE(size, 2)
  head.writeUInt16LE(list.length, 4)
  const changed = Buffer.concat([bytes.subarray(0, start), head, ...list, bytes.subarray(end)])
  for (const place of offsets) {
    const offset = changed.readUInt32LE(place)
    if (offset > start) changed.writeUInt32LE(offset + size - (end - start), place)
  }
  return changed
}

/** Where the descriptor's head says that owner, group, audit list and access list begin. */
const offsets = [4, 8, 12, 16] as const

interface AccessList {
  readonly start: number
  readonly end: number
  readonly entries: readonly Buffer[]
}

function listOf(bytes: Buffer): AccessList {
  const start = bytes.readUInt32LE(16)
  if (start === 0) throw new TypeError('A descriptor without a list of rights allows everything to everybody')
  const end = start + bytes.readUInt16LE(start + 2)
  const entries: Buffer[] = []
  for (let at = start + 8; entries.length < bytes.readUInt16LE(start + 4);) {
    const size = bytes.readUInt16LE(at + 2)
    entries.push(bytes.subarray(at, at + size))
    at += size
  }
  return { start, end, entries }
}
