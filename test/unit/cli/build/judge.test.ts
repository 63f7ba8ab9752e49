import t from 'tap'
import { troubleIn } from '../../../../cli/build/judge.ts'

/** What the programs really print, with invented addresses. */
const printed = [
  [
    'PACKAGE_MISSING',
    /no package "kea-dhcp5-server"/,
    'Reading package lists...\nE: Unable to locate package kea-dhcp5-server\n',
  ],
  ['PACKAGE_MISSING', /no package "exim"/, "E: Package 'exim' has no installation candidate"],
  ['PACKAGE_MISSING', /libfoo1/, ' unbound : Depends: libfoo1 (>= 2) but it is not installable'],
  [
    'PACKAGE_MISSING',
    /no longer has/,
    'E: Failed to fetch http://mirror.example/a.deb  404  Not Found [IP: 192.0.2.1 80]',
  ],
  [
    'SIGNATURE_WRONG',
    /NO_PUBKEY 6ED0E7B82643E131/,
    'W: GPG error: http://mirror.example trixie InRelease: The following signatures were invalid: NO_PUBKEY 6ED0E7B82643E131\nE: Failed to fetch http://mirror.example/dists/trixie/InRelease',
  ],
  [
    'SIGNATURE_WRONG',
    /not signed by Debian/,
    'W: OpenPGP signature verification failed: http://mirror.example trixie InRelease: Sub-process /usr/bin/sqv returned an error code (1), error message is: Missing key 4CB50190207B4758A3F73A796ED0E7B82643E131, which is needed to verify signature.',
  ],
  ['SIGNATURE_WRONG', /not what the archive/, 'E: Failed to fetch http://mirror.example/a.deb  Hash Sum mismatch'],
  [
    'MIRROR_UNREACHABLE',
    /Could not resolve 'mirror.invalid'/,
    "Err:1 http://mirror.invalid/debian trixie InRelease\n  Could not resolve 'mirror.invalid'\nE: Failed to fetch http://mirror.invalid/debian/dists/trixie/InRelease  Could not resolve 'mirror.invalid'",
  ],
  [
    'MIRROR_UNREACHABLE',
    /Connection refused|Could not connect/,
    'E: Could not connect to 127.0.0.1:9 (127.0.0.1). - connect (111: Connection refused)',
  ],
  [
    'DISK_FULL',
    /No space/i,
    "dpkg: error processing archive (--unpack): cannot copy extracted data for './usr/bin/x': failed to write (No space left on device)",
  ],
] as const

for (const [code, words, output] of printed) {
  t.test(`${code}: ${output.slice(0, 50)}`, async (t) => {
    const trouble = troubleIn(output)
    t.equal(trouble?.code, code)
    t.match(trouble?.message, words)
    t.ok(trouble?.hint, 'says what to do')
  })
}

t.test('a full disk is the cause of whatever else went wrong with it', async (t) => {
  t.equal(troubleIn('E: Failed to fetch x\nwrite: No space left on device')?.code, 'DISK_FULL')
})

t.test('what it does not know it leaves alone', async (t) => {
  t.equal(troubleIn('I: success in 3 seconds'), undefined)
})
