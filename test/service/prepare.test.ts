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
