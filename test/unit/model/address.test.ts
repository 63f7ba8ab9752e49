import { BlockList } from 'node:net'
import t from 'tap'
import { addressNumber, addressText, contains, overlap, subnetOf, subnetText } from '../../../agent/model/address.ts'
import { fc } from '../../support/property.ts'

t.test('addresses are numbers and come back in their shortest form', async (t) => {
  const pairs = [
    ['0.0.0.0', 0n, '0.0.0.0'],
    ['10.20.14.7', 0x0a140e07n, '10.20.14.7'],
    ['255.255.255.255', 0xffffffffn, '255.255.255.255'],
    ['::', 0n, '::'],
    ['FD20:1:0:0:0:0:0:1', 0xfd200001000000000000000000000001n, 'fd20:1::1'],
    ['2001:db8:0:0:1:0:0:1', 0x20010db8000000000001000000000001n, '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', 0x20010db8000000010001000100010001n, '2001:db8:0:1:1:1:1:1'],
    ['::ffff:10.20.14.7', 0xffff0a140e07n, '::ffff:a14:e07'],
    ['1::', 0x00010000000000000000000000000000n, '1::'],
  ] as const
  for (const [text, number, shortest] of pairs) {
    t.equal(addressNumber(text), number, text)
    t.equal(addressText(number, text.includes(':') ? 6 : 4), shortest)
  }
  for (const text of ['', '10.20.14', '10.20.14.07', '10.20.14.256', 'fe80::1%eth0', '1:2:3', 'r214']) {
    t.equal(addressNumber(text), undefined, text)
  }
})

t.test('a subnet knows its ends', async (t) => {
  const subnet = subnetOf('10.30.2.1/22')
  t.match(subnet, { family: 4, prefix: 22, address: 0x0a1e0201n, first: 0x0a1e0000n, last: 0x0a1e03ffn })
  t.equal(subnet && subnetText(subnet), '10.30.0.0/22')
  t.match(subnetOf('10.0.0.1'), { prefix: 32, first: 0x0a000001n, last: 0x0a000001n })
  t.match(subnetOf('fd20:1::1/64'), {
    family: 6,
    first: 0xfd200001n << 96n,
    last: (0xfd200001n << 96n) + (1n << 64n) - 1n,
  })
  for (const text of ['10.0.0.0/33', '10.0.0.0/x', '::/129', 'x/8']) t.equal(subnetOf(text), undefined, text)
})

/** Many have runs of zeros, which are what makes IPv6 hard to write. */
const group = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 0xffffn }))
const ipv6 = fc
  .array(group, { minLength: 8, maxLength: 8 })
  .map((groups) => groups.reduce((number, part) => (number << 16n) + part, 0n))

t.test('text and number are two spellings of every address', async (t) => {
  fc.assert(fc.property(fc.ipV4(), (text) => addressText(addressNumber(text) ?? -1n, 4) === text))
  fc.assert(fc.property(ipv6, (number) => addressNumber(addressText(number, 6)) === number))
  fc.assert(
    fc.property(
      fc.ipV6(),
      (text) => addressText(addressNumber(text) ?? -1n, 6) === new URL(`http://[${text}]`).hostname.slice(1, -1),
    ),
  )
  t.pass('for any address')
})

t.test('what lies in a subnet is what the kernel of Node says', async (t) => {
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (base, prefix, text) => {
      const subnet = subnetOf(`${base}/${prefix}`)
      const number = addressNumber(text)
      const list = new BlockList()
      list.addSubnet(base, prefix)
      return subnet !== undefined && number !== undefined && contains(subnet, number) === list.check(text)
    }),
  )
  const [one, other, six] = ['10.0.0.0/8', '10.3.0.0/16', '::/0'].map(subnetOf)
  t.equal(one && other && overlap(one, other), true)
  t.equal(one && six && overlap(one, six), false)
})
