import { join } from 'node:path'
import t from 'tap'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'

/** The page of the box, opened by devices of the example school. */

t.setTimeout(240_000)

const box = await startBox(t)
await box.apply(exampleText())
const known = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
const unknown = await box.client('laptop', 'lan0', { mac: '52:54:00:99:00:01' })
const guest = await box.client('phone', 'guest0', { mac: '52:54:00:99:00:02' })
for (const client of [known, unknown, guest]) await client.dhcp()
await known.ipv6('fd20:1:')

async function open(client: typeof known, ...words: readonly string[]): Promise<string> {
  const { stdout } = await client.run(['curl', '-s', '--max-time', '5', ...words, 'http://server.schule.lan/'], {
    accept: [0, 7, 28],
  })
  return stdout
}

t.test('a device learns who it is and that it may use the internet', async (t) => {
  const html = await until(
    async () => {
      const shown = await open(known, '-4')
      return shown.includes('r214-pc07') && shown
    },
    { what: 'the page' },
  )
  t.match(html, /<html lang="de">/)
  t.match(html, /<h1>Gymnasium am Beispielweg<\/h1>/)
  t.match(html, /<dd>Computerraum 214<\/dd>/)
  t.match(html, /freigegeben/)
  t.match(html, /Firewall<\/span><span>läuft/)
  t.match(await open(known, '-6'), /r214-pc07/, 'over IPv6 it is known by its network card')
})

t.test('a device that nobody has declared is told so', async (t) => {
  t.match(await open(unknown), /nicht eingetragen/)
})

t.test('a locked room learns until when', async (t) => {
  await box.control(['room', 'lock', 'r214', '--for', '45m'])
  t.match(await open(known), /Das Internet ist in diesem Raum gesperrt\s+bis\s+[^<]*\d\d:\d\d Uhr/)
  t.match(await open(unknown), /freigegeben/, 'and only that room')
  await box.control(['room', 'unlock', 'r214'])
  t.match(await open(known), /freigegeben/)
})

t.test('with the certificate of the box, also when it is a new one', async (t) => {
  const authority = join(box.root, 'var/lib/iserv/certificates/ca.pem')
  const securely = async (...words: readonly string[]) => {
    const argv = ['curl', '-s', '-v', '--max-time', '5', ...words, 'https://server.schule.lan/'] as const
    const { stdout, stderr } = await known.run(argv, { accept: [0, 7, 35, 60] })
    return { page: stdout, certificate: /expire date: (.*)/.exec(stderr)?.[1] }
  }
  t.equal((await securely()).page, '', 'a device that does not know the authority is not fooled')
  const before = await securely('--cacert', authority)
  t.match(before.page, /r214-pc07/)
  await box.system.files.remove('/var/lib/iserv/certificates/server.pem')
  await until(
    async () => {
      const { page, certificate } = await securely('--cacert', authority)
      return page.includes('r214-pc07') && certificate !== before.certificate
    },
    { what: 'the new certificate', timeout: 90_000 },
  )
})

t.test('nobody else sees the page', async (t) => {
  t.equal(await open(guest, '--resolve', 'server.schule.lan:80:10.20.0.1'), '')
  t.equal(await open(guest, '--resolve', 'server.schule.lan:80:10.30.0.1'), '')
  const { stdout } = await box.provider.run(['curl', '-s', '--max-time', '3', 'http://198.51.100.10/'], {
    accept: [7, 28],
  })
  t.equal(stdout, '')
})

t.test('a killed page or web server is back soon', async (t) => {
  for (const unit of ['iserv-page.service', 'nginx.service']) {
    await box.system.processes.run(['systemctl', 'kill', '--signal=KILL', unit])
    t.ok(await until(async () => (await open(known)).includes('r214-pc07'), { what: `the page after ${unit}` }))
  }
})

t.test('what is broken is shown in words', async (t) => {
  const other = await known.run([
    'curl',
    '-s',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}',
    'http://server.schule.lan/else',
  ])
  t.equal(other.stdout, '404')
  await box.system.units.stop('iserv-agent.socket')
  await box.system.units.stop('iserv-agent-platform.socket')
  await box.system.units.stop('iserv-agent.service')
  t.match(await open(known), /gerade nicht bereit/)
})
