import t from 'tap'
import {
  gives,
  giving,
  ownerOf,
  rightOnComputers,
  rightOnNames,
  taking,
} from '../../../../agent/resources/directory/descriptor.ts'

/** S-1-5-32-544 */
const somebody = Buffer.from('01020000000000052000000020020000', 'hex')
/** S-1-5-21-1-2-3-1104 */
const group = Buffer.from('010500000000000515000000010000000200000003000000' + '50040000', 'hex')

function entry(flags: number, sid: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt8(flags, 1)
  head.writeUInt16LE(8 + sid.length, 2)
  head.writeUInt32LE(0x10, 4)
  return Buffer.concat([head, sid])
}

/** Head, owner, list of rights, group: owner before the list and group behind it, as a server may lay them out. */
function descriptor(entries: readonly Buffer[]): Buffer {
  const list = Buffer.concat([Buffer.alloc(8), ...entries])
  list.writeUInt8(4, 0)
  list.writeUInt16LE(list.length, 2)
  list.writeUInt16LE(entries.length, 4)
  const head = Buffer.alloc(20)
  head.writeUInt8(1, 0)
  head.writeUInt16LE(0x8004, 2)
  head.writeUInt32LE(20, 4)
  head.writeUInt32LE(20 + somebody.length + list.length, 8)
  head.writeUInt32LE(20 + somebody.length, 16)
  return Buffer.concat([head, somebody, list, somebody])
}

t.test('a right is put before those that come from above, and everything else stays', async (t) => {
  const own = entry(0x02, somebody)
  const handed = entry(0x12, somebody)
  const right = rightOnComputers(group)
  const before = descriptor([own, handed])
  t.notOk(gives(before, right))
  const after = giving(before, right)
  t.ok(gives(after, right))
  t.strictSame(after, descriptor([own, right, handed]))
})

t.test('also where there was none', async (t) => {
  const right = rightOnComputers(group)
  t.strictSame(giving(descriptor([]), right), descriptor([right]))
})

t.test('the right is one on computers below, for one group', async (t) => {
  const right = rightOnComputers(group)
  t.equal(right.toString('hex', 0, 12), '050a3800' + 'ff010f00' + '02000000')
  t.equal(right.length, 12 + 16 + group.length)
})

t.test('the right to make names is taken, and everything else stays', async (t) => {
  const own = entry(0x02, somebody)
  const handed = entry(0x12, somebody)
  t.equal(rightOnNames.toString('hex'), '00001400' + '01000000' + '01010000000000050b000000')
  const before = descriptor([own, rightOnNames, handed])
  const after = taking(before, rightOnNames)
  t.strictSame(after, descriptor([own, handed]))
  t.strictSame(taking(after, rightOnNames), after)
  t.strictSame(ownerOf(after), somebody)
})
