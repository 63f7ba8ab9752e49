import t from 'tap'
import { withDevices } from '../../../agent/devices/change.ts'
import { freeAddress } from '../../../agent/devices/free.ts'
import { preview } from '../../../agent/devices/preview.ts'
import { readDevices } from '../../../agent/devices/read.ts'
import { readState } from '../../../agent/model/read.ts'
import { NetworkName } from '../../../agent/model/scalars.ts'
import { SchoolState } from '../../../agent/model/state.ts'
import { designSchool, exampleInput, exampleSchool, exampleText } from '../../support/school.ts'

const recordsOf = (text: string) => readDevices('x.csv', new TextEncoder().encode(text)).records
const header = 'name;mac;room;network;address;internet;comment\n'

const told = (text: string, network?: string) =>
  preview(
    recordsOf(header + text),
    exampleSchool(),
    network === undefined ? undefined : NetworkName.parse(network),
  ).problems.map(({ line, column, path, message }) => `${line}:${column ?? ''} ${path}: ${message}`)

t.test('what is new, changed and the same is told apart', async (t) => {
  const found = preview(
    recordsOf(`${header}r214-pc07;52:54:00:14:07:01;r214;;;;
r214-pc08;52:54:00:14:08:02;r118;;10.20.18.8;nein;moved
r300-pc01;52:54:00:30:01:01;R300;;10.20.30.1;;
guest-tv;52:54:00:31:01:01;;guest;10.30.0.9;;
`),
    exampleSchool(),
  )
  t.strictSame(found.problems, [])
  t.strictSame(found.rooms, [{ name: 'r300', network: 'school', title: 'R300' }])
  t.strictSame(found.added, [
    { name: 'r300-pc01', mac: '52:54:00:30:01:01', room: 'r300', address: '10.20.30.1' },
    { name: 'guest-tv', mac: '52:54:00:31:01:01', network: 'guest', address: '10.30.0.9' },
  ])
  t.strictSame(found.changed, [
    {
      before: { name: 'r214-pc08', mac: '52:54:00:14:08:01', room: 'r214', address: '10.20.14.8' },
      after: {
        name: 'r214-pc08',
        mac: '52:54:00:14:08:02',
        room: 'r118',
        address: '10.20.18.8',
        internet: false,
        comment: 'moved',
      },
    },
  ])
  t.equal(found.unchanged, 1)
  t.equal(found.untouched, 4)
})

t.test('what the file does not say stays, "DHCP" takes the address away', async (t) => {
  const found = preview(recordsOf('name;mac;ip\nworkshop-cnc;52:54:00:40:01:09;DHCP\n'), exampleSchool())
  t.strictSame(found.changed[0]?.after, {
    name: 'workshop-cnc',
    mac: '52:54:00:40:01:09',
    room: 'workshop',
    comment: 'Fräse',
  })
})

t.test('what does not fit the state or the file itself is told at its cell', async (t) => {
  t.strictSame(
    told(`new1;52:54:00:14:07:01;r214;;10.30.0.7;;
new2;52:54:00:00:99:02;r214;;10.20.14.8;;
new3;52:54:00:00:99:02;r118;guest;;;
server;52:54:00:00:99:04;;nowhere;;;
new2;52:54:00:00:99:05;r214;;10.20.0.1;;
`),
    [
      '2:6 mac: 52:54:00:14:07:01 already belongs to r214-pc07 (in the running state)',
      '2:30 address: 10.30.0.7 does not lie in 10.20.0.0/16 of network school, where room r214 is',
      '3:30 address: 10.20.14.8 already belongs to r214-pc08 (in the running state)',
      '4:6 mac: 52:54:00:00:99:02 already belongs to new2 (line 3)',
      '4:29 network: room r118 is in network school, not in guest',
      '5:1 name: the name server is reserved: the server itself has it',
      '5:27 network: there is no network "nowhere"',
      '6:1 name: the name new2 is already taken (line 3)',
      '6:30 address: 10.20.0.1 is the address of the box itself',
    ],
  )
})

t.test('two devices may change places', async (t) => {
  t.strictSame(told('r214-pc07;52:54:00:14:07:01;;;10.20.14.8;;\nr214-pc08;52:54:00:14:08:01;;;10.20.14.7;;\n'), [])
})

t.test('the network of what is new is found from addresses, or said', async (t) => {
  const two = { ...exampleInput() }
  const school = SchoolState.parse({
    ...two,
    networks: [...two.networks, { name: 'staff', ports: ['lan1'], ipv4: '10.40.0.1/24' }],
  })
  const rows = recordsOf(
    'name;mac;room;ip\na;52:54:00:00:99:01;neu;\nb;52:54:00:00:99:02;neu;10.40.0.7\nc;52:54:00:00:99:03;alt;\nd;52:54:00:00:99:04;;\n',
  )
  const found = preview(rows, school)
  t.strictSame(found.rooms, [{ name: 'neu', network: 'staff' }])
  t.strictSame(
    found.problems.map(({ line, path, message, hint }) => [line, path, message, hint]),
    [
      [4, 'room', 'nothing tells in which network the new room alt is', 'Say it for all of them: --network NAME'],
      [5, 'network', 'nothing tells in which network d is', 'Say it for all of them: --network NAME'],
    ],
  )
  const said = preview(
    rows.filter(({ name }) => name !== 'b'),
    school,
    NetworkName.parse('staff'),
  )
  t.strictSame(said.problems, [])
  t.strictSame(
    said.rooms.map(({ network }) => network),
    ['staff', 'staff'],
  )
})

t.test('taken into the texts, the state says what the preview said', async (t) => {
  const found = preview(
    recordsOf(`${header}r300-pc01;52:54:00:30:01:01;Raum 300;;;;"a; #b"\nr214-pc07;52:54:00:14:07:09;;;;;\n`),
    exampleSchool(),
  )
  const devices = [...found.added, ...found.changed.map(({ after }) => after)]
  const documents = withDevices(
    [{ file: 'school.yaml', text: exampleText() }],
    { rooms: found.rooms, devices },
    'imported.yaml',
  )
  t.equal(
    documents[1]?.text.includes('- { name: r300-pc01, mac: "52:54:00:30:01:01", room: raum-300, comment: "a; #b" }'),
    true,
  )
  const { state } = readState(documents)
  const before = exampleSchool()
  t.strictSame(state.rooms, [...before.rooms, ...found.rooms])
  t.strictSame(state.devices, [
    ...before.devices.map((device) => devices.find(({ name }) => name === device.name) ?? device),
    ...found.added,
  ])
})

t.test('the next free address follows those of the room and leaves the pool alone', async (t) => {
  const school = designSchool()
  t.equal(freeAddress(exampleSchool(), { room: 'r214' }), '10.20.14.9')
  t.equal(freeAddress(exampleSchool(), { room: 'workshop' }), '10.20.40.2')
  t.equal(freeAddress(exampleSchool(), { network: 'school' }), '10.20.0.2')
  t.equal(freeAddress(school, { network: 'wlan' }), '10.22.0.30')
  t.equal(freeAddress(school, { network: 'guest' }), '10.30.0.2')
  t.equal(freeAddress(school, { room: 'r999' }), undefined)
  const input = exampleInput()
  const [first, guest] = input.networks
  const full = SchoolState.parse({
    ...input,
    networks: [first, { ...guest, ipv4: '10.30.0.1/30', pool: { from: '10.30.0.2', to: '10.30.0.2' } }],
  })
  t.equal(freeAddress(full, { network: 'guest' }), undefined)
})

t.test('a subnet that is none here is told, and where the device goes', async (t) => {
  const computers = (subnet: string) =>
    preview(recordsOf(`windows\tcom1\t00:11:22:33:44:a1\tMitte\t${subnet}\n`), exampleSchool())
  const [problem, ...others] = computers('10.204.21.0/24').problems
  t.strictSame(others, [])
  t.match(problem, {
    severity: 'warning',
    line: 1,
    path: 'address',
    message: '10.204.21.0 is the subnet of no network here, so com1 goes to network school',
  })
  t.strictSame(computers('10.20.0.0/16').problems, [])
})
