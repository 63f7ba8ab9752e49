import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

/** The set-up script on this machine, and on machines that lack something. */

const project = resolve(import.meta.dirname, '../..')

/** Runs a program; exit status and what it said on standard error. */
function run(
  argv: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = {},
): { status: number | null; said: string } {
  const [program, ...rest] = argv
  const options = { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 120_000 } as const
  const { status, stderr } = spawnSync(program, rest, options)
  return { status, said: stderr }
}

/** What a test of tap offers for files. */
interface TestFolder {
  testdir(content: Record<string, never>): string
}

/** A project of its own: the real script with other lists. */
function projectWith(
  t: TestFolder,
  { packages, modules }: { packages: string; modules: Record<string, string> },
): string {
  const folder = t.testdir({})
  cpSync(join(project, 'setup'), join(folder, 'setup'), { recursive: true })
  writeFileSync(join(folder, 'setup/packages.list'), packages)
  const lock = Object.entries(modules).map(([name, version]) => [`node_modules/${name}`, { version }])
  const root = { name: 'a-project', version: '1.0.0', dependencies: modules }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root))
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ name: root.name, lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(lock) } }),
  )
  return join(folder, 'setup/prepare')
}

/** A network namespace without a way out. */
const offline = ['unshare', '--net'] as const

t.test('a machine that is ready stays as it is, any number of times', async (t) => {
  const prepare = join(project, 'setup/prepare')
  for (const round of ['once', 'twice']) {
    const { status, said } = run(['sh', prepare])
    t.equal(status, 0, round)
    t.match(said, /packages +all there +ok/)
    t.match(said, /modules +all there +ok/)
  }
})

t.test('who is not root is told so', async (t) => {
  const folder = t.testdir({})
  mkdirSync(join(folder, 'setup'))
  copyFileSync(join(project, 'setup/prepare'), join(folder, 'setup/prepare'))
  const { status, said } = run(['setpriv', '--reuid=65534', '--clear-groups', 'sh', join(folder, 'setup/prepare')], {
    npm_lifecycle_event: 'test',
  })
  t.equal(status, 4)
  t.match(said, 'This needs root')
  t.match(said, 'sudo npm test')
})

t.test('too little space is told before anything is installed', async (t) => {
  const small = 'mount -t tmpfs -o size=1g small /var/cache/iserv-ctl && exec sh "$0"'
  const { status, said } = run(['unshare', '--mount', 'sh', '-c', small, join(project, 'setup/prepare')])
  t.equal(status, 4)
  t.match(said, /Only [01] GB are free for \/var\/cache\/iserv-ctl/)
})

t.test('where an image is there already, less space will do', async (t) => {
  const made = 'mkdir -p /var/cache/iserv-ctl/images/school/current'
  const small = `mount -t tmpfs -o size=2g small /var/cache/iserv-ctl && ${made} && exec sh "$0"`
  const { status, said } = run(['unshare', '--mount', 'sh', '-c', small, join(project, 'setup/prepare')])
  t.equal(status, 0, said)
})

t.test('a mirror out of reach is told', async (t) => {
  const prepare = projectWith(t, { packages: 'hello-traditional\n', modules: {} })
  const { status, said } = run([...offline, 'sh', prepare])
  t.equal(status, 4)
  t.match(said, 'The Debian mirror of this machine cannot be reached.')
})

t.test('a registry out of reach is told, and nothing is taken for installed', async (t) => {
  const prepare = projectWith(t, { packages: '# nothing\n', modules: { 'is-number': '7.0.0' } })
  const env = { npm_config_fetch_retries: '0', npm_config_cache: join(prepare, '../../cache') }
  for (const round of ['first', 'second']) {
    const { status, said } = run([...offline, 'sh', prepare], env)
    t.equal(status, 4, round)
    t.match(said, 'The npm registry of this machine cannot be reached.')
  }
})

/** Runs the script on a machine of its own: with folders and files of this one covered first. */
const covered = (cover: string, prepare: string) =>
  ['unshare', '--mount', 'sh', '-c', `${cover}\nexec sh "$0"`, prepare] as const

t.test('a system or processor we do not build on is told before anything else', async (t) => {
  const prepare = projectWith(t, { packages: '# nothing\n', modules: {} })
  const other = join(prepare, '../os-release')
  for (const [text, told] of [
    ['ID=debian\nVERSION_ID="11"\nPRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\n', 'Debian GNU/Linux 11 (bullseye)'],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\nPRETTY_NAME="Ubuntu 24.04"\n', 'Ubuntu 24.04'],
    ['', 'an unknown system'],
  ] as const) {
    writeFileSync(other, text)
    const { status, said } = run(covered(`mount --bind '${other}' /etc/os-release`, prepare))
    t.equal(status, 4, told)
    t.match(said, `This machine runs ${told}: only Debian 12 and 13 are supported.`)
  }
  const programs = join(prepare, '../programs')
  mkdirSync(programs)
  writeFileSync(join(programs, 'dpkg'), '#!/bin/sh\necho arm64\n', { mode: 0o755 })
  const { status, said } = run(['sh', prepare], { PATH: `${programs}:${process.env['PATH']}` })
  t.equal(status, 4)
  t.match(said, 'This machine is arm64: images are built and run on amd64 only.')
})

/**
 * Arguments: a program that stands in for `sleep`, the script. Locks apt's lists, those of a new machine, as apt itself
 * does and runs the script; the stand-in may ask for the lock's end.
 */
const holder = String.raw`use Fcntl;
mkdir '/var/lib/apt/lists/partial';
open my $lock, '>', '/var/lib/apt/lists/lock' or die;
my $whole = pack 'ssx4qqix4', F_WRLCK, 0, 0, 0, 0;
fcntl $lock, F_SETLK, $whole or die;
$SIG{USR1} = sub { close $lock };
$ENV{HOLDER} = $$;
$ENV{PATH} = "$ARGV[0]:$ENV{PATH}";
my $script = fork // die;
exec 'sh', $ARGV[1] or die if $script == 0;
1 until waitpid($script, 0) == $script;
exit $? >> 8`

/** The script while another apt is at work; `sleep` is what happens each time it waits. */
function besideApt(t: TestFolder, sleep: string) {
  const prepare = projectWith(t, { packages: 'hello-traditional\n', modules: {} })
  const programs = join(prepare, '../programs')
  mkdirSync(programs)
  writeFileSync(join(programs, 'sleep'), `#!/bin/sh\n${sleep}\n`, { mode: 0o755 })
  const cover = 'mount -t tmpfs lists /var/lib/apt/lists && exec perl -e "$0" "$@"'
  return run([...offline, '--mount', 'sh', '-c', cover, holder, programs, prepare])
}

// The machine is new and offline: what the mirror has was never heard.
t.test('an apt that is at work is waited for', async (t) => {
  const { said } = besideApt(t, 'kill -USR1 "$HOLDER"')
  t.match(said, 'waiting for another apt to end')
  t.notMatch(said, 'keeps apt locked')
  t.match(said, 'The Debian mirror of this machine cannot be reached.')
})

t.test('but not for ever', async (t) => {
  const { status, said } = besideApt(t, 'true')
  t.equal(status, 4)
  t.equal(said.match(/waiting for another apt to end/g)?.length, 1)
  t.match(said, /Another program keeps apt locked[^]*systemctl status apt-daily/)
})

t.test('packages for which there is no room are no fault of the mirror', async (t) => {
  const prepare = projectWith(t, { packages: 'a-large-package\n', modules: {} })
  const archive = join(prepare, '../archive')
  mkdirSync(archive)
  const fields = [
    'Package: a-large-package',
    'Version: 1',
    'Architecture: all',
    'Maintainer: nobody',
    'Filename: ./a.deb',
  ]
  const size = [`Size: ${1e15}`, `SHA256: ${'a'.repeat(64)}`, 'Description: larger than any disk']
  writeFileSync(join(archive, 'Packages'), [...fields, ...size, ''].join('\n'))
  const sources = join(prepare, '../sources')
  mkdirSync(sources)
  writeFileSync(join(sources, 'large.list'), `deb [trusted=yes] copy:${archive} ./\n`)
  const cover = `mount --bind '${sources}' /etc/apt/sources.list.d
[ ! -e /etc/apt/sources.list ] || mount --bind /dev/null /etc/apt/sources.list
mount -t tmpfs lists /var/lib/apt/lists
mount -t tmpfs cache /var/cache/apt`
  const { status, said } = run(covered(cover, prepare))
  t.equal(status, 4)
  t.match(said, 'The disk is full.')
})
