import t from 'tap'
import { acquireSettings, contained, mmdebstrap, toolOf } from '../../../../cli/build/argv.ts'

t.test('of the machine, only the way to an archive is taken over', async (t) => {
  const dump = `Acquire::http::Proxy "http://proxy.example:3128";
Acquire::https::Proxy::mirror.example "DIRECT";
Acquire::Check-Valid-Until "false";
Acquire::AllowInsecureRepositories "1";
Acquire::https::Verify-Peer "false";
Acquire::Languages:: "de";
`
  const taken = acquireSettings(dump)
  t.match(taken, /Proxy "http:\/\/proxy\.example:3128"/)
  t.match(taken, /mirror\.example "DIRECT"/)
  t.match(taken, /Check-Valid-Until "false"/)
  t.notMatch(taken, /AllowInsecure|Languages|Verify-Peer/)
})

t.test('a tree is made in namespaces that end with their first program', async (t) => {
  const words = mmdebstrap({
    release: 'trixie',
    tree: '/t',
    sourcesFile: '/s',
    packages: ['a', 'b'],
    hooks: { essential: '/e', last: '/h' },
  })
  t.same(words.slice(0, contained.length), contained)
  t.ok(words.includes('--include=a,b'))
  t.ok(words.includes('--essential-hook=/e'))
  t.ok(words.includes('--customize-hook=/h'))
  t.same(words.slice(-3), ['trixie', '/t', '/s'])
  t.notOk(words.some((word) => /allow-(unauthenticated|insecure)/i.test(word)))
})

t.test('tools bring their own libraries', async (t) => {
  const [loader, flag, libraries, program, ...rest] = toolOf('/box', 'sbin/sgdisk', '-p', '/disk')
  t.equal(loader, '/box/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2')
  t.same([flag, program, rest], ['--library-path', '/box/usr/sbin/sgdisk', ['-p', '/disk']])
  t.ok(libraries?.startsWith('/box/usr/lib/x86_64-linux-gnu'))
})
