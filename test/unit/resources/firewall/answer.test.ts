import t from 'tap'
import { RoomLock } from '../../../../agent/model/lock.ts'
import { SchoolState } from '../../../../agent/model/state.ts'
import { answer, type Asked } from '../../../../agent/resources/firewall/answer.ts'
import { exampleInput, exampleSchool } from '../../../support/school.ts'

const state = exampleSchool()
const lock = RoomLock.parse({ room: 'r214', since: 0, until: 2_700_000, by: 'm.weber' })
const ask = (asked: Partial<Asked>, locks: readonly RoomLock[] = []) =>
  answer({ from: 'r214-pc07', to: '203.0.113.5', port: 443, protocol: 'tcp', ...asked }, state, locks, {
    uplinkAddresses: ['198.51.100.10'],
    banned: ['192.0.2.66'],
  })

t.test('a lock is named with who set it, until when, and what would be without it', async (t) => {
  t.match(ask({}, [lock]), {
    from: { address: '10.20.14.7', name: 'r214-pc07, room r214' },
    verdict: 'rejected',
    decidedBy: 'lock of room r214, set by m.weber on Thu 01:00, ends Thu 01:45',
    wouldThen: { verdict: 'accepted', decidedBy: 'internet (forward)' },
  })
  t.match(ask({ from: 'r118-pc31' }, [lock]), { verdict: 'accepted', wouldThen: null })
})

t.test('from a device, a room in either spelling, a network, an address, the internet', async (t) => {
  t.equal(ask({ from: 'r214' }).from.address, '10.20.14.7')
  t.equal(ask({ from: 'room-214' }).from.address, '10.20.14.7')
  t.equal(ask({ from: '10.20.14.7' }).from.name, 'r214-pc07, room r214')
  t.equal(ask({ from: 'workshop' }).decidedBy, 'no internet permission (forward)')
  t.equal(ask({ from: 'guest', to: '10.20.14.7' }).decidedBy, 'not between these networks (forward)')
  t.equal(ask({ from: 'internet', to: 'server' }).decidedBy, 'not open to the internet (input)')
  t.equal(ask({ from: '192.0.2.66', to: 'server' }).decidedBy, 'banned address (identify)')
  t.equal(ask({ from: 'r214-pc07', to: '2001:db8::1' }).from.address, 'fd20:1::ffff:ffff:ffff:fffe')
})

t.test("a device that nobody knows has nobody's address", async (t) => {
  const places = ['10.20.255.254', '10.20.255.253']
  const still = places.map((address, index) => {
    const [name, mac] = [`still-${index}`, `52:54:00:77:00:0${index}`]
    return { name, mac, network: 'school', address, internet: false }
  })
  const crowded = SchoolState.parse({ ...exampleInput(), devices: still })
  const asked = { from: 'school', to: '203.0.113.5', port: 443, protocol: 'tcp' } as const
  t.match(answer(asked, crowded, [], { uplinkAddresses: [], banned: [] }), {
    from: { address: '10.20.255.252' },
    verdict: 'accepted',
  })
})

t.test('where a connection ends instead', async (t) => {
  t.equal(ask({ from: 'internet', to: '198.51.100.10', port: 8443 }).reaches, '10.20.0.9:443')
  t.equal(ask({ to: '9.9.9.9', port: 53, protocol: 'udp' }).reaches, 'server:5400')
  t.equal(
    ask({ to: '9.9.9.9', port: 53, protocol: 'udp' }, [lock]).reaches,
    'server:5402',
    'the filter for locked rooms',
  )
  t.equal(ask({}).reaches, null)
})

t.test('a word that names nothing is refused with the nearest that does', async (t) => {
  t.throws(() => ask({ from: 'r214-pc70' }), {
    code: 'DEVICE_UNKNOWN',
    message: '"r214-pc70" is no device, room, network or address. Did you mean "r214-pc07"?',
  })
})

t.test('an address counts however it is spelt, by who asks and in the state', async (t) => {
  for (const to of ['fd20:1::1', 'FD20:1:0:0::1', 'fd20:0001:0:0:0:0:0:1']) {
    t.match(ask({ to, port: 22 }), { verdict: 'rejected', decidedBy: 'not open to this network (input)' }, to)
    t.match(ask({ to, port: 53 }), { verdict: 'accepted', reaches: 'server:5400' }, to)
  }
  const networks = exampleInput().networks.map((one) => ({
    ...one,
    ipv6: one.ipv6?.toUpperCase().replace('::', ':0:0:0:0:0:'),
  }))
  const loud = SchoolState.parse({ ...exampleInput(), networks })
  t.match(
    answer({ from: 'r214', to: 'fd20:1::1', port: 22, protocol: 'tcp' }, loud, [], { uplinkAddresses: [], banned: [] }),
    { decidedBy: 'not open to this network (input)' },
  )
})

t.test('neighbours in one network need no leave of the box', async (t) => {
  const byTheSwitch = { verdict: 'accepted', decidedBy: 'same network, not filtered (bridge)', reaches: null }
  t.match(ask({ to: 'r118-pc31' }, [lock]), byTheSwitch)
  t.match(ask({ from: 'guest', to: '10.30.1.7' }), byTheSwitch)
  t.match(ask({ from: 'guest', to: '10.30.1.7', port: 53 }), byTheSwitch, 'nor is DNS redirected')
})

t.test('what is for many is never passed on', async (t) => {
  for (const to of ['10.20.255.255', '255.255.255.255', '224.0.0.251'])
    t.equal(ask({ from: 'guest', to }).decidedBy, 'not open to this network (input)', to)
  t.equal(ask({ from: 'guest', to: 'ff02::fb' }).decidedBy, 'not open to this network (input)')
})

t.test('what may mean several is refused', async (t) => {
  const rooms = ['a14', 'b14'].map((name) => ({ name, network: 'school' }))
  const twins = SchoolState.parse({ ...exampleInput(), rooms, devices: [] })
  const asked = { from: 'room-14', to: 'internet', port: 443, protocol: 'tcp' } as const
  t.throws(() => answer(asked, twins, [], { uplinkAddresses: [], banned: [] }), {
    code: 'DEVICE_UNKNOWN',
    message: '"room-14" may be any of the rooms "a14", "b14"',
  })
  for (const word of ['fe80::1', 'FE80::1%br-school'])
    t.throws(() => ask({ from: word }), { code: 'REQUEST_INVALID' }, word)
})
