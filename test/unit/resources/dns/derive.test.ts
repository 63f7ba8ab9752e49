import t from 'tap'
import { SchoolState, type SchoolStateInput } from '../../../../agent/model/state.ts'
import { derive } from '../../../../agent/resources/dns/derive.ts'
import { exampleInput, exampleSchool } from '../../../support/school.ts'

const of = (change: Partial<SchoolStateInput>) => derive({ state: SchoolState.parse({ ...exampleInput(), ...change }) })
const told = (desired: ReturnType<typeof derive>) =>
  desired.records.map(({ name, type, value }) => `${name} ${type} ${value}`)

t.test('devices with an address have a name, both ways; others have none', async (t) => {
  const names = told(derive({ state: exampleSchool() }))
  t.ok(names.includes('r214-pc07.schule.lan. A 10.20.14.7'))
  t.ok(names.includes('7.14.20.10.in-addr.arpa. PTR r214-pc07.schule.lan.'))
  t.notOk(names.some((name) => name.startsWith('librarian')))
})

t.test('the box has its name in every network', async (t) => {
  t.same(told(of({ devices: [] })), [
    'server.schule.lan. A 10.20.0.1',
    'server.schule.lan. AAAA fd20:1::1',
    'schule.lan. A 10.20.0.1',
    'schule.lan. AAAA fd20:1::1',
    'server.school.schule.lan. A 10.20.0.1',
    '1.0.20.10.in-addr.arpa. PTR server.schule.lan.',
    'server.school.schule.lan. AAAA fd20:1::1',
    '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.2.d.f.ip6.arpa. PTR server.schule.lan.',
    'server.guest.schule.lan. A 10.30.0.1',
    '1.0.30.10.in-addr.arpa. PTR server.guest.schule.lan.',
    'server.guest.schule.lan. AAAA fd20:2::1',
    '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.0.2.d.f.ip6.arpa. PTR server.guest.schule.lan.',
  ])
})

t.test('in the domain of a directory the bare name is not the box', async (t) => {
  const names = told(of({ directory: { address: '10.20.0.3' } }))
  t.notOk(names.some((name) => name.startsWith('schule.lan.')))
  t.ok(names.includes('server.schule.lan. A 10.20.0.1'))
})

t.test('every profile has a port on every network, and port 53 is the network’s own', async (t) => {
  const guest = derive({ state: exampleSchool() }).listeners.filter(({ address }) => address === '10.30.0.1')
  t.same(guest, [
    { address: '10.30.0.1', port: 53, tags: ['adult', 'games', '_bypass'], view: '_guest' },
    { address: '10.30.0.1', port: 5400, tags: ['adult', '_bypass'], view: '_guest' },
    { address: '10.30.0.1', port: 5401, tags: ['adult', 'games', '_bypass'], view: '_guest' },
    { address: '10.30.0.1', port: 5402, tags: ['_bypass'], view: 'exam_guest' },
  ])
})

t.test('only networks of guests have their views, and only where there are guests', async (t) => {
  const viewsIn = ({ listeners }: ReturnType<typeof derive>, address: string) =>
    listeners.flatMap((one) => (one.address === address ? (one.view ?? 'none') : []))
  t.same(viewsIn(derive({ state: exampleSchool() }), '10.20.0.1'), ['none', 'none', 'none', 'exam'])
  const networks = exampleInput().networks.filter(({ kind }) => kind === 'school')
  t.same(
    of({ networks }).views.map(({ name }) => name),
    ['exam'],
  )
})

t.test('without profiles nothing is filtered, and no list is loaded', async (t) => {
  const desired = of({
    filters: { lists: [{ name: 'games', domains: ['games.example.org'] }] },
    rooms: [],
    devices: [],
    networks: exampleInput().networks.filter(({ kind }) => kind === 'school'),
  })
  t.same(desired.lists.lists, [])
  t.ok(desired.listeners.every(({ tags, view }) => tags.length === 0 && view === undefined))
})

t.test('time servers given by address have no name to be found', async (t) => {
  t.same(of({ time: { servers: ['203.0.113.5', 'ptbtime1.ptb.de'] } }).timeServers, ['ptbtime1.ptb.de'])
})
