import t from 'tap'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { madeDirectory, ownFiles } from '../support/directory.ts'
import { exampleTextWithDirectory } from '../support/school.ts'
import { signIn } from '../support/sign-in.ts'
import { workstationOn } from '../support/workstation.ts'

t.setTimeout(600_000)

/** The wireless network on the whole image: the agent within its own limits, and the firewall before it. */

const box = await startBox(t, [await madeDirectory()])
await ownFiles(box.system)
const wireless = 'wlan: { accessPoints: [{ name: ap-r214, address: 10.20.14.50 }], roles: { teacher: school } }\n'
await box.apply(`${exampleTextWithDirectory()}\n${wireless}`)
const point = await box.client('ap-r214', 'lan0', { mac: '52:54:00:14:50:01' })
await point.run(['ip', 'address', 'add', '10.20.14.50/16', 'dev', 'eth0'])

const secretOf = async (): Promise<string> => {
  const text = (await box.system.files.read('/var/lib/iserv/wlan/ap-r214.secret')) ?? ''
  return /"(.*)"/.exec(text)?.[1] ?? ''
}

t.test('the agent starts it and says that it serves', async (t) => {
  const status = await until(
    async () => {
      const { stdout } = await box.control(['box', 'status', '--json'], { accept: [0, 5] })
      return stdout.includes('wlan-serves') && stdout
    },
    { what: 'the wireless network to serve', timeout: 120_000 },
  )
  t.match(status, /"name": ?"wlan"/)
  t.match((await box.control(['wlan', 'show'])).stdout, /ap-r214 +10\.20\.14\.50 +10\.20\.0\.1 port 1812/)
})

t.test('a secret is told on a terminal only', async (t) => {
  const { status, stdout, stderr } = await box.control(['wlan', 'secret', 'show', 'ap-r214'], { accept: [6] })
  t.equal(status, 6)
  t.equal(stdout, '')
  t.match(stderr, /on a terminal only/)
  const secret = await secretOf()
  t.match(secret, /^[a-z0-9-]{29}$/)
  const onTerminal = async (action: string) =>
    (await box.system.processes.run(['script', '-qec', `iserv-ctl wlan secret ${action} ap-r214`, '/dev/null'])).stdout
  t.ok((await onTerminal('show')).includes(secret))
  const told = await onTerminal('renew')
  const fresh = await secretOf()
  t.not(fresh, secret)
  t.ok(told.includes(fresh) && !told.includes(secret))
  const { stdout: words } = await box.system.processes.run(['journalctl', '--no-pager', '--output=cat'])
  t.notOk(words.includes(fresh) || words.includes(secret), 'not in the journal')
})

/** Packets that the firewall has refused to networks inside. */
const dropped = async (): Promise<number> => {
  const { stdout } = await box.control(['firewall', 'show', '--json'])
  const { counters } = JSON.parse(stdout) as { counters: { rule: string; chain: string; packets: number }[] }
  return counters.find(({ rule, chain }) => chain === 'input' && rule === 'not open to this network')?.packets ?? 0
}

t.test('the firewall lets access points ask, and nobody else', async (t) => {
  const stranger = await box.client('r214-pc07', 'lan0', { mac: '52:54:00:14:07:01' })
  await stranger.run(['ip', 'address', 'add', '10.20.14.7/16', 'dev', 'eth0'])
  const ask = { identity: 'n.niemand', password: 'falsch', patience: 3 }
  t.equal((await signIn(await workstationOn(point), box, { ...ask, patience: 20 })).outcome, 'refused')
  const asked = await dropped()
  t.equal((await signIn(await workstationOn(stranger), box, ask)).outcome, 'silent')
  t.ok((await dropped()) > asked, 'it has not come to FreeRADIUS')
  const trace = ['firewall', 'trace', '--to', '10.20.0.1:1812', '--protocol', 'udp', '--from']
  t.match((await box.control([...trace, '10.20.14.50'])).stdout, /accepted[^]*service wlan/)
  t.match((await box.control([...trace, 'r214-pc07'])).stdout, /rejected/)
})

t.test('it has no rights that it does not need', async (t) => {
  const unit = 'freeradius.service'
  const { stdout } = await box.system.processes.run(['systemd-analyze', 'security', '--no-pager', unit])
  t.ok(Number(/Overall exposure level[^:]*: ([\d.]+)/.exec(stdout)?.[1]) < 2, stdout)
  const pid = (await box.system.processes.run(['pidof', 'freeradius'])).stdout.trim()
  t.match(await box.system.files.read(`/proc/${pid}/status`), /^CapBnd:\t0+$/m)
  const key = [
    'setpriv',
    '--reuid=freerad',
    '--regid=freerad',
    '--init-groups',
    'cat',
    '/var/lib/iserv/certificates/server.key',
  ] as const
  t.equal((await box.system.processes.run(key, { accept: [1] })).stdout, '')
})
