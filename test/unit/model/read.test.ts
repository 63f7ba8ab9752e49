import t from 'tap'
import { BoxError, type Problem } from '../../../agent/errors.ts'
import type { StateDocument } from '../../../agent/model/document.ts'
import { placeProblems, readState } from '../../../agent/model/read.ts'
import { designDocuments, designSchool, exampleSchool, exampleText } from '../../support/school.ts'

/** The problems of texts that are refused. */
function refused(...texts: readonly string[]): readonly Problem[] {
  try {
    readState(
      texts.map((text, index): StateDocument => ({
        file: texts.length > 1 ? `${index + 1}.yaml` : 'school.yaml',
        text,
      })),
    )
  } catch (error) {
    if (error instanceof BoxError && error.code === 'STATE_INVALID') return error.problems
    throw error
  }
  throw new Error('the texts were read')
}

/** As a person sees them: `line path: sentence`. */
const lines = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ line, path, message }) => `${line} ${path}: ${message}`)

const head = `version: 1
school: { name: Gymnasium, domain: schule.lan }
uplink: { port: uplink0 }
networks:
  - { name: school, ports: [lan0], ipv4: 10.20.0.1/16, pool: { from: 10.20.200.1, to: 10.20.200.9 } }
`

t.test('the school of the documentation is read without a word', async (t) => {
  t.strictSame(readState([{ file: 'school.yaml', text: exampleText() }]), { state: exampleSchool(), warnings: [] })
})

t.test('the school of the design size is read as it was written', async (t) => {
  t.strictSame(readState(designDocuments()).state, designSchool())
})

t.test('all mistakes are told at once, each with its line, the value and what was probably meant', async (t) => {
  const problems = refused(`${head.replace('10.20.200.9', '10.20.4.300')}rooms:
  - { name: r214, network: school }
  - { name: r118, netwrok: school }
devices:
  - { name: pc1, mac: "52:54:00:aa:01:1f", room: r214 }
  - name: pc2
    mac: 52:54:00:aa:01:1f
    room: r214
  - { name: pc4, mac: 52:54:00:aa:01:04, room: r214, internet: yes }
  - { name: PC_3, mac: 52:54:00:aa:01, room: r214, address: "" }
forwards:
  - { name: f, protocol: tpc, port: 70000, to: { device: pc1 } }
limits: { perDevice: 0 }
servces: []
`)
  t.strictSame(
    lines(problems),
    [
      '5 networks[0].pool.to: 10.20.4.300 is not an IPv4 address',
      '8 rooms[1].netwrok: unknown key "netwrok". Did you mean "network"?',
      '12 devices[1].mac: 52:54:00:aa:01:1f already belongs to pc1 (line 10)',
      '14 devices[2].internet: yes stands where "true" or "false" is expected. Did you mean "true"?',
      '15 devices[3].name: PC_3 must be lower-case letters, digits and hyphens, with no hyphen at either end',
      '15 devices[3].mac: 52:54:00:aa:01 is not a MAC address (six pairs of hex digits)',
      '15 devices[3].address: "" is not an IPv4 address',
      '17 forwards[0].protocol: tpc is none of "tcp", "udp". Did you mean "tcp"?',
      '17 forwards[0].port: 70000 is more than 65535',
      '18 limits.perDevice: 0 is less than 1',
      '19 servces: unknown key "servces". Did you mean "services"?',
    ].toSorted((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10)),
  )
})

t.test('mistakes of a single word hide none between the parts, and none is made up', async (t) => {
  const text = `${head}  - { name: guests, kind: guest, ports: [guest0], ipv4: 10.30.0.1/24, pool: { from: 10.30.0.99, to: 10.30.0.10 }, filter: childern }
rooms:
  - { name: r118, network: school, nmae: x }
  - { name: r119, network: scool }
devices:
  - { name: pc1, mac: "52:54:00:aa:01:01", room: r118, adress: 10.20.3.3 }
  - { name: pc2, mac: "52:54:00:aa:01:02", room: r118, address: 10.99.3.3, colour: red }
  - { name: pc3, mac: "52:54:00:aa:01", room: r119 }
  - { name: pc4, mac: "52:54:00:aa:01:04", rom: r118 }
services:
  - { name: web, protocol: tcp, ports: [443, 70000], from: [uplink] }
forwards:
  - { name: one, protocol: tcp, port: 443, to: { device: pc1 } }
  - { name: two, protocol: tcp, port: 444, to: { device: pc3 } }
filters: { lists: [{ name: toys, domains: [toys.example], colour: red }], profiles: [{ name: children, block: [toys] }] }
limits: { perDevice: 0 }
directory: { address: 10.40.0.1 }
shares: { folders: [{ name: "A B", title: Staff }, { name: a, title: Films }, { name: b, title: films }] }
`
  t.strictSame(lines(refused(text)), [
    '6 networks[1].filter: there is no filter profile "childern". Did you mean "children"?',
    '6 networks[1].pool: the pool 10.30.0.99–10.30.0.10 begins after its end',
    '8 rooms[0].nmae: unknown key "nmae". Did you mean "name"?',
    '9 rooms[1].network: there is no network "scool". Did you mean "school"?',
    '11 devices[0].adress: unknown key "adress". Did you mean "address"?',
    '12 devices[1].colour: unknown key "colour"',
    '12 devices[1].address: 10.99.3.3 does not lie in 10.20.0.0/16 of network school, where room r118 is',
    '13 devices[2].mac: 52:54:00:aa:01 is not a MAC address (six pairs of hex digits)',
    '14 devices[3].rom: unknown key "rom". Did you mean "room"?',
    '16 services[0].ports[1]: 70000 is more than 65535',
    '18 forwards[0].port: tcp port 443 from uplink already leads to web (line 16)',
    '20 filters.lists[0].colour: unknown key "colour"',
    '21 limits.perDevice: 0 is less than 1',
    '22 directory.address: 10.40.0.1 lies in no network of the school',
    '23 shares.folders[0].name: "A B" must be lower-case letters, digits and hyphens, with no hyphen at either end',
    '23 shares.folders[2].title: the title films is already taken (line 23)',
  ])
})

t.test('alternatives are explained by the one that was meant', async (t) => {
  const uplink = (text: string) => lines(refused(head.replace('port: uplink0', `port: uplink0, ${text}`)))
  t.strictSame(uplink('ipv4: dhpc'), ['3 uplink.ipv4: dhpc is none of "dhcp", "off". Did you mean "dhcp"?'])
  t.strictSame(uplink('ipv4: { address: 10.0.0.1 }'), [
    '3 uplink.ipv4.address: 10.0.0.1 is not an IPv4 address with a prefix length, as in 10.20.0.1/16',
    '3 uplink.ipv4.gateway: "gateway" is missing',
  ])
  t.strictSame(uplink('ipv6: { address: "2001:db8::1/64", gateway: "2001:db8::2", gatway: 1 }'), [
    '3 uplink.ipv6.gatway: unknown key "gatway". Did you mean "gateway"?',
  ])
})

t.test('what is missing is told, also when everything is', async (t) => {
  t.strictSame(lines(refused('')), [
    '1 version: "version" is missing',
    '1 school: "school" is missing',
    '1 uplink: "uplink" is missing',
    '1 networks: "networks" is missing',
  ])
  t.strictSame(lines(refused(head.replace(/networks:\n.*\n/, 'networks: []\n'))), [
    '4 networks: the list needs at least one entry',
  ])
  t.strictSame(lines(refused('- just\n- a list\n')).slice(0, 1), [
    '1 : sections such as "school:" or "rooms:" are expected here',
  ])
})

t.test('several files and documents are one state', async (t) => {
  const rooms = 'version: 1\nrooms: [{ name: r1, network: school }]\n---\nrooms:\n  - { name: r2, network: school }\n'
  const devices = '# nothing yet\ndevices:\n'
  const { state } = readState([
    { file: '1.yaml', text: head },
    { file: '2.yaml', text: rooms },
    { file: '3.yaml', text: devices },
  ])
  t.strictSame(
    state.rooms.map(({ name }) => name),
    ['r1', 'r2'],
  )
  t.strictSame(state.devices, [])
  t.strictSame(
    refused(head, rooms, 'uplink: { port: x }\nrooms:\n  - { name: r1, network: school }\n').map(
      ({ file, line, path, message }) => [file, line, path, message],
    ),
    [
      ['3.yaml', 1, 'uplink', '"uplink" is already given in an earlier document'],
      ['3.yaml', 3, 'rooms[2].name', 'the name r1 is already taken (line 2 of 2.yaml)'],
    ],
  )
})

t.test('a word that YAML takes for a number is a word where words stand', async (t) => {
  const { state } = readState([
    {
      file: '-',
      text: `${head}rooms: [{ name: 0214, network: school }, { name: 1e5, network: school }]
devices: [{ name: no, mac: 525400110011, room: 0214 }, { name: true, mac: 5254001100e2, room: 1e5 }]
`,
    },
  ])
  t.strictSame(
    state.rooms.map(({ name }) => name),
    ['0214', '1e5'],
  )
  t.strictSame(
    state.devices.map(({ name, mac }) => `${name} ${mac}`),
    ['no 52:54:00:11:00:11', 'true 52:54:00:11:00:e2'],
  )
})

t.test('a state of a newer version is refused before anything else is judged', async (t) => {
  const newer = 'version: 2\nuniverse: { everything: [different] }\n'
  t.throws(() => readState([{ file: '-', text: newer }]), { code: 'STATE_NEWER', message: /version 2.*version 1/ })
  t.throws(
    () =>
      readState([
        { file: 'a', text: head.replace('version: 1', 'version: [') },
        { file: 'b', text: newer },
      ]),
    {
      code: 'STATE_NEWER',
    },
  )
})

t.test('what hides meaning is refused', async (t) => {
  const at = (text: string) => lines(refused(head + text))
  t.strictSame(at('rooms: &r\n  - { name: r1, network: school }\ndevices: *r\n').slice(0, 1), [
    '8 devices: *r stands for another place, which is not read here',
  ])
  t.strictSame(at('time: { servers: [a.example] }\ntime: { servers: [b.example] }\n'), [
    '7 time: "time" is given twice',
  ])
  t.match(at('time: !secret {}\n')[0], /^6 : .*tag/i)
  t.strictSame(at('? [a]\n: 1\n'), ['6 : a key must be a word'])
  t.strictSame(at('<<: {}\n'), ['6 <<: unknown key "<<"'])
  t.strictSame(at('__proto__: { x: 1 }\nconstructor: 1\n'), [
    '6 __proto__: unknown key "__proto__"',
    '7 constructor: unknown key "constructor"',
  ])
  t.match(lines(refused(`%YAML 1.1\n---\n${head}`)), ['2 : YAML 1.1 is not read'])
  t.match(at('rooms: [{ name: r1, network: school\n')[0], /^\d+ : /)
})

t.test('a text far too long is one problem', async (t) => {
  const [problem, ...others] = refused(`${head}# ${'x'.repeat(2 ** 21)}\n`)
  t.strictSame(others, [])
  t.match(problem, { file: 'school.yaml', line: 1, message: /^2049 KiB of text; a state has at most 2048 KiB$/ })
})

t.test('many mistakes do not take for ever', async (t) => {
  const keys = Array.from({ length: 20_000 }, (_, index) => `key${index}: 1`)
  t.equal(refused(`${head}${keys.join('\n')}\n`).length, 500)
})

t.test('words of people stay one line', async (t) => {
  t.strictSame(lines(refused(head.replace('Gymnasium', '"Gym\\nnasium"'))), [
    '2 school.name: "Gym\\nnasium" holds a character that cannot be printed',
  ])
  t.match(lines(refused(head.replace('Gymnasium', 'Fr\uFFFDbelschule'))), [
    /letter that could not be read; save the file as UTF-8/,
  ])
})

t.test('what somebody finds in the state later gets the lines of its texts, in their order', async (t) => {
  const texts = [
    { file: 'one.yaml', text: head },
    { file: 'two.yaml', text: 'networks:\n  - name: second\n    ports:\n      - lan8\n    ipv4: 10.99.0.1/24\n' },
  ]
  const found = (path: string): Problem => ({ severity: 'error', path, message: 'is no port' })
  const index = readState(texts).state.networks.findIndex(({ name }) => name === 'second')
  t.match(placeProblems([found(`networks[${index}].ports[0]`), found('uplink.port')], texts), [
    { file: 'one.yaml', path: 'uplink.port' },
    { file: 'two.yaml', line: 4, path: `networks[${index}].ports[0]` },
  ])
})
