import { deepStrictEqual } from 'node:assert/strict'
import t from 'tap'
import { markBits, markOf, placesOf, roomNumbers } from '../../../agent/nftables/marks.ts'
import { firewallOf } from '../../../agent/resources/firewall/derive.ts'
import { designSchool } from '../../support/school.ts'
import { fc } from '../../support/property.ts'

const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}$/), { maxLength: 400 })
const house = (rooms: readonly string[]) => ({ networks: [{ name: 'school' }], rooms: rooms.map((name) => ({ name })) })

t.test('every room has a number of its own that fits into the mark', async () => {
  fc.assert(
    fc.property(names, (rooms) => {
      const numbers = [...roomNumbers(house(rooms)).values()]
      return new Set(numbers).size === rooms.length && numbers.every((number) => number > 0 && number <= markBits.place)
    }),
    { numRuns: 50 },
  )
})

t.test('the numbers do not depend on the order of the rooms', async () => {
  fc.assert(
    fc.property(names, (rooms) => {
      const one = Object.fromEntries(roomNumbers(house(rooms)))
      deepStrictEqual(Object.fromEntries(roomNumbers(house(rooms.toReversed()))), one)
    }),
    { numRuns: 20 },
  )
})

t.test('a new room leaves the others their numbers', async (t) => {
  const { networks, rooms } = designSchool()
  const before = roomNumbers({ networks, rooms })
  const after = roomNumbers({ networks, rooms: [{ name: 'a-new-one' }, ...rooms] })
  for (const [room, number] of before) t.equal(after.get(room), number, room)
})

t.test('device over room over network decides who may use the internet', async (t) => {
  const firewall = firewallOf(designSchool())
  const { rooms, networks } = placesOf(firewall)
  const school = networks.get('school')
  const open = rooms.get('r214')
  const without = rooms.get('r105')
  if (school === undefined || open === undefined || without === undefined)
    throw new Error('the design school has changed')
  const offline = (mark: number) => (mark & markBits.offline) !== 0
  t.equal(offline(markOf(school)), false)
  t.equal(offline(markOf(open)), false)
  t.equal(offline(markOf(without)), true)
  t.equal(offline(markOf(without, true)), false)
  t.equal(offline(markOf(open, false)), true)
  t.equal(markOf(without) & markBits.place, without.number, 'a lock finds the room whatever its permission')
})
