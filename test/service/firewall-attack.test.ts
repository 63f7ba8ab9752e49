import { spawn } from 'node:child_process'
import t from 'tap'
import { SchoolState, type SchoolStateInput } from '../../agent/model/state.ts'
import { firewall } from '../../agent/resources/firewall/index.ts'
import { observe } from '../../agent/resources/firewall/observe.ts'
import { bansOf } from '../../agent/resources/firewall/show.ts'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { connectFrom } from '../support/connect.ts'
import { enactorOn } from '../support/enact.ts'
import { counted } from '../support/counters.ts'
import { flood, floodArgv } from '../support/flood.ts'
import { buildHouse } from '../support/house.ts'
import { exampleInput } from '../support/school.ts'
import { flowing, startStreams } from '../support/stream.ts'

const boxAddress6 = `${internet.prefix6}10`

const stateWith = (limits: SchoolStateInput['limits']) =>
  SchoolState.parse({
    ...exampleInput(),
    services: [
      { name: 'web', protocol: 'tcp', ports: [80], from: ['uplink', 'school'] },
      { name: 'mail', protocol: 'tcp', ports: [25], from: ['uplink'] },
      { name: 'files', protocol: 'tcp', ports: [445], from: ['school'] },
    ],
    limits,
  })

/** A resolver of the house's names, where the firewall leads the school network's questions. */
const resolver = `server:
  interface: 10.20.0.1@5400
  access-control: 10.20.0.0/16 allow
  local-zone: "schule.lan." static
  local-data: "server.schule.lan. A 10.20.0.1"
  username: ""
  chroot: ""
  do-daemonize: no
  pidfile: ""
  use-syslog: no
remote-control:
  control-enable: no
`

t.setTimeout(600_000)

t.test('the internet attacks', async (t) => {
  const { box, provider, device } = await buildHouse(t)
  const engine = enactorOn(t, box.system, [firewall])
  const pc = await device('r214-pc07', 'school', '52:54:00:14:07:01', '14.7')
  const sensor = await device('roof-sensor', 'school', '52:54:00:00:09:01', '0.9')
  const start = ([program, ...rest]: readonly [string, ...string[]]) => {
    const child = spawn(program, rest, { stdio: 'ignore' })
    t.teardown(() => child.kill())
    return child
  }
  start([...sensor.enter, 'socat', 'TCP-LISTEN:443,fork,reuseaddr', 'EXEC:cat'])
  await box.system.files.write('/run/resolver.conf', resolver)
  start([...(box.enter as [string]), 'unbound', '-d', '-c', '/run/resolver.conf'])
  start([...(box.enter as [string]), 'busybox', 'httpd', '-f', '-p', '80', '-h', '/usr/share'])

  await t.test('a port scan finds what the state opens and nothing else', async (t) => {
    await engine.enact(stateWith({ fromUplink: 100_000, perSource: 10_000 }))
    const scan = async (...words: readonly string[]) => {
      const speed = ['-Pn', '-n', '-T5', '--min-rate', '1500', '--max-retries', '1'] as const
      const { stdout } = await provider.run(['nmap', ...speed, '-oG', '-', ...words], { timeout: 120_000 })
      return [...stdout.matchAll(/(\d+)\/(open|closed)\/(tcp|udp)/g)].map(
        ([, port, how, protocol]) => `${protocol} ${port} ${how}`,
      )
    }
    const ports = '1-1100,5390-5410,8400-8500'
    t.strictSame(await scan('-sS', '-p', ports, internet.boxAddress), ['tcp 25 closed', 'tcp 80 open', 'tcp 8443 open'])
    const found6 = await scan('-6', '-sS', '-p', ports, boxAddress6)
    t.strictSame(
      found6.map((line) => line.split(' ')[1]),
      ['25', '80'],
      'the forward is for IPv4 only',
    )
    t.strictSame(
      await scan('-sU', '-p', '53,67,68,69,111,123,137,161,500,514,547,5353,5400,5401', internet.boxAddress),
      [],
    )
    t.strictSame(await scan('-sA', '-p', '22,25,80,445', internet.boxAddress), [], 'nor with packets of no connection')
  })

  await t.test('senders that nobody has are limited, whatever port they use', async (t) => {
    await engine.enact(stateWith({ fromUplink: 50 }))
    await flood(provider, { host: internet.boxAddress, from: 67, to: 68, count: 500, senders: 500 })
    const dropped = await counted(box.system, 'limit for the uplink')
    t.ok(dropped > 300, `${dropped} of 500 that look like answers of DHCP servers were dropped`)
  })

  await t.test('one sender is limited long before it is banned', async (t) => {
    await engine.enact(stateWith({ perSource: 100 }))
    await flood(provider, { host: internet.boxAddress, to: 25, count: 300, senders: 1 })
    const dropped = await counted(box.system, 'limit for one address')
    t.ok(dropped > 50 && dropped < 300, `${dropped} of 300`)
    t.equal(await counted(box.system, 'flood from one address: banned'), 0)
  })

  await t.test('a device that floods the internet slows itself down and nobody else', async (t) => {
    await engine.enact(stateWith({ perDevice: 50 }))
    const flooding = start(floodArgv(pc, { host: internet.host, to: 9 }))
    const echo = { protocol: 'tcp', host: internet.host, port: 7 } as const
    await until(async () => (await counted(box.system, 'limit for one device')) > 0, { what: 'the limit to hold' })
    t.strictSame(await connectFrom(sensor, [echo]), ['answered'], 'its neighbour connects')
    t.equal(flooding.exitCode, null, 'all this while the flood went on')
    flooding.kill()
  })

  await t.test('a flood from many addresses leaves the house alone', async (t) => {
    await engine.enact(stateWith({ fromUplink: 50 }))
    const streams = startStreams(pc, internet.host, internet.host6)
    t.teardown(() => streams.stop())
    await flowing(streams)
    const flooding = start(floodArgv(provider, { host: internet.boxAddress, to: 25, senders: 20_000 }))
    await until(async () => (await counted(box.system, 'limit for the uplink')) > 0, { what: 'the limit to hold' })
    await flowing(streams)
    const web = { protocol: 'tcp', host: '10.20.0.1', port: 80 } as const
    t.strictSame(await connectFrom(pc, [{ ...web, host: internet.host }, web]), ['answered', 'answered'])
    t.equal(flooding.exitCode, null, 'all this while the flood went on')
    flooding.kill()
  })

  await t.test('a flood on one service leaves the house alone', async (t) => {
    await engine.enact(stateWith({ perSource: 20, banFor: 60 }))
    const streams = startStreams(pc, internet.host, internet.host6)
    t.teardown(() => streams.stop())
    await flowing(streams)
    // Five times what one address may; nping takes a higher rate for none at all, and would be done in a second.
    const many = ['--rate', '1000', '-c', '0', '-N', '-q'] as const
    const syn = ['nping', '--tcp', '--flags', 'syn', '-p', '80', ...many, internet.boxAddress] as const
    const attack = start([...(provider.enter as [string]), ...syn])
    const bans = async () => {
      const { listing } = await observe(box.system)
      return listing === undefined ? [] : bansOf(listing).map(({ address }) => address)
    }
    await until(async () => (await bans()).includes(internet.gateway), { what: 'the attacker to be banned' })
    await flowing(streams)
    const { stdout } = await pc.run(['dig', '+short', '+tries=1', '@10.20.0.1', 'server.schule.lan'])
    t.equal(stdout.trim(), '10.20.0.1', 'the box answers names')
    const asked = await box.system.network.query(internet.gateway, 53, `www.${internet.domain}`, 'A')
    t.strictSame(asked.answers, [internet.host], 'and gets answers, even from whose address is banned')
    t.match(
      (await pc.run(['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', 'http://10.20.0.1/'])).stdout,
      /^[1-5]/,
      'and pages',
    )
    await flowing(streams)
    t.equal(attack.exitCode, null, 'all this while the flood went on')
    t.strictSame(
      await connectFrom(provider, [{ protocol: 'tcp', host: internet.boxAddress, port: 80 }]),
      ['silent'],
      'who is banned hears nothing',
    )
    const page = await provider.run([
      'curl',
      '-sS',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '--interface',
      internet.host,
      `http://${internet.boxAddress}/`,
    ])
    t.match(page.stdout, /^[1-5]/, 'everybody else is served')
    attack.kill()
    await engine.enact(stateWith({ perSource: 20, banFor: 60, perDevice: 100 }))
    t.ok((await bans()).includes(internet.gateway), 'other rules, the same ban')
  })
})
