import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'

/** The command line as a process: what only shows from outside. */

const starter = join(import.meta.dirname, '../../iserv-ctl')

/** More than a pipe holds (64 KiB): when it is written, the other side reads. */
const longText = '# a comment\n'.repeat(50_000)

t.test('Ctrl-C ends a command that waits, with its own status and a way to go on', async (t) => {
  const command = spawn(starter, ['state', 'check', '-'], { stdio: ['pipe', 'pipe', 'pipe'] })
  const told = text(command.stderr)
  await new Promise((resolve) => command.stdin.write(longText, resolve))
  command.kill('SIGINT')
  const [status] = await once(command, 'close')
  t.equal(status, 130)
  t.match(await told, /Stopping/)
  t.match(await told, /Interrupted\n\nRun the same command again/)
})

t.test('a terminal that is gone does not end a command in the middle', async (t) => {
  const command = spawn(starter, ['state', 'check', '-', '--json'], { stdio: ['pipe', 'pipe', 'pipe'] })
  command.stderr.destroy()
  const told = text(command.stdout)
  await new Promise((resolve) => command.stdin.write(longText, resolve))
  command.kill('SIGHUP')
  const [status] = await once(command, 'close')
  t.equal(status, 130)
  t.match(JSON.parse(await told), { error: { code: 'INTERRUPTED' } })
})

t.test('a reader that goes away is no failure', async (t) => {
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `set -o pipefail; ${starter} completion bash | head -1`],
    { encoding: 'utf8' },
  )
  t.equal(status, 0)
  t.match(stdout, /^# bash completion/)
  t.equal(stderr, '')
})

t.test('the starter finds its Node through a link, from anywhere, with a bare environment', async (t) => {
  const folder = t.testdir()
  symlinkSync(starter, join(folder, 'iserv-ctl'))
  const options = { cwd: '/', env: { PATH: '/usr/bin:/bin' }, encoding: 'utf8' } as const
  const { status, stdout } = spawnSync(join(folder, 'iserv-ctl'), ['--version'], options)
  t.equal(status, 0)
  t.match(stdout, /^iserv-ctl \d+\.\d+\.\d+\n$/)
})

t.test('without its Node the starter says what to do', async (t) => {
  const folder = t.testdir({})
  spawnSync('cp', [starter, join(folder, 'iserv-ctl')])
  const { status, stderr } = spawnSync(join(folder, 'iserv-ctl'), ['--help'], { encoding: 'utf8' })
  t.equal(status, 4)
  t.match(stderr, /has no Node of its own. Run npm ci there/)
})
