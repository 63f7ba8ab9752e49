import t from 'tap'
import { BoxError } from '../../../../agent/errors.ts'
import { epochOf, fileOf, packagesOf, parseLock, type Lock } from '../../../../cli/build/lock.ts'

const archives = [
  { uri: 'http://mirror.example/debian', suite: 'trixie' },
  { uri: 'http://mirror.example/debian-security', suite: 'trixie-security' },
]
const sha = (letter: string): string => letter.repeat(64)

t.test('reads what apt prints', async (t) => {
  const printed = `'http://mirror.example/debian-security/pool/updates/main/u/unbound/unbound_1.22.0-2%2bdeb13u1_amd64.deb' unbound_1.22.0-2+deb13u1_amd64.deb 1016000 SHA256:${sha('b')}
'http://mirror.example/debian/pool/main/libc/libcap2/libcap2_2.75-10_amd64.deb' libcap2_1%3a2.75-10_amd64.deb 28988 SHA256:${sha('a')}
`
  const found = packagesOf(printed, archives)
  t.same(found, [
    {
      name: 'libcap2',
      version: '1:2.75-10',
      architecture: 'amd64',
      sha256: sha('a'),
      size: 28988,
      path: 'pool/main/libc/libcap2/libcap2_2.75-10_amd64.deb',
    },
    {
      name: 'unbound',
      version: '1.22.0-2+deb13u1',
      architecture: 'amd64',
      sha256: sha('b'),
      size: 1016000,
      path: 'pool/updates/main/u/unbound/unbound_1.22.0-2+deb13u1_amd64.deb',
    },
  ])
  t.same(found.map(fileOf), ['libcap2_1%3a2.75-10_amd64.deb', 'unbound_1.22.0-2+deb13u1_amd64.deb'])
})

t.test('an address outside the sources is a bug of ours, not a package', async (t) => {
  const printed = `'http://other.example/a_1_all.deb' a_1_all.deb 1 SHA256:${sha('a')}\n`
  t.throws(() => packagesOf(printed, archives), /none of its sources/)
})

t.test('the newest index gives the date', async (t) => {
  const day = (date: string): string => `Origin: Debian\nDate: ${date}\nValid-Until: later\n`
  t.equal(
    epochOf([day('Sat, 06 Sep 2025 08:00:00 UTC'), day('Sun, 07 Sep 2025 08:00:01 UTC')]),
    Date.UTC(2025, 8, 7, 8, 0, 1) / 1000,
  )
})

t.test('a lock list', async (t) => {
  const lock: Lock = { format: 1, role: 'school', release: 'trixie', epoch: 1_757_000_000, packages: [], tools: [] }
  t.same(parseLock('a.json', JSON.stringify(lock)), lock)
  const refusal = (text: string): BoxError => {
    try {
      parseLock('a.json', text)
    } catch (error) {
      if (error instanceof BoxError) return error
      throw error
    }
    throw new Error('was accepted')
  }
  t.match(refusal('{'), { code: 'FILE_UNREADABLE', message: /a\.json is no lock list: not JSON/ })
  const wrong = refusal(JSON.stringify({ ...lock, epoch: -1, packages: [{ name: 'x', sha256: 'y' }], extra: 1 }))
  t.same(
    new Set(wrong.problems.map(({ path }) => path)),
    new Set([
      'epoch',
      'packages.0.version',
      'packages.0.architecture',
      'packages.0.sha256',
      'packages.0.size',
      'packages.0.path',
      '',
    ]),
  )
})
