import { X509Certificate } from 'node:crypto'
import t from 'tap'
import { certificates } from '../../agent/resources/certificates/index.ts'
import { authority, requested, server } from '../../agent/resources/certificates/paths.ts'
import { time } from '../../agent/resources/time/index.ts'
import { web } from '../../agent/resources/web/index.ts'
import { certificateHandlers } from '../../agent/sockets/handlers/certificate.ts'
import type { System } from '../../agent/system/system.ts'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { startContainer } from '../support/container.ts'
import { enactorOn } from '../support/enact.ts'
import { startAgent } from '../support/engine.ts'
import { exampleSchool, exampleText } from '../support/school.ts'

t.setTimeout(180_000)

const box = await startContainer(t, { ports: ['lan0', 'uplink0'] })
const { system } = box
const { files, processes } = system
const school = exampleSchool()
const enactor = enactorOn(t, system, [time, certificates, web])
const openssl = async (argv: readonly string[], input = '') =>
  (await processes.run(['openssl', ...argv], { input, accept: [0, 1, 2] })).stdout
const verified = () => openssl(['verify', '-CAfile', authority.certificate, server.certificate])
const certificateIn = (text: string | undefined) => new X509Certificate(text ?? '')
const present = async () => certificateIn(await files.read(server.certificate))
const day = 86_400_000

await enactor.enact(school)

/** What a browser is told about TLS: the status, where it is sent, and whether to come with nothing else. */
const toldBrowsers = async (scheme: 'http' | 'https') =>
  (await processes.run(['python3', '-c', askPage, scheme])).stdout.trim()
const askPage = `
import http.client, ssl, sys
plain = sys.argv[1] == 'http'
page = http.client.HTTPConnection('127.0.0.1') if plain else http.client.HTTPSConnection(
    '127.0.0.1', context=ssl._create_unverified_context())
page.request('HEAD', '/room?a=1')
answer = page.getresponse()
print(answer.status, answer.getheader('Location'), answer.getheader('Strict-Transport-Security'))
`

t.test('a certificate is valid at once, also where the clock was ahead by hours', async (t) => {
  t.equal(await verified(), `${server.certificate}: OK\n`)
  t.equal(await toldBrowsers('http'), '403 None None', 'nobody is sent to where browsers warn')
  t.equal(await toldBrowsers('https'), '403 None None')
  const { validFromDate, validToDate } = await present()
  t.ok(validFromDate.getTime() < Date.now() - day / 2)
  t.ok(validToDate.getTime() - validFromDate.getTime() < 398 * day, 'no longer than devices take')
})

t.test('the web server has the certificate, whatever its time', async (t) => {
  const lines = async () => Object.values(await enactor.tend()).flatMap((looked) => looked.lines)
  await processes.run(['touch', '--date=+1 hour', server.certificate])
  t.strictSame(await lines(), [])
  await files.remove(server.certificate)
  t.match(await lines(), [/there is none/, /another certificate/])
  const shown = certificateIn(await openssl(['s_client', '-connect', '127.0.0.1:443']))
  t.equal(shown.fingerprint256, (await present()).fingerprint256)
})

t.test('what was made days ahead goes when a time server tells so, and not before', async (t) => {
  const clock = { ...system.clock, now: () => system.clock.now() + 3 * day }
  await files.remove(authority.certificate)
  await enactorOn(t, { ...system, clock }, [certificates]).enact(school)
  const made = (await present()).fingerprint256
  await enactor.tend()
  t.equal((await present()).fingerprint256, made)

  await box.provider()
  await processes.run(['ip', 'link', 'set', 'uplink0', 'up'])
  await processes.run(['ip', 'address', 'add', `${internet.boxAddress}/${internet.prefix}`, 'dev', 'uplink0'])
  await processes.run(['ip', 'route', 'add', 'default', 'via', internet.gateway])
  await enactor.enact({ ...school, time: { servers: [internet.host] } })
  const isMended = async () => {
    await enactor.tend()
    return (await present()).fingerprint256 !== made
  }
  await until(isMended, { what: 'another certificate', timeout: 60_000, every: 1_000 })
  t.equal(await verified(), `${server.certificate}: OK\n`)
})

t.test('a school that calls itself otherwise gets an authority for that', async (t) => {
  await enactor.enact({ ...school, school: { ...school.school, domain: 'gymnasium.lan' } })
  t.match((await present()).subjectAltName, /DNS:server\.gymnasium\.lan/)
  t.equal(await verified(), `${server.certificate}: OK\n`)
  await enactor.enact(school)
  t.equal(await verified(), `${server.certificate}: OK\n`)
})

t.test('an authority without its certificate, as a power cut leaves it, goes on to make one', async (t) => {
  await files.remove(authority.key)
  const resource = certificates.prepare({ state: school, locks: [] })
  const [first] = await resource.plan(system)
  await first?.apply(system)
  t.match(
    (await resource.plan(system)).map(({ line }) => line),
    [/^~ certificate .* the authority is new$/],
  )
  await enactor.tend()
  t.equal(await verified(), `${server.certificate}: OK\n`)
})

t.test('a certificate that somebody installs', async (t) => {
  const { engine, ...agent } = await startAgent(t.testdir(), system, [certificates])
  t.teardown(() => agent.ledger.close())
  await engine.apply({ documents: [{ file: 'school.yaml', text: exampleText() }], by: 'test', reason: 'test' })

  const foreign = { key: '/var/tmp/foreign.key', certificate: '/var/tmp/foreign.pem' } as const
  const newKey = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'] as const
  await openssl([...newKey, '-keyout', foreign.key, '-out', foreign.certificate, '-subj', '/CN=Schulserver CA'])
  const signed = (request: string) =>
    openssl(['x509', '-req', '-CA', foreign.certificate, '-CAkey', foreign.key, '-copy_extensions', 'copy'], request)
  const ask = async (name: string, request: object, on: System = system): Promise<Record<string, unknown>> => {
    const handler = certificateHandlers.find(({ operation }) => operation.name === name)
    const caller = { audience: 'root', by: 'test' } as const
    return (await handler?.handle(request, { ...agent, engine, system: on, version: '', caller })) as never
  }
  const waiting = async () => (await ask('certificate.show', {}))['waiting']

  await t.test('stays, though the box looks at it halfway', async (t) => {
    const { request } = await ask('certificate.request', { names: [] })
    const given = await signed(String(request))
    const looks: Promise<unknown>[] = []
    const watched: System = {
      ...system,
      files: {
        ...files,
        async write(path, ...rest) {
          await files.write(path, ...rest)
          if (path === server.key) looks.push(engine.reconcile(true))
        },
      },
    }
    await ask('certificate.install', { certificate: given }, watched)
    await Promise.all(looks)
    t.equal(looks.length, 1)
    t.equal((await present()).fingerprint256, certificateIn(given).fingerprint256)
    t.match(await ask('certificate.show', {}), { server: { own: false }, waiting: false })
  })

  await t.test('comes with its key in one file, which nobody else reads', async (t) => {
    const { request } = await ask('certificate.request', { names: ['server.schule.lan'] })
    const key = await files.read(requested.key)
    const bundle = `Here you are\n${key}${await signed(String(request))}${await files.read(foreign.certificate)}`
    await ask('certificate.request', { names: [] })
    await t.rejects(ask('certificate.install', { certificate: bundle }), { code: 'CERTIFICATE_REFUSED', hint: /--key/ })
    await ask('certificate.install', { certificate: bundle, key: bundle })
    const installed = (await files.read(server.certificate)) ?? ''
    t.notMatch(installed, /PRIVATE/)
    t.equal(installed.match(/BEGIN CERTIFICATE/g)?.length, 2, 'with the one above it')
    t.equal(await files.read(server.key), key)
    t.equal((await files.stat(server.key))?.mode, 0o600)
    t.equal(await waiting(), true, 'what was asked for besides still waits')
    await enactor.enact(school)
    t.equal(await files.read(server.certificate), installed)
    t.equal(await toldBrowsers('http'), '301 https://server.schule.lan/room?a=1 None')
    t.equal(await toldBrowsers('https'), '403 None max-age=2592000')
  })
})
