import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { until } from '../../cli/lab/until.ts'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'
import { newKeyPair, sshFrom } from '../support/ssh.ts'

/** A boot partition with a state on it, as a folder: that of a disk is tried in a virtual machine. */

const folder = await mkdtemp(join(tmpdir(), 'iserv-first-'))
t.teardown(() => rm(folder, { recursive: true, force: true }))
// Laid over the root, whose services are not all root's.
await chmod(folder, 0o755)
const [key, other] = [await newKeyPair(t), await newKeyPair(t)]
const right = `${exampleText()}\nadministration: { keys: ["${key.line}"] }\n`
const wrong = right.replace('ports: [lan0]', 'ports: []').replace('10.30.0.1/22', '10.300.0.1/22')
const foreign = right
  .replace('ports: [lan0]', 'ports: [enp1s0]')
  .replace('ports: [guest0]', 'ports: [enp2s0]')
  .replace(key.line, other.line)
const place = '/var/first/state.yaml'
await mkdir(join(folder, 'efi'))
await symlink('/var/first', join(folder, 'efi/iserv'))
await mkdir(join(folder, 'var/first'), { recursive: true })
await writeFile(join(folder, place), wrong)

const box = await startBox(t, [folder])
const { files, processes, units } = box.system
const unit = 'iserv-first-state.service'
const generations = async () => {
  const { stdout } = await box.control(['state', 'history', '--json'])
  const { generations: all } = JSON.parse(stdout) as {
    readonly generations: readonly { readonly reason: string; readonly outcome: string }[]
  }
  return all.filter(({ outcome }) => outcome === 'applied')
}
/** What the monitor shows, once it shows this. */
const onScreen = (pattern: RegExp) =>
  until(
    async () => {
      const text = (await files.read('/run/issue.d/iserv.issue')) ?? ''
      return pattern.test(text) && text
    },
    { what: `${pattern} on the monitor`, timeout: 60_000 },
  )

t.test('a state with mistakes is not applied, and the screen tells all of them and the ports there are', async (t) => {
  t.same(await generations(), [])
  const screen = await onScreen(/10\.300/)
  t.match(screen, /networks\[0\]\.ports/)
  t.match(screen, /^ {2}uplink0 +([0-9a-f]{2}:){5}[0-9a-f]{2} /m)
  const { stdout } = await processes.run(['journalctl', '--no-pager', '--output=cat', '--unit', unit])
  t.match(stdout, /10\.300/)
})

const laptop = await box.client('laptop', 'lan0', { mac: '52:54:00:99:00:01' })

/** Of a port of the box that nobody gives one, when it has given itself one. */
const linkLocal = (port: string) =>
  until(
    async () => {
      const { stdout } = await processes.run([
        'ip',
        '-6',
        'address',
        'show',
        'dev',
        port,
        'scope',
        'link',
        '-tentative',
      ])
      return /fe80:[0-9a-f:]+/.exec(stdout)?.[0]
    },
    { what: `an address of ${port}`, timeout: 60_000 },
  )

t.test('whose keys the refused state names gets in at any port, and nobody is served there', async (t) => {
  await onScreen(/ssh root@ADDRESS/)
  const address = await linkLocal('lan0')
  t.match(await onScreen(/fe80:/), new RegExp(` lan0 .*${address}`))
  const list = await sshFrom(laptop, key, `${address}%eth0`, 'iserv-ctl', 'port', 'list', '--json')
  t.match(JSON.parse(list.stdout === '' ? '{}' : list.stdout), {
    ports: [{ name: 'uplink0', use: [] }, { name: 'lan0', link: 'up', mac: /^02:15:e2/ }, { name: 'guest0' }],
  })
  const stranger = await newKeyPair(t)
  t.match((await sshFrom(laptop, stranger, `${address}%eth0`, 'true')).stderr, /Permission denied \(publickey\)/)
  const web = await laptop.run(['curl', '-s', '--max-time', '3', `http://[${address}%25eth0]/`], { accept: [7, 28] })
  t.not(web.status, 0, 'everything else stays closed')
})

t.test('neither is a state that names ports which the server does not have', async (t) => {
  await files.write(place, foreign)
  await t.rejects(units.start(unit))
  t.same(await generations(), [])
  const screen = await onScreen(/enp1s0/)
  t.match(screen, /networks\[0\]\.ports\[0\] +enp1s0 is no name of a port/)
  t.match(screen, /enp2s0/)
  t.match(screen, /Its ports: .*uplink0 \(/s)
  const plan = await box.control(['state', 'plan', place], { accept: [3] })
  const line = foreign.split('\n').findIndex((text) => text.includes('enp1s0')) + 1
  t.match(plan.stderr, new RegExp(String.raw`^ *${line} +networks\[0\]\.ports\[0\] +enp1s0`, 'm'), 'with its line')
  const address = `${await linkLocal('lan0')}%eth0`
  t.match(await sshFrom(laptop, other, address, 'true'), { status: 0 }, 'the keys are those of this state')
  t.match(await sshFrom(laptop, key, address, 'true'), { status: 255, stderr: /Permission denied/ })
  t.match(plan.stderr, /Its ports: .*lan0 \(([0-9a-f]{2}:){5}/s)
})

t.test('the next start applies it when it is mended', async (t) => {
  await files.write(place, right)
  await units.start(unit)
  t.match(await generations(), [{ reason: 'from the boot partition' }])
  const screen = await onScreen(/is applied/)
  t.match(screen, /^School server server\.schule\.lan$/m)
  t.match(screen, /^ {2}school +10\.20\.0\.1\/16/m)
  t.match(screen, /ssh root@server\.schule\.lan /)
  t.match(screen, /SHA256:/)
  t.notMatch(screen, /10\.300|enp1s0/)
})

t.test('then the way in of the refused one is closed', async (t) => {
  await until(async () => (await units.status('iserv-setup.service')).active === 'inactive', {
    what: 'it to be closed',
  })
  t.equal(await files.stat('/run/iserv-setup/authorized_keys'), undefined)
  const { stdout } = await processes.run(['nft', 'list', 'table', 'inet', 'iserv'])
  t.notMatch(stdout, /setup/)
  const left = async () => (await processes.run(['ip', '-6', 'address', 'show', 'dev', 'lan0'])).stdout
  await until(async () => (await left()) === '', { what: 'the address of the port to be gone', timeout: 60_000 })
  t.match(await box.control(['box', 'status', '--json'], { accept: [0, 5] }), { stdout: /"use": \[\s*"internet"/ })
})

t.test('and never again, whatever lies there', async (t) => {
  await files.write(place, exampleText().replace('r214-pc07', 'r214-pc99'))
  await units.start(unit)
  t.equal((await generations()).length, 1)
})
