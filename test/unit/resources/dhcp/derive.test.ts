import t from 'tap'
import { derive } from '../../../../agent/resources/dhcp/derive.ts'
import { SchoolState, type SchoolStateInput } from '../../../../agent/model/state.ts'
import { exampleSchool } from '../../../support/school.ts'
import { fc } from '../../../support/property.ts'

const school: SchoolStateInput = {
  version: 1,
  school: { name: 'Test', domain: 'schule.lan' },
  uplink: { port: 'uplink0' },
  networks: [],
}

const poolsOf = (pool: { from: string; to: string }, devices: SchoolStateInput['devices'] = []) => {
  const networks = [{ name: 'school', ports: ['lan0'], ipv4: '10.20.0.1/24', pool }]
  const [network] = derive({ state: SchoolState.parse({ ...school, networks, devices }), locks: [] }).networks
  return network?.pools
}

const reserved = (name: string, host: number) => ({
  name,
  mac: `52:54:00:00:00:${host.toString(16).padStart(2, '0')}`,
  network: 'school',
  address: `10.20.0.${host}`,
})

/** The last bytes of the addresses in a piece as Kea writes it: `10.20.0.8/30` or `10.20.0.8-10.20.0.9`. */
function hostsIn(piece: string): readonly number[] {
  const [from = '', to = from] = piece.split('-')
  const [address = '', prefix] = from.split('/')
  const first = Number(address.split('.')[3])
  const last = prefix === undefined ? Number(to.split('.')[3]) : first + 2 ** (32 - Number(prefix)) - 1
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

t.test('pools leave out what belongs to somebody', async (t) => {
  t.same(poolsOf({ from: '10.20.0.100', to: '10.20.0.199' }), ['10.20.0.100-10.20.0.199'])
  t.same(poolsOf({ from: '10.20.0.128', to: '10.20.0.191' }), ['10.20.0.128/26'], 'a whole prefix as Kea writes it')
  t.same(poolsOf({ from: '10.20.0.7', to: '10.20.0.7' }), ['10.20.0.7/32'])
  t.same(poolsOf({ from: '10.20.0.0', to: '10.20.0.4' }), ['10.20.0.2-10.20.0.4'], 'not the subnet, not the box')
  t.same(poolsOf({ from: '10.20.0.250', to: '10.20.0.255' }), ['10.20.0.250-10.20.0.254'], 'not the broadcast')
  t.same(
    poolsOf({ from: '10.20.0.100', to: '10.20.0.110' }, [reserved('b', 107), reserved('a', 103), reserved('c', 110)]),
    ['10.20.0.100-10.20.0.102', '10.20.0.104-10.20.0.106', '10.20.0.108/31'],
  )
  t.same(poolsOf({ from: '10.20.0.50', to: '10.20.0.50' }, [reserved('only', 50)]), [], 'nothing is left')
})

t.test('every free address of the pool is in one piece, and no other', async (t) => {
  const host = fc.integer({ min: 0, max: 255 })
  const taken = fc.uniqueArray(fc.integer({ min: 2, max: 254 }), { maxLength: 60 })
  t.doesNotThrow(() => {
    fc.assert(
      fc.property(host, host, taken, (one, other, addresses) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)]
        const devices = addresses.map((address) => reserved(`pc${address}`, address))
        const pieces = poolsOf({ from: `10.20.0.${from}`, to: `10.20.0.${to}` }, devices) ?? []
        const wanted = hostsIn(`10.20.0.${from}-10.20.0.${to}`).filter(
          (address) => ![0, 1, 255, ...addresses].includes(address),
        )
        return JSON.stringify(pieces.flatMap(hostsIn)) === JSON.stringify(wanted)
      }),
    )
  })
})

t.test('devices stand in the network of their room', async (t) => {
  const { networks } = derive({ state: exampleSchool(), locks: [] })
  const [inside, guest] = networks
  t.match(inside, { name: 'school', bridge: 'br-school', subnet: '10.20.0.0/16', box: '10.20.0.1', lease: 14_400 })
  t.match(inside?.reservations[0], { mac: '52:54:00:14:07:01', name: 'r214-pc07', address: '10.20.14.7' })
  t.same(inside?.reservations.at(-1), { mac: '52:54:00:00:10:01', name: 'librarian' })
  t.same(guest?.reservations, [])
})

t.test('a subnet keeps its number whatever else is declared', async (t) => {
  const numberOfGuest = (state: SchoolState) =>
    derive({ state, locks: [] }).networks.find(({ name }) => name === 'guest')?.id
  const state = exampleSchool()
  t.equal(numberOfGuest(state), numberOfGuest({ ...state, networks: state.networks.toReversed() }))
  t.equal(numberOfGuest(state), 10 * 2 ** 24 + 30 * 2 ** 16)
})
