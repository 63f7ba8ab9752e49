import t from 'tap'
import { archivesAt, archivesOf, sourcesList, withSecurity } from '../../../../cli/build/sources.ts'

const oneLine = (text: string) => archivesOf([{ path: '/etc/apt/sources.list', text }])
const deb822 = (text: string) => archivesOf([{ path: '/etc/apt/sources.list.d/debian.sources', text }])

t.test('one-line sources of a Debian 12 machine lead to Debian 13', async (t) => {
  const found = oneLine(`# comment
deb http://mirror.example/debian/ bookworm main contrib
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/debian bookworm-updates main # comment
deb http://security.example/debian-security bookworm-security main
`)
  t.same(found, [
    { uri: 'http://mirror.example/debian', suite: 'trixie' },
    { uri: 'http://mirror.example/debian', suite: 'trixie-updates' },
    { uri: 'http://security.example/debian-security', suite: 'trixie-security' },
  ])
})

t.test('deb822 sources: comments inside, several addresses and suites, folded lines', async (t) => {
  const found = deb822(`Types: deb deb-src
# of the house
URIs: http://a.example/debian
 http://b.example/debian
Suites: trixie trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.pgp

Types: deb
URIs: http://a.example/debian-security
Suites: trixie-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: trixie
Components: main
`)
  t.same(
    found.map(({ uri, suite }) => `${uri} ${suite}`),
    [
      'http://a.example/debian trixie',
      'http://a.example/debian trixie-updates',
      'http://b.example/debian trixie',
      'http://b.example/debian trixie-updates',
      'http://a.example/debian-security trixie-security',
    ],
  )
})

t.test("archives of others are not Debian's", async (t) => {
  t.same(
    oneLine(`deb [signed-by=/etc/apt/keyrings/vendor.gpg] http://vendor.example/debian bookworm main
deb http://vendor.example/debian bookworm stable
deb http://vendor.example/debian nodistro main
deb http://vendor.example/debian bookworm-vendor main
deb http://mirror.example/debian bookworm-backports main
`),
    [],
  )
  t.same(deb822('Types: deb-src\nURIs: http://mirror.example/debian\nSuites: trixie\nComponents: main\n'), [])
  t.same(oneLine(''), [])
})

t.test('names the same archive once', async (t) => {
  const line = 'deb http://mirror.example/debian stable main\n'
  t.equal(oneLine(line + line.replace('stable', 'bookworm')).length, 1)
})

t.test('a list of mirrors and folders of this machine are named as apt names them', async (t) => {
  const uris = (text: string) => oneLine(text).map(({ uri }) => uri)
  t.same(uris('deb mirror+file:///etc/apt/mirrors/debian.list bookworm main\n'), [
    'mirror+file:/etc/apt/mirrors/debian.list',
  ])
  t.same(uris('deb file:///srv/debian/ bookworm main\ndeb copy:/srv/other bookworm main\n'), [
    'file:/srv/debian',
    'copy:/srv/other',
  ])
  t.same(uris('deb http://mirror.example//debian bookworm main\n'), ['http://mirror.example//debian'])
})

t.test('mirrors given by hand', async (t) => {
  t.same(archivesAt(['https://mirror.example/debian/', 'https://mirror.example/debian-security']), [
    { uri: 'https://mirror.example/debian', suite: 'trixie' },
    { uri: 'https://mirror.example/debian', suite: 'trixie-updates' },
    { uri: 'https://mirror.example/debian-security', suite: 'trixie-security' },
  ])
})

t.test("apt believes Debian's keys only", async (t) => {
  const text = sourcesList([{ uri: 'http://mirror.example/debian', suite: 'trixie' }], '/keys/debian.gpg')
  t.equal(text, 'deb [signed-by=/keys/debian.gpg] http://mirror.example/debian trixie main non-free-firmware\n')
})

t.test('archives without security updates are noticed', async (t) => {
  const main = 'deb http://mirror.example/debian bookworm main\n'
  t.notOk(withSecurity(oneLine(main)))
  t.ok(withSecurity(oneLine(`${main}deb http://mirror.example/other bookworm-security main\n`)))
  t.notOk(withSecurity(archivesAt(['http://mirror.example/debian'])))
  t.ok(withSecurity(archivesAt(['http://mirror.example/debian', 'http://mirror.example/debian-security'])))
})
