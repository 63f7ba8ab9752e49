import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { startBox } from '../support/box.ts'
import { exampleText } from '../support/school.ts'

/** A boot partition with a state on it, as a folder: that of a disk is tried in a virtual machine. */

const folder = await mkdtemp(join(tmpdir(), 'iserv-first-'))
t.teardown(() => rm(folder, { recursive: true, force: true }))
// Laid over the root, whose services are not all root's.
await chmod(folder, 0o755)
const wrong = exampleText().replace('ports: [lan0]', 'ports: []').replace('10.30.0.1/22', '10.300.0.1/22')
const place = '/var/first/state.yaml'
await mkdir(join(folder, 'efi'))
await symlink('/var/first', join(folder, 'efi/iserv'))
await mkdir(join(folder, 'var/first'), { recursive: true })
await writeFile(join(folder, place), wrong)

const box = await startBox(t, [folder])
const { files, processes } = box.system
const unit = 'iserv-first-state.service'
const generations = async () => {
  const { stdout } = await box.control(['state', 'history', '--json'])
  return (JSON.parse(stdout) as { readonly generations: readonly { reason: string }[] }).generations
}
const onScreen = async () => (await files.read('/run/issue.d/iserv-first-state.issue')) ?? ''

t.test('a state with mistakes is not applied, and the screen tells all of them and the ports there are', async (t) => {
  t.same(await generations(), [])
  const screen = await onScreen()
  t.match(screen, /networks\[0\]\.ports/)
  t.match(screen, /10\.300/)
  t.match(screen, /^uplink0\b/m)
  const { stdout } = await processes.run(['journalctl', '--no-pager', '--output=cat', '--unit', unit])
  t.match(stdout, /10\.300/)
})

t.test('the next start applies it when it is mended', async (t) => {
  await files.write(place, exampleText())
  await box.system.units.start(unit)
  t.match(await generations(), [{ reason: 'from the boot partition' }])
  t.match(await onScreen(), /is applied/)
  t.notMatch(await onScreen(), /10\.300/)
})

t.test('and never again, whatever lies there', async (t) => {
  await files.write(place, exampleText().replace('r214-pc07', 'r214-pc99'))
  await box.system.units.start(unit)
  t.equal((await generations()).length, 1)
})
