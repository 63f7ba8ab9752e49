import t from 'tap'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'

/** Somebody breaks the box by hand; the agent puts it right by itself and says so. */

t.setTimeout(900_000)

const box = await startBox(t)
await box.apply(exampleText())
const { files, processes, units } = box.system
const current = '/var/lib/iserv/current'

/** Waits until the agent's journal tells of it; whatever was said before does not count. */
async function journalTells(since: string, pattern: RegExp): Promise<void> {
  await until(
    async () => {
      const { stdout } = await processes.run([
        'journalctl',
        '--unit=iserv-agent',
        `--after-cursor=${since}`,
        '--output=cat',
      ])
      return pattern.test(stdout)
    },
    { what: `the journal to tell of ${pattern.source}`, timeout: 120_000, every: 250 },
  )
}

async function now(): Promise<string> {
  const { stdout } = await processes.run(['journalctl', '--lines=1', '--output=json'])
  return (JSON.parse(stdout) as { __CURSOR: string }).__CURSOR
}

t.test('a rule is deleted', async (t) => {
  const rules = async () => (await processes.run(['nft', '--handle', 'list', 'table', 'inet', 'iserv'])).stdout
  const before = await rules()
  const handle = /chain forward \{[^}]*?jump [^\n]*# handle (\d+)/.exec(before)?.[1] ?? ''
  const since = await now()
  await processes.run(['nft', 'delete', 'rule', 'inet', 'iserv', 'forward', 'handle', handle])
  await journalTells(since, /^firewall: \+ .*resource="firewall"/m)
  const bare = (text: string) => text.replaceAll(/ # handle \d+| timeout \S+| expires \S+|packets \d+ bytes \d+/g, '')
  t.equal(bare(await rules()), bare(before))
})

t.test('all rules are deleted', async (t) => {
  const since = await now()
  await processes.run(['nft', 'flush', 'ruleset'])
  await journalTells(since, /^firewall: \+ /m)
  t.match((await processes.run(['nft', 'list', 'tables'])).stdout, /table inet iserv/)
})

t.test('a service is stopped, another is killed', async (t) => {
  const since = await now()
  await units.stop('kea-dhcp4-server.service')
  await processes.run(['systemctl', 'kill', '--signal=KILL', 'unbound.service'])
  await journalTells(since, /^dhcp: \+ /m)
  await until(async () => (await units.status('unbound.service')).active === 'active', { what: 'unbound to run' })
  const client = await box.client('r214-pc08', 'lan0', { mac: '52:54:00:14:08:01' })
  t.equal((await client.dhcp()).address, '10.20.14.8')
})

t.test('a configuration file is edited, another one is deleted', async (t) => {
  const path = `${current}/dhcp/kea-dhcp4.conf`
  const right = await files.read(path)
  const since = await now()
  await files.write(path, '{}')
  await files.remove(`${current}/firewall`)
  await journalTells(since, /^dhcp: ~ file kea-dhcp4\.conf .*step="file"/m)
  await journalTells(since, /^firewall: \+ file /m)
  t.equal(await files.read(path), right)
})

t.test('the link is turned to somewhere else', async (t) => {
  const since = await now()
  await files.link(current, '/tmp')
  await journalTells(since, /current missing → \d+.*step="link"/)
  t.equal(await files.readLink(current), 'generations/1')
})

t.test('after all of it a look finds nothing to do, and everything works', async (t) => {
  await until(async () => (await box.control(['box', 'status'], { accept: [0, 5] })).status === 0, {
    what: 'the box to work',
    timeout: 120_000,
    every: 500,
  })
  const { stdout } = await box.control(['box', 'logs', '--resource', 'dhcp', '--json'])
  const { entries } = JSON.parse(stdout) as { entries: readonly { message: string; fields: { resource: string } }[] }
  t.ok(entries.some(({ message }) => message === 'dhcp: ~ file kea-dhcp4.conf'))
  t.ok(entries.every(({ fields }) => fields.resource === 'dhcp'))
})

t.test('the agent has no more rights than it needs, and listens on no network', async (t) => {
  const { stdout } = await processes.run(['systemd-analyze', 'security', 'iserv-agent.service', '--json=short'], {
    accept: [0, 1],
  })
  const words = (await processes.run(['systemd-analyze', 'security', 'iserv-agent.service'])).stdout
  const level = Number(/Overall exposure level for iserv-agent\.service: (\d+\.\d+)/.exec(words)?.[1])
  t.ok(level < 3, `exposure ${level}`)
  t.ok(stdout.length > 0)
  const stranger = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups'] as const
  const asked = await processes.run([...stranger, 'iserv-ctl', 'box', 'status'], { accept: [4] })
  t.match(asked.stderr, /Only root may ask the agent/)
  const curl = (socket: string) =>
    `require('http').get({ socketPath: '/run/iserv/${socket}' }).on('error', (e) => console.log(e.code))`
  for (const socket of ['agent.sock', 'platform.sock']) {
    const knocked = await processes.run([...stranger, '/usr/lib/iserv/bin/node', '--eval', curl(socket)])
    t.equal(knocked.stdout.trim(), 'EACCES', `${socket} is closed to others`)
  }
  const { stdout: sockets } = await processes.run(['ss', '--listening', '--no-header', '--tcp', '--udp', '--processes'])
  t.match(sockets, /unbound/)
  t.notMatch(sockets, /node/)
})
