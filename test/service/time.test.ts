import t, { type Test } from 'tap'
import { time } from '../../agent/resources/time/index.ts'
import type { SchoolState } from '../../agent/model/state.ts'
import type { Client } from '../../cli/lab/client.ts'
import { until } from '../../cli/lab/until.ts'
import { startContainer, type Container } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { exampleSchool } from '../support/school.ts'

const overlay = new URL('../../image/school/overlay', import.meta.url).pathname
const ntpQuery = new URL('../support/ntp-query.ts', import.meta.url).pathname

async function boxWithNetworks(t: Test): Promise<Container> {
  const box = await startContainer(t, { overlay: [overlay] })
  const run = (...argv: [string, ...string[]]) => box.system.processes.run(argv)
  for (const port of ['lan0', 'uplink0']) await run('ip', 'link', 'set', port, 'up')
  await run('ip', 'address', 'add', '10.20.0.1/16', 'dev', 'lan0')
  await run('ip', 'address', 'add', 'fd20:1::1/64', 'dev', 'lan0', 'nodad')
  await run('ip', 'address', 'add', '198.51.100.10/24', 'dev', 'uplink0')
  await run('ip', 'route', 'replace', 'default', 'via', '198.51.100.1')
  return box
}

async function clientOf(box: Container): Promise<Client> {
  const client = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
  await client.run(['ip', 'address', 'add', '10.20.14.7/16', 'dev', 'eth0'])
  await client.run(['ip', 'address', 'add', 'fd20:1::7/64', 'dev', 'eth0', 'nodad'])
  return client
}

async function askTime(
  from: Pick<Client, 'run'>,
  server: string,
): Promise<{ stratum: number; time: number } | undefined> {
  const { stdout } = await from.run([process.execPath, ntpQuery, server], { accept: [0, 1] })
  return stdout === '' ? undefined : (JSON.parse(stdout) as { stratum: number; time: number })
}

function schoolAsking(...servers: readonly string[]): SchoolState {
  return { ...exampleSchool(), time: { servers: [...servers] } }
}

t.test('the house gets its time from the box', async (t) => {
  const box = await boxWithNetworks(t)
  const provider = await box.provider()
  const client = await clientOf(box)
  const engine = enactorOn(t, box.system, [time])

  await engine.enact(schoolAsking('203.0.113.5'))
  t.strictSame((await engine.tend())['time']?.lines, [], 'at rest')
  t.equal((await box.system.units.status('chrony.service')).active, 'active', 'also without the right to set the clock')
  const findings = async () => (await engine.prove())['time']?.map(({ code }) => code)

  for (const server of ['10.20.0.1', 'fd20:1::1']) {
    const answer = await askTime(client, server)
    t.ok(
      answer !== undefined && Math.abs(answer.time - Date.now()) < 60_000,
      `a client's question to ${server} is answered`,
    )
  }
  t.equal(await askTime(provider, '198.51.100.10'), undefined, 'strangers get nothing')
  await until(async () => (await findings())?.includes('time-serves'), { what: 'an answer of the time server' })

  await t.test('a killed service comes back, and a second look finds nothing to do', async (t) => {
    await box.system.processes.run(['systemctl', 'kill', '--signal=KILL', 'chrony.service'])
    await engine.tend()
    t.strictSame((await engine.tend())['time']?.lines, [])
    t.ok(await askTime(client, '10.20.0.1'))
  })

  await t.test('servers removed or added in the running chronyd by hand are put right', async (t) => {
    await box.system.processes.run(['chronyc', 'delete', '203.0.113.5'])
    t.match((await engine.tend())['time']?.lines, [/other servers/])
    await box.system.processes.run(['chronyc', 'allow', 'all'])
    t.match((await engine.tend())['time']?.lines, [/strangers/])
    t.strictSame((await engine.tend())['time']?.lines, [])
  })

  await t.test('a server named twice is asked once, and that is that', async (t) => {
    await engine.enact(schoolAsking('203.0.113.5', '203.0.113.5', 'time.example.org', 'time.example.org'))
    t.strictSame((await engine.tend())['time']?.lines, [])
    await engine.enact(schoolAsking('203.0.113.5'))
  })

  await t.test('without an uplink the house keeps one time, and says so', async (t) => {
    await box.system.processes.run(['ip', 'link', 'set', 'uplink0', 'down'])
    await engine.enact(schoolAsking('203.0.113.6', 'ptbtime1.ptb.de'))
    t.strictSame((await engine.tend())['time']?.lines, [])
    t.match(await findings(), ['time-sources-unreachable'])
    t.ok(await askTime(client, '10.20.0.1'))
  })
})
