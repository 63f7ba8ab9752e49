import t from 'tap'
import { internet } from '../../cli/lab/provider.ts'
import { until } from '../../cli/lab/until.ts'
import { startMachine } from '../support/machine.ts'
import { exampleText } from '../support/school.ts'
import { newKeyPair, sshFrom } from '../support/ssh.ts'
import { discover } from '../support/tagged.ts'

/**
 * The disk image in a virtual machine, under Debian's own kernel: what a container cannot show, tagged networks and limits
 * of storage among it. One machine for all, which takes a minute to start.
 */

const vlanNetwork = `  - name: wlan
    ports: [trunk0]
    vlan: 30
    ipv4: 10.40.0.1/22
    pool: { from: 10.40.1.1, to: 10.40.3.250 }
`
const key = await newKeyPair(t)
const administration = `administration: { keys: ["${key.line}"] }\n`
const network = `${exampleText().replace('\nrooms:', `\n${vlanNetwork}\nrooms:`)}\n${administration}`
const school = (pupils: string): string => `${network}\nshares:\n  quota: { pupil: ${pupils} }\n`
const limit = 20 * 2 ** 20

const machine = await startMachine(t, school('20MB'))
const apply = (document: string) =>
  machine.run(['iserv-ctl', 'state', 'apply', '-'], { input: document, timeout: 600_000 })

/** People as an import leaves them in the register; the directory is not needed for files. */
const register = `
import { openLedger } from '/usr/lib/iserv/agent/engine/ledger.ts'
const { ledger } = openLedger('/var/lib/iserv/ledger.sqlite', Date.now())
const person = (login, number, role) => ({
  id: crypto.randomUUID(), login, number, role, given: 'Ada', surname: 'Test', birth: null, origin: null, mail: null,
  state: 'active', since: Date.now(), locked: false, sid: null,
})
ledger.people.put(person('p.pupil', 100000, 'pupil'))
ledger.people.put(person('t.teacher', 100001, 'teacher'))
ledger.groups.put({
  id: crypto.randomUUID(), name: 'klasse-5a', title: '5a', kind: 'class', origin: null, ended: null, number: 50100, sid: null,
})
ledger.close()
`

/** Writes zeros as somebody, without any right of root's; the status of `dd` and what it says. */
async function write(number: number, path: string, megabytes: number) {
  const owner = [`--reuid=${number}`, '--regid=50000', '--clear-groups', '--inh-caps=-all']
  const dd = ['dd', 'if=/dev/zero', `of=${path}`, 'bs=1M', `count=${megabytes}`, 'conv=fsync', 'status=none']
  return machine.run(['setpriv', ...owner, ...dd], { accept: [0, 1] })
}

interface Usage {
  readonly login: string
  readonly used: number
  readonly limit: number | null
}

async function usage(login: string): Promise<Usage | undefined> {
  const { stdout } = await machine.run(['iserv-ctl', 'share', 'quota', '--json'])
  const { people } = JSON.parse(stdout) as { readonly people: readonly Usage[] }
  return people.find((one) => one.login === login)
}

async function limitIs(login: string, wanted: number | null): Promise<void> {
  await until(async () => (await usage(login))?.limit === wanted, {
    what: `the limit of ${login}`,
    timeout: 240_000,
    every: 2_000,
  })
}

t.test('the disk image boots under UEFI, read-only but for its data', async (t) => {
  const failed = await machine.run([
    'sh',
    '-c',
    'systemctl --failed --plain --no-legend | while read -r unit _; do journalctl -b -o cat -n 40 -u "$unit"; done',
  ])
  t.equal(failed.stdout.trim(), '', 'every unit started')
  await t.resolves(machine.run(['test', '-d', '/sys/firmware/efi']))
  await t.rejects(machine.run(['touch', '/etc/changed']), /Read-only/)
  await t.resolves(machine.run(['touch', '/var/changed']))
})

t.test('whoever has a declared key gets in, although nobody was ever at its console', async (t) => {
  const [office, visitor] = [
    await machine.client('office', 'lan0', '52:54:00:00:00:09'),
    await machine.client('visitor', 'guest0', '52:54:00:00:00:0a'),
  ]
  await office.dhcp({ tries: 60 })
  await visitor.dhcp({ tries: 60 })
  const { stdout, stderr } = await sshFrom(office, key, '10.20.0.1', 'iserv-ctl', 'box', 'status', '--json')
  t.match(JSON.parse(stdout === '' ? '{}' : stdout), { generation: { number: 1 } }, stderr)
  const stranger = await newKeyPair(t)
  t.match((await sshFrom(office, stranger, '10.20.0.1', 'true')).stderr, /Permission denied \(publickey\)/)
  for (const address of ['10.20.0.1', '10.30.0.1']) {
    const refused = await sshFrom(visitor, key, address, 'true')
    t.match(refused, { status: 255, stderr: /No route to host|Connection refused|timed out/ }, `a guest at ${address}`)
  }
})

t.test('a school is applied and serves: lease, address translation, a tagged network', async (t) => {
  const client = await machine.client('r214-pc07', 'lan0', '52:54:00:14:07:01')
  const { address } = await client.dhcp({ tries: 60 })
  t.equal(address, '10.20.14.7')
  const page = await client.run(['curl', '-s', '--max-time', '30', `http://${internet.host}/`])
  t.match(page.stdout, `Hello ${internet.boxAddress}`)
  const offer = await discover(machine.wire('trunk0'), 30, '52:54:00:30:00:01', AbortSignal.timeout(120_000))
  t.match(offer, { vlan: 30, server: '10.40.0.1', address: /^10\.40\.[1-3]\./ })
})

t.test('a pupil stores what a pupil may, and not a byte more', async (t) => {
  await machine.run(['/usr/lib/iserv/bin/node', '--input-type=module', '-'], { input: register })
  await limitIs('p.pupil', limit)
  const home = '/var/srv/homes/p.pupil'
  t.equal((await write(100_000, `${home}/fits`, 15)).status, 0)
  const refused = await write(100_000, `${home}/too-much`, 10)
  t.equal(refused.status, 1)
  t.match(refused.stderr, /quota exceeded/i)
  const { used } = (await usage('p.pupil')) ?? { used: 0 }
  t.ok(used > limit - 2 ** 20 && used <= limit, `share quota tells ${used} of ${limit} bytes`)
  const { stdout } = await machine.run(['iserv-ctl', 'share', 'quota', 'p.pupil'])
  t.match(stdout, /p\.pupil +pupil +20\.0 MB +20\.0 MB +(99|100) %/)
  await machine.run(['rm', `${home}/too-much`])
})

t.test('what a pupil stores elsewhere counts, too', async (t) => {
  await machine.run(['install', '-d', '-m', '1777', '/var/srv/elsewhere'])
  t.equal((await write(100_000, '/var/srv/elsewhere/file', 10)).status, 1)
  await machine.run(['rm', '-r', '/var/srv/elsewhere'])
})

t.test('what is moved to another room of a class is copied there, with the rights of its new place', async (t) => {
  const room = '/var/srv/classes/5a'
  const pupil = (...argv: readonly string[]) =>
    machine.run(['setpriv', '--reuid=100000', '--regid=50000', '--groups=50100', '--inh-caps=-all', ...argv], {
      accept: [0, 1],
    })
  const opens = async (path: string) => (await machine.run(['getfacl', '-n', path])).stdout.includes('group:50100:rw')
  await pupil('mkdir', `${room}/Austausch/essays`)
  await pupil('cp', '/etc/os-release', `${room}/Austausch/essays/a.txt`)
  t.ok(await opens(`${room}/Austausch/essays/a.txt`))
  const renamed = await pupil('mv', '--no-copy', `${room}/Austausch/essays/a.txt`, `${room}/Abgabe/a.txt`)
  t.match(renamed.stderr, /cross-device/)
  t.match(await pupil('mv', '--no-copy', `${room}/Austausch/essays`, `${room}/Abgabe/essays`), { status: 1 })
  t.equal(
    (await pupil('cp', '--recursive', `${room}/Austausch/essays`, `${room}/Abgabe/essays`)).status,
    0,
    'as clients do',
  )
  t.notOk(await opens(`${room}/Abgabe/essays/a.txt`))
  t.equal((await pupil('mv', '--no-copy', `${room}/Abgabe/essays/a.txt`, `${room}/Abgabe/b.txt`)).status, 0)
  const bin = '/var/srv/homes/p.pupil/b.txt'
  t.equal((await pupil('mv', '--no-copy', `${room}/Abgabe/b.txt`, bin)).status, 0, 'what is deleted gets into the bin')
  await machine.run(['rm', '-r', bin, `${room}/Abgabe/essays`, `${room}/Austausch/essays`])
})

t.test('whose role has no limit has none', async (t) => {
  t.equal((await write(100_001, '/var/srv/homes/t.teacher/much', 40)).status, 0)
  t.equal((await usage('t.teacher'))?.limit, null)
})

t.test('a higher limit counts at once', async (t) => {
  await apply(school('40MB'))
  await limitIs('p.pupil', 2 * limit)
  t.equal((await write(100_000, '/var/srv/homes/p.pupil/more', 10)).status, 0)
})

t.test(
  'the power fails while a school is applied: a whole generation serves afterwards, with the limits of before',
  async (t) => {
    const before = school('40MB')
    const changed = before.replace('10.20.14.7', '10.20.14.77')
    t.not(changed, before)
    // The cut comes as soon as the new generation is on its way to the disk.
    const applying = 'cat >/var/changed.yaml; iserv-ctl state apply /var/changed.yaml >/dev/null 2>&1 &'
    const begun = 'until [ -e /var/lib/iserv/generations/3 ]; do sleep 0.1; done'
    await machine.run(['sh', '-c', `${applying} ${begun}`], { input: changed })
    t.equal(await machine.powerCut(), 'running')
    const history = await machine.run(['iserv-ctl', 'state', 'history', '--json'])
    const current = /"number": 3,[^}]*"current": true/.test(history.stdout) ? '10.20.14.77' : '10.20.14.7'
    const client = await machine.client('after', 'lan0', '52:54:00:14:07:01')
    const { address } = await client.dhcp({ tries: 60 })
    t.equal(address, current, 'what the ledger says is what is served')
    t.equal((await write(100_000, '/var/srv/homes/p.pupil/still-too-much', 30)).status, 1)
  },
)
