import t from 'tap'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'

/** A change that cuts the administrator off comes back by itself. */

t.setTimeout(900_000)

const box = await startBox(t)
await box.apply(exampleText())
const client = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
await client.dhcp()

const reachesBox = async (): Promise<boolean> =>
  (await client.run(['ping', '-c', '1', '-W', '1', '10.20.0.1'], { accept: [0, 1, 2] })).status === 0

/** The school's network moves to a port that nobody has plugged in. */
await box.system.processes.run(['ip', 'link', 'add', 'lan9', 'type', 'veth', 'peer', 'name', 'unplugged'])
const cutOff = exampleText().replace('ports: [lan0]', 'ports: [lan9]')

const tryFor = (time: string) =>
  box.control(['state', 'apply', '-', '--try', time, '--json'], { input: cutOff, accept: [0, 5] })

t.test('nobody confirms', async (t) => {
  t.ok(await reachesBox())
  // Long enough for the box to look at everything and for us to ask, however busy the machine is.
  await tryFor('40s')
  t.notOk(await reachesBox(), 'cut off')
  const again = await box.control(['state', 'apply', '-'], { input: exampleText(), accept: [6] })
  t.match(again.stderr, /on trial/)
  await until(reachesBox, { what: 'the box to come back', timeout: 120_000, every: 250 })
  const { stdout } = await box.control(['state', 'history', '--json'])
  t.match(JSON.parse(stdout), {
    generations: [
      { number: 2, outcome: 'reverted', current: false },
      { number: 1, outcome: 'applied', current: true },
    ],
  })
})

t.test('nobody confirms, and the agent is killed meanwhile', async (t) => {
  await tryFor('15s')
  await box.system.processes.run(['systemctl', 'kill', '--signal=KILL', 'iserv-agent.service'])
  await until(reachesBox, { what: 'the box to come back', timeout: 120_000, every: 250 })
  t.match((await box.control(['state', 'confirm'], { accept: [6] })).stderr, /No generation is on trial/)
})

t.test('somebody confirms', async (t) => {
  const change = exampleText().replace('10.20.14.7 }', '10.20.14.77 }')
  await box.control(['state', 'apply', '-', '--try', '1h'], { input: change })
  t.match((await box.control(['box', 'status'], { accept: [0, 5] })).stdout, /on trial/)
  await box.control(['state', 'confirm'])
  t.equal((await client.dhcp()).address, '10.20.14.77')
  const { stdout } = await box.control(['state', 'export'])
  t.equal(stdout, change, 'word for word')
})

t.test('back to what was before', async (t) => {
  await box.control(['state', 'rollback', '--reason', 'the old address was better'])
  t.equal((await client.dhcp()).address, '10.20.14.7')
  t.match((await box.control(['state', 'history'])).stdout, /the old address was better/)
})
