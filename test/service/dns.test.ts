import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { RoomLock } from '../../agent/model/lock.ts'
import { SchoolState, type SchoolStateInput } from '../../agent/model/state.ts'
import { askerOf, box as boxItself } from '../../agent/resources/dns/asker.ts'
import { control as controlDirectly } from '../../agent/resources/dns/control.ts'
import { dns } from '../../agent/resources/dns/index.ts'
import { lookup } from '../../agent/resources/dns/lookup.ts'
import type { Client } from '../../cli/lab/client.ts'
import { until } from '../../cli/lab/until.ts'
import { startContainer, type Container } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { exampleInput } from '../support/school.ts'

const overlay = new URL('../../image/school/overlay', import.meta.url).pathname
/** The lab's internet signs nothing, so its names must not be validated. */
const labOverlay = new URL('../../cli/lab/overlay', import.meta.url).pathname

async function boxWithNetworks(t: Test): Promise<Container> {
  const box = await startContainer(t, { overlay: [overlay, labOverlay] })
  const run = (...argv: [string, ...string[]]) => box.system.processes.run(argv)
  for (const port of ['lan0', 'guest0', 'uplink0']) await run('ip', 'link', 'set', port, 'up')
  await run('ip', 'address', 'add', '10.20.0.1/16', 'dev', 'lan0')
  await run('ip', 'address', 'add', 'fd20:1::1/64', 'dev', 'lan0', 'nodad')
  await run('ip', 'address', 'add', '10.30.0.1/22', 'dev', 'guest0')
  await run('ip', 'address', 'add', 'fd20:2::1/64', 'dev', 'guest0', 'nodad')
  await run('ip', 'address', 'add', '198.51.100.10/24', 'dev', 'uplink0')
  await run('ip', 'route', 'replace', 'default', 'via', '198.51.100.1')
  return box
}

async function clientOf(box: Container): Promise<Client> {
  const client = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
  await client.run(['ip', 'address', 'add', '10.20.14.7/16', 'dev', 'eth0'])
  await client.run(['ip', 'address', 'add', 'fd20:1::7/64', 'dev', 'eth0', 'nodad'])
  await client.run(['ip', 'route', 'replace', 'default', 'via', '10.20.0.1'])
  return client
}

/** Status and data as the client sees them: `NOERROR 10.20.14.7`. */
async function ask(client: Pick<Client, 'run'>, ...words: readonly string[]): Promise<string> {
  const { stdout } = await client.run(['dig', '+tries=1', '+time=5', '+noall', '+comments', '+answer', ...words], {
    accept: [0, 9],
  })
  const status = /status: (\w+)/.exec(stdout)?.[1] ?? 'silent'
  const data = stdout.split('\n').flatMap((line) => /\sIN\s+\w+\s+(.+)$/.exec(line)?.[1] ?? [])
  return [status, ...data.toSorted()].join(' ')
}

/** The example school with other filters: the guest network's profile blocks the games, rooms in exams see one domain. */
function schoolWith(change: Partial<SchoolStateInput> = {}): SchoolState {
  return SchoolState.parse({ ...exampleInput(), ...change })
}

t.setTimeout(180_000)

t.test('names and filters', { timeout: 180_000 }, async (t) => {
  const box = await boxWithNetworks(t)
  const provider = await box.provider()
  const client = await clientOf(box)
  const engine = enactorOn(t, box.system, [dns])
  const lines = async () => (await engine.tend())['dns']?.lines
  const findings = async () => (await engine.prove())['dns'] ?? []
  const mainPid = async () =>
    (await box.system.processes.run(['systemctl', 'show', '--value', '--property=MainPID', 'unbound.service'])).stdout
  const control = (...words: readonly string[]) => box.system.processes.run(['unbound-control', ...words])

  const done = await engine.enact(schoolWith())
  t.strictSame(await lines(), [], 'at rest')
  t.strictSame(
    done['dns']?.findings?.map(({ code }) => code),
    ['dns-serves', 'dns-internet'],
  )

  await t.test('the house answers for its devices and itself', async (t) => {
    t.equal(await ask(client, '@10.20.0.1', 'r214-pc07.schule.lan'), 'NOERROR 10.20.14.7')
    t.equal(await ask(client, '@10.20.0.1', '-x', '10.20.14.7'), 'NOERROR r214-pc07.schule.lan.')
    t.equal(await ask(client, '@fd20:1::1', 'server.schule.lan', 'AAAA'), 'NOERROR fd20:1::1')
    t.equal(await ask(client, '@10.20.0.1', 'server.guest.schule.lan'), 'NOERROR 10.30.0.1')
    t.equal(await ask(client, '@10.20.0.1', '+tcp', 'nobody.schule.lan'), 'NXDOMAIN')
    t.equal(await ask(client, '@10.20.0.1', 'www.example.org'), 'NOERROR 203.0.113.5')
    t.equal(await ask(provider, '@198.51.100.10', 'r214-pc07.schule.lan'), 'silent', 'nothing for the internet')
  })

  await t.test('each profile sees what it may', async (t) => {
    const school = ['@10.20.0.1'] as const
    const youth = ['@10.20.0.1', '-p', '5401'] as const
    const exam = ['@fd20:1::1', '-p', '5402'] as const
    t.equal(await ask(client, ...school, 'games.example.org'), 'NOERROR 203.0.113.5')
    t.equal(await ask(client, ...youth, 'www.games.example.org'), 'NXDOMAIN', 'a domain covers its sub-domains')
    t.equal(await ask(client, ...youth, 'notgames.example.org'), 'NOERROR 203.0.113.5', 'by whole labels')
    t.equal(await ask(client, '@10.30.0.1', 'games.example.org'), 'NXDOMAIN', "the guest network's own profile")
    t.equal(await ask(client, ...exam, 'exam.example.org'), 'NOERROR 203.0.113.5')
    t.equal(await ask(client, ...exam, 'www.example.org'), 'NXDOMAIN')
    t.equal(await ask(client, ...exam, 'server.schule.lan'), 'NOERROR 10.20.0.1')
    t.equal(await ask(client, ...exam, '-x', '10.20.14.8'), 'NOERROR r214-pc08.schule.lan.')
    t.equal(await ask(client, ...school, 'use-application-dns.net'), 'NXDOMAIN', 'browsers are told to stay with us')
  })

  await t.test('a lookup tells what the client sees, and why', async (t) => {
    const state = schoolWith()
    const told = async (name: string, whom?: string, locks: readonly RoomLock[] = []) => {
      const asker = whom === undefined ? boxItself : askerOf(whom, state, locks)
      const { answer, why, list, entry } = await lookup(name, asker, state, box.system)
      const seen = await ask(
        client,
        `@${asker.address === '127.0.0.1' ? '10.20.0.1' : asker.address}`,
        '-p',
        String(asker.port),
        name,
      )
      if (isIP(name) === 0 && name.includes('.'))
        t.equal(answer.status, seen.split(' ')[0], `${name} as ${whom} is what the client sees`)
      return [why, answer.answers[0], list, entry]
    }
    const lock = { room: 'r214', since: 0, until: null, by: 'm.weber' } as RoomLock
    for (const words of ['two words', 'https://www.example.org/', '..', ' ']) {
      await t.rejects(told(words), { code: 'REQUEST_INVALID' }, words)
    }
    t.same(await told('r214-pc07'), ['house', '10.20.14.7', undefined, undefined])
    t.same(await told('10.20.14.7', 'r214'), ['house', 'r214-pc07.schule.lan', undefined, undefined])
    t.same(await told('www.play.example.org', 'guest'), ['internet', '203.0.113.5', undefined, undefined])
    t.same(await told('www.games.example.org', 'guest'), ['blocked', undefined, 'games', 'games.example.org'])
    t.same(await told('www.games.example.org', 'r214'), ['internet', '203.0.113.5', undefined, undefined])
    t.same(await told('www.games.example.org', 'r214-pc07', [lock]), ['not-listed', undefined, undefined, undefined])
    t.same(await told('exam.example.org', 'r214-pc07', [lock]), ['internet', '203.0.113.5', undefined, undefined])
    t.same(await told('use-application-dns.net', 'r118'), ['blocked', undefined, '_bypass', 'use-application-dns.net'])
  })

  await t.test('a moved device is known at once and all the time, without a restart', async (t) => {
    const before = await mainPid()
    // While its name is asked without a pause.
    let moving = true
    const heard = new Set<string>()
    const asking = (async () => {
      while (moving) heard.add(await ask(client, '@10.20.0.1', 'r214-pc08.schule.lan'))
    })()
    const { devices = [] } = exampleInput()
    const moved = devices.map((device) =>
      device.name === 'r214-pc08' ? { ...device, address: '10.20.14.80' } : device,
    )
    t.match((await engine.enact(schoolWith({ devices: moved })))['dns']?.lines, [
      /^- name r214-pc08.schule.lan → 10.20.14.8\n- name 8.14.20.10.in-addr.arpa → .*\n\+ name r214-pc08.schule.lan → 10.20.14.80\n/,
    ])
    t.equal(await ask(client, '@10.20.0.1', 'r214-pc08.schule.lan'), 'NOERROR 10.20.14.80')
    moving = false
    await asking
    t.strictSame(
      [...heard].filter((answer) => !answer.startsWith('NOERROR 10.20.14.8')),
      [],
    )
    t.equal(await ask(client, '@10.20.0.1', '-x', '10.20.14.8'), 'NXDOMAIN')
    t.strictSame(await lines(), [])
    t.equal(await mainPid(), before)
  })

  await t.test('a name that begins like a refusal of the resolver is a name', async (t) => {
    const { devices = [] } = exampleInput()
    const errorpc = { name: 'errorpc', mac: '52:54:00:14:07:99', room: 'r214', address: '10.20.14.99' }
    await engine.enact(schoolWith({ devices: [...devices, errorpc] }))
    t.equal(await ask(client, '@10.20.0.1', 'errorpc.schule.lan'), 'NOERROR 10.20.14.99')
    t.strictSame(await lines(), [])
    await engine.enact(schoolWith())
    t.equal(await ask(client, '@10.20.0.1', 'errorpc.schule.lan'), 'NXDOMAIN')
    await t.rejects(
      controlDirectly(box.system, 'local_datas', ['errorpc.schule.lan. 300 IN A 10.20.14.999']),
      { code: 'SERVICE_REFUSED', message: /10.20.14.999/ },
      'what is refused is told',
    )
    await t.rejects(controlDirectly(box.system, 'no_such_command'), { code: 'SERVICE_REFUSED' })
  })

  await t.test('lists and profiles change without a restart', async (t) => {
    const before = await mainPid()
    const { lists = [], profiles = [] } = exampleInput().filters ?? {}
    const more = [{ name: 'aaa-new', domains: ['new.example.org'] }, ...lists]
    const blocking = profiles.map((profile) =>
      profile.name === 'default' ? { ...profile, block: ['aaa-new'] } : profile,
    )
    t.match((await engine.enact(schoolWith({ filters: { lists: more, profiles: blocking } })))['dns']?.lines, [
      'load the filter lists',
    ])
    t.equal(await ask(client, '@10.20.0.1', 'www.new.example.org'), 'NXDOMAIN')
    t.equal(await ask(client, '@10.30.0.1', 'adult.example.com'), 'NXDOMAIN', 'the other profile is as it was')
    t.strictSame(await lines(), [])
    t.equal(await mainPid(), before)
  })

  await t.test('a broken line and a missing file are told, the rest of the list counts', async (t) => {
    const folder = join(box.root, 'var/lib/iserv/filters')
    mkdirSync(folder, { recursive: true })
    const list = [
      '# games',
      'Play.Example.ORG.',
      '*.chess.example.org',
      'not a domain',
      '10.1.2.3',
      'pc.schule.lan',
      'www.example.org/x',
      '0.0.0.0 hosts.example.org',
      '||adblock.example.org^',
    ]
    writeFileSync(join(folder, 'games.txt'), list.join('\n'))
    const filters = {
      lists: [
        { name: 'games', domains: ['chess.example.org'], file: 'games.txt' },
        { name: 'gone', file: 'gone.txt' },
      ],
      profiles: [{ name: 'youth', block: ['games', 'gone'] }],
    }
    const foreseen = await dns.prepare({ state: schoolWith({ filters }), locks: [] }).warn(box.system)
    t.match(foreseen, [{ path: 'filters.lists.gone.file', message: /gone\.txt is not there/ }], 'told before it counts')
    t.equal(foreseen.length, 1)
    const before = await mainPid()
    await engine.enact(schoolWith({ filters, rooms: [], devices: [] }))
    t.equal(await ask(client, '@10.30.0.1', 'a.play.example.org'), 'NXDOMAIN')
    t.equal(await ask(client, '@10.30.0.1', 'a.chess.example.org'), 'NXDOMAIN')
    t.equal(await ask(client, '@10.30.0.1', 'www.example.org'), 'NOERROR 203.0.113.5')
    t.not(await mainPid(), before, 'fewer profiles are fewer ports to listen on')
    const told = (await findings()).filter(({ severity }) => severity !== 'ok').map(({ message }) => message)
    t.match(told, [/gone.txt/, /games.txt:4: „not a domain/, /:5: „10.1.2.3/, /:6: „pc.sch/, /:7: „www/])

    writeFileSync(join(folder, 'games.txt'), 'only.example.org\n')
    t.strictSame(await lines(), ['load the filter lists'], 'a new file is loaded without a new state')
    t.equal(await ask(client, '@10.30.0.1', 'a.play.example.org'), 'NOERROR 203.0.113.5')
    t.equal(await ask(client, '@10.30.0.1', 'only.example.org'), 'NXDOMAIN')
    t.strictSame(await lines(), [])
  })

  await t.test('what somebody changes in the running resolver is put right', async (t) => {
    await engine.enact(schoolWith())
    await control('local_data_remove', 'r214-pc07.schule.lan')
    await control('local_data', 'fake.schule.lan. 300 IN A 10.20.66.6')
    t.match(await lines(), [/- name fake.*\n\+ name r214-pc07/])
    await control('forward_add', '.', '203.0.113.9')
    t.match(await lines(), [/asks other servers/])
    t.strictSame(await lines(), [])
    await box.system.files.write(
      '/var/lib/iserv/current/dns/names.conf',
      'local-data: "www.example.org. IN A 10.20.66.6"\n',
    )
    await control('fast_reload')
    t.match(await lines(), ['~ file names.conf'])
    t.equal(await ask(client, '@10.20.0.1', 'www.example.org'), 'NOERROR 203.0.113.5')
    t.equal(await ask(client, '@10.20.0.1', 'r214-pc07.schule.lan'), 'NOERROR 10.20.14.7')
  })

  await t.test('a resolver that was killed or restarted serves without the agent', async (t) => {
    await box.system.units.restart('unbound.service')
    t.equal(await ask(client, '@10.30.0.1', 'games.example.org'), 'NXDOMAIN')
    t.strictSame(await lines(), [])
    await box.system.processes.run(['systemctl', 'kill', '--signal=KILL', 'unbound.service'])
    await until(async () => (await ask(client, '@10.20.0.1', 'r214-pc07.schule.lan')) === 'NOERROR 10.20.14.7', {
      what: 'the resolver to come back',
    })
  })

  await t.test('a name of the internet leads neither into the school nor to the machine that asks', async (t) => {
    const inward = ['127.0.0.1', '0.0.0.0', '100.64.0.1', '10.20.0.1', '172.16.0.1', '192.168.0.1', '169.254.1.1']
    const inward6 = ['::1', '::', '::ffff:127.0.0.1', 'fc00::1', 'fd20:1::1', 'fe80::1']
    const records = [...inward, ...inward6].map(
      (address, index) => `--host-record=n${index}.rebind.example.org,${address}`,
    )
    const [program, ...rest] = [
      ...provider.enter,
      'dnsmasq',
      '--no-daemon',
      '--conf-file=/dev/null',
      '--no-hosts',
      '--no-resolv',
      '--pid-file',
      '--user=root',
      '--bind-interfaces',
      '--listen-address=198.51.100.1',
      '--port=5399',
      '--host-record=outside.rebind.example.org,203.0.113.5,2001:db8:5::5',
      ...records,
    ]
    const server = spawn(program as string, rest)
    t.teardown(() => server.kill())
    await control('forward_add', 'rebind.example.org', '198.51.100.1@5399')
    t.teardown(() => control('forward_remove', 'rebind.example.org').then(() => undefined))
    await until(async () => (await ask(client, '@10.20.0.1', 'outside.rebind.example.org')) === 'NOERROR 203.0.113.5', {
      what: 'the name server of the attacker',
    })
    t.equal(await ask(client, '@10.20.0.1', 'outside.rebind.example.org', 'AAAA'), 'NOERROR 2001:db8:5::5')
    for (const [index, address] of [...inward, ...inward6].entries()) {
      const type = address.includes(':') ? 'AAAA' : 'A'
      const answer = await ask(client, '@10.20.0.1', `n${index}.rebind.example.org`, type)
      t.equal(answer.split(' ')[1], undefined, `${address}: ${answer}`)
    }
  })

  await t.test('lists that would break the service are refused and the old ones stay', async (t) => {
    const uplink = { port: 'uplink0', dns: ['203.0.113.9'] }
    const state = schoolWith({ uplink })
    const injected = { ...state, school: { ...state.school, domain: 'a"\n  nonsense: "b' } }
    await t.rejects(engine.enact(injected), { code: 'SERVICE_CHECK_FAILED' })
    t.equal(await ask(client, '@10.20.0.1', 'r214-pc07.schule.lan'), 'NOERROR 10.20.14.7')
  })

  await t.test('beside a directory its domain is asked for what the box does not know', async (t) => {
    const dc = [
      'dnsmasq',
      '--no-daemon',
      '--conf-file=/dev/null',
      '--no-hosts',
      '--no-resolv',
      '--pid-file',
      '--bind-interfaces',
    ]
    const [program, ...rest] = [
      ...client.enter,
      ...dc,
      '--listen-address=10.20.14.7',
      '--user=root',
      '--auth-zone=schule.lan',
      '--auth-server=dc1.schule.lan,10.20.14.7',
      '--host-record=dc1.schule.lan,10.20.14.7',
    ]
    const server = spawn(program, rest)
    t.teardown(() => server.kill())
    await engine.enact(schoolWith({ directory: { address: '10.20.14.7' } }))
    t.equal(await ask(client, '@10.20.0.1', 'dc1.schule.lan'), 'NOERROR 10.20.14.7')
    t.equal(await ask(client, '@10.20.0.1', 'r214-pc08.schule.lan'), 'NOERROR 10.20.14.8')
    t.strictSame(await lines(), [])
  })

  await t.test('the resolver of a provider is asked, but not believed without a signature', async (t) => {
    await engine.enact(schoolWith({ uplink: { port: 'uplink0', dns: ['198.51.100.1'] } }))
    t.strictSame(await lines(), [])
    t.equal(await ask(client, '@10.20.0.1', 'www.example.net'), 'SERVFAIL')
    t.equal(await ask(client, '@10.20.0.1', '+cdflag', 'www.example.net'), 'NXDOMAIN')
    t.equal(await ask(client, '@10.20.0.1', 'server.schule.lan'), 'NOERROR 10.20.0.1', 'the house signs nothing')
  })

  await t.test('a resolver named twice is asked once, and that is that', async (t) => {
    const servers = ['203.0.113.9', '203.0.113.9']
    await engine.enact(schoolWith({ uplink: { port: 'uplink0', dns: servers }, time: { servers } }))
    t.strictSame(await lines(), [])
  })

  await t.test('without an uplink the house has its names at once', async (t) => {
    await engine.enact(schoolWith())
    t.equal(await ask(client, '@10.20.0.1', 'www.example.org'), 'NOERROR 203.0.113.5')
    await box.system.processes.run(['ip', 'link', 'set', 'uplink0', 'down'])
    t.equal(await ask(client, '@10.20.0.1', 'r214-pc07.schule.lan'), 'NOERROR 10.20.14.7')
    t.equal(await ask(client, '@10.20.0.1', '-x', '10.20.14.7'), 'NOERROR r214-pc07.schule.lan.')
    t.equal(await ask(client, '@10.20.0.1', 'www.example.org'), 'NOERROR 203.0.113.5', 'and what it knew before')
    t.match(
      (await findings()).map(({ code }) => code),
      ['dns-serves', 'dns-internet-unreachable'],
    )
    await box.system.processes.run(['ip', 'link', 'set', 'uplink0', 'up'])
    await box.system.processes.run(['ip', 'route', 'replace', 'default', 'via', '198.51.100.1'])
    await until(async () => (await ask(client, '@10.20.0.1', 'never-asked.example.org')).startsWith('NOERROR'), {
      what: 'names of the internet after the uplink is back',
    })
  })
})
