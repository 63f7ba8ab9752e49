import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { agentAt } from '../../agent/contract/client.ts'
import { deviceAdd, deviceImport, deviceList, deviceRemove } from '../../agent/contract/device.ts'
import { stateApply, stateHistory, statePlan, stateRollback, stateShow } from '../../agent/contract/state.ts'
import { DeviceName, Ipv4, MacAddress, NetworkName, RoomName } from '../../agent/model/scalars.ts'
import { deviceHandlers } from '../../agent/sockets/handlers/device.ts'
import { stateHandlers } from '../../agent/sockets/handlers/state.ts'
import { serveSocket } from '../../agent/sockets/server.ts'
import { localSystem } from '../../agent/system/local.ts'
import { commands } from '../../cli/commands/index.ts'
import { startAgent } from '../support/engine.ts'
import { golden } from '../support/golden.ts'
import { designDocuments, exampleText } from '../support/school.ts'
import { runWords } from '../support/shell.ts'
import type { StateDocument } from '../../agent/model/document.ts'

/** An agent without services, that runs a school; asked over its socket. */
async function agentWith(t: Test, documents?: readonly StateDocument[]) {
  // Not tap's folder: the name of a socket has at most 107 characters.
  const root = mkdtempSync(join(tmpdir(), 'agent-'))
  const system = { ...localSystem({ root }), journal: { write: () => undefined } }
  const { engine, ledger, registrar, imports } = await startAgent(root, system, [])
  const path = join(root, 'agent.sock')
  const deps = { system, ledger, engine, registrar, imports, version: '0.0.0' }
  const socket = await serveSocket({
    at: { path },
    audience: 'root',
    handlers: [...deviceHandlers, ...stateHandlers],
    deps,
  })
  t.teardown(async () => {
    await socket.close()
    ledger.close()
    rmSync(root, { recursive: true })
  })
  if (documents !== undefined) await engine.apply({ documents, by: 'test', reason: '' })
  return agentAt({ socket: path, by: 'anna' })
}

const example = (t: Test) => agentWith(t, [{ file: 'school.yaml', text: exampleText() }])
const name = (text: string) => DeviceName.parse(text)
const mac = (text: string) => MacAddress.parse(text)
const content = (text: string) => Buffer.from(text).toString('base64')

t.test('devices are listed with what counts for them', async (t) => {
  const agent = await example(t)
  const { devices } = await agent.call(deviceList, {})
  t.equal(devices.length, 6)
  t.strictSame((await agent.call(deviceList, { room: RoomName.parse('workshop') })).devices, [
    {
      name: 'workshop-cnc',
      mac: '52:54:00:40:01:01',
      room: 'workshop',
      network: 'school',
      address: '10.20.40.1',
      internet: false,
      comment: 'Fräse',
    },
  ])
  t.strictSame((await agent.call(deviceList, { network: NetworkName.parse('guest') })).devices, [])
  await t.rejects(agent.call(deviceList, { room: RoomName.parse('r241') }), {
    code: 'ROOM_UNKNOWN',
    message: 'There is no room "r241". Did you mean "r214"?',
  })
})

t.test('a box without a state has no devices to change', async (t) => {
  const agent = await agentWith(t)
  await t.rejects(agent.call(deviceList, {}), { code: 'STATE_NONE' })
  await t.rejects(agent.call(deviceImport, { file: 'x', content: content('name;mac\n') }), { code: 'STATE_NONE' })
})

t.test('a device is added as a new generation, next to the others, and taken out again', async (t) => {
  const agent = await example(t)
  const room = RoomName.parse('r214')
  const { device, applied } = await agent.call(deviceAdd, {
    name: name('r214-pc09'),
    mac: mac('525400140901'),
    room,
    address: 'auto',
  })
  t.match(device, { room: 'r214', address: '10.20.14.9', network: 'school', internet: true })
  t.match(applied, { generation: 2, unchanged: false })
  const { documents } = await agent.call(stateShow, {})
  const line = '  - { name: r214-pc09, mac: "52:54:00:14:09:01", room: r214, address: 10.20.14.9 }\n'
  t.equal(documents[0]?.text, exampleText().replace(/(.*librarian.*\n)/, `$1${line}`))

  await agent.call(deviceRemove, { names: [name('r214-pc09')] })
  t.equal((await agent.call(stateShow, {})).documents[0]?.text, exampleText())
  const { generations } = await agent.call(stateHistory, {})
  t.strictSame(
    generations.map(({ number, by, reason }) => [number, by, reason]),
    [
      [3, 'anna', 'device remove r214-pc09'],
      [2, 'anna', 'device add r214-pc09'],
      [1, 'test', ''],
    ],
  )
})

t.test('the same device again is changed in what is said, or left alone', async (t) => {
  const agent = await example(t)
  const librarian = { name: name('librarian'), mac: mac('52:54:00:00:10:01') }
  t.match(await agent.call(deviceAdd, librarian), { applied: null, before: { address: null } })
  const { device, before } = await agent.call(deviceAdd, {
    ...librarian,
    address: Ipv4.parse('10.20.0.20'),
    internet: false,
  })
  t.match(before, { address: null, internet: true })
  t.match(device, { address: '10.20.0.20', internet: false, network: 'school' })
  await t.rejects(agent.call(deviceAdd, { ...librarian, mac: mac('52:54:00:00:10:02') }), { code: 'DEVICE_EXISTS' })
})

t.test('what does not fit is refused and changes nothing', async (t) => {
  const agent = await example(t)
  const wanted = { name: name('new'), mac: mac('52:54:00:00:99:01') }
  await t.rejects(
    agent.call(deviceAdd, { ...wanted, room: RoomName.parse('r214'), address: Ipv4.parse('10.20.14.7') }),
    {
      code: 'DEVICES_INVALID',
      problems: [{ path: 'address', message: '10.20.14.7 already belongs to r214-pc07 (in the running state)' }],
    },
  )
  await t.rejects(agent.call(deviceAdd, { ...wanted, room: RoomName.parse('r999') }), { code: 'ROOM_UNKNOWN' })
  await t.rejects(agent.call(deviceRemove, { names: [name('librarian'), name('nobody')] }), { code: 'DEVICE_UNKNOWN' })
  await t.rejects(agent.call(deviceRemove, { names: [name('roof-sensor')] }), {
    code: 'STATE_INVALID',
    problems: [{ path: 'forwards[0].to.device', message: 'there is no device "roof-sensor"' }],
  })
  t.equal((await agent.call(stateShow, {})).number, 1)
})

const list = `r214;r214-pc07;win;52:54:00:14:07:01;10.20.14.7
r214;r214-pc08;win;52:54:00:14:08:99;10.20.14.8
r300;r300-pc01;win;52:54:00:30:01:01;10.20.30.1
r300;r300-pc02;win;52:54:00:30:02:01;DHCP
`

t.test('a list is shown first, then taken as one generation, and gone with one step back', async (t) => {
  const agent = await example(t)
  const request = { file: 'devices.csv', content: content(list) }
  const shown = await agent.call(deviceImport, { ...request, dryRun: true })
  t.match(shown, {
    format: 'linuxmuster devices.csv',
    read: 4,
    rooms: [{ name: 'r300', network: 'school' }],
    added: [
      { name: 'r300-pc01', address: '10.20.30.1' },
      { name: 'r300-pc02', address: null },
    ],
    changed: [{ before: { mac: '52:54:00:14:08:01' }, after: { mac: '52:54:00:14:08:99' } }],
    unchanged: 1,
    untouched: 4,
    applied: null,
  })
  t.equal((await agent.call(stateShow, {})).number, 1)

  const done = await agent.call(deviceImport, request)
  t.match(done.applied, { generation: 2 })
  t.strictSame({ ...done, applied: null, dryRun: true }, shown)
  const { documents } = await agent.call(stateShow, {})
  t.strictSame(
    documents.map(({ file }) => file),
    ['school.yaml', 'imported-devices.yaml'],
  )
  t.equal((await agent.call(deviceList, { room: RoomName.parse('r300') })).devices.length, 2)
  t.match(await agent.call(deviceImport, request), { added: [], changed: [], unchanged: 4, applied: null })

  await agent.call(stateRollback, {})
  t.strictSame((await agent.call(stateShow, {})).documents, [{ file: 'school.yaml', text: exampleText() }])
})

t.test('one wrong row, and nothing of the list is taken', async (t) => {
  const agent = await example(t)
  const wrong = `${list}r300;r300-pc03;win;52:54:00:30;10.20.30.3\nr300;r300-pc04;win;52:54:00:30:01:01;10.30.0.9\n`
  await t.rejects(agent.call(deviceImport, { file: 'devices.csv', content: content(wrong) }), {
    code: 'DEVICES_INVALID',
    message: 'devices.csv: 3 errors, nothing was changed',
    problems: [
      {
        file: 'devices.csv',
        line: 5,
        column: 20,
        message: '52:54:00:30 is not a MAC address (six pairs of hex digits)',
      },
      { file: 'devices.csv', line: 6, column: 20, message: '52:54:00:30:01:01 already belongs to r300-pc01 (line 3)' },
      { file: 'devices.csv', line: 6, column: 38, message: /10\.30\.0\.9 does not lie in 10\.20\.0\.0\/16/ },
    ],
  })
  t.equal((await agent.call(stateShow, {})).number, 1)
})

t.test('2,000 devices of another server are taken in one go', async (t) => {
  const [school, devices] = designDocuments()
  const rows = (devices?.text ?? '').matchAll(
    /name: (?<name>\S+), mac: (?<mac>\S+), room: (?<room>\S+), address: (?<address>\S+?),? /g,
  )
  const lines = [...rows].map(
    ({ groups }) => `${groups?.['room']};${groups?.['name']};win;${groups?.['mac']};${groups?.['address']};;;;`,
  )
  const agent = await agentWith(t, [
    { file: 'school.yaml', text: school?.text.replace(/forwards:[^]*?(?=filters:)/, '') ?? '' },
  ])
  const done = await agent.call(deviceImport, { file: 'devices.csv', content: content(lines.join('\n')) })
  t.match(done, { read: 1920, unchanged: 0, applied: { generation: 2 } })
  t.equal(done.added.length, 1920)
  t.equal((await agent.call(deviceList, {})).devices.length, 1920)
})

t.test('a state that leaves an import out is applied with a warning, and planned with one', async (t) => {
  const [school, devices] = designDocuments()
  const agent = await agentWith(t, designDocuments())
  const documents = [
    { file: 'school.yaml', text: `${school?.text}${devices?.text.split('\n').slice(0, 1001).join('\n')}\n` },
  ]
  const without = documents.map(({ file, text }) => ({ file, text: text.replace(/^forwards:[^]*?(?=^filters:)/m, '') }))
  const warnings = [
    {
      severity: 'warning',
      path: 'devices',
      message: '1000 of 2000 devices of generation 1 are not in this state',
      hint: 'If that is not meant, they are here: iserv-ctl state export 1',
    },
  ]
  t.match(await agent.call(statePlan, { documents: without }), { warnings })
  t.match(await agent.call(stateApply, { documents: without }), { generation: 2, warnings })
  t.strictSame((await agent.call(stateApply, { documents: without, reason: 'again' })).warnings, [])
})

t.test('on the command line', async (t) => {
  const files: Readonly<Record<string, Uint8Array>> = {
    '/home/devices.csv': Buffer.from(list),
    '/home/wrong.csv': Buffer.from(
      list.replace('52:54:00:30:02:01', '52:54:00:30:02').replace('10.20.14.8', '10.20.14.7'),
    ),
  }
  const context = {
    agent: await example(t),
    folder: '/home',
    system: { files: { readBytes: async (path: string) => files[path] } } as never,
  }
  const lines = [
    'device list --room r214',
    'device add r214-pc09 --mac 5254.0014.0901 --room r214 --address auto',
    'device add r214-pc09 --mac 5254.0014.0901 --internet no',
    'device add r214-pc09 --mac 5254.0014.0901',
    'device import wrong.csv',
    'device import devices.csv --dry-run',
    'device import devices.csv',
    'device import devices.csv',
    'device remove r214-pc09',
    'device remove r214-pc90',
    'device list --room r300',
  ]
  let transcript = ''
  for (const line of lines) {
    const { status, out, err } = await runWords(line.split(' '), commands, { context })
    transcript += `$ iserv-ctl ${line}\n${out}${err}${status === 0 ? '' : `(status ${status})\n`}\n`
  }
  golden(t, 'cli/devices.txt', transcript)
})
