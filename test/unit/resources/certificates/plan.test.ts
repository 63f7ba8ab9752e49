import t from 'tap'
import { judge } from '../../../../agent/resources/certificates/judge.ts'
import { describe, plan } from '../../../../agent/resources/certificates/plan.ts'
import type { CertificatesActual } from '../../../../agent/resources/certificates/schema.ts'

const day = 86_400_000
const now = Date.UTC(2026, 7, 19)
const desired = { language: 'en', school: 'School', domain: 'a.lan', names: ['server.a.lan', 'a.lan'] } as const
const one = { issuer: '', names: desired.names, from: now - day, to: now + 300 * day, fingerprint: '' }
const authority = { ...one, subject: 'O=School, CN=Schulserver a.lan', to: now + 7000 * day }
const server = { ...one, subject: '', own: true, signed: true, keyed: true }
const calm: CertificatesActual = { at: now, sure: true, authority, server }
const lines = (actual: CertificatesActual) => plan(desired, actual).map(describe)
const anew = [/\+ authority of a\.lan/, /authority is new/]

t.test('a certificate of our own is renewed in time, and when the box is called otherwise', async (t) => {
  t.strictSame(lines(calm), [])
  t.match(lines({ ...calm, server: { ...server, to: now + 29 * day } }), [/it ends soon/])
  t.match(lines({ ...calm, server: { ...server, names: ['a.lan'] } }), [/other names/])
  t.match(lines({ ...calm, server: { ...server, keyed: false } }), [/its key is not/])
  t.match(lines({ ...calm, authority: undefined, server: undefined }), anew)
})

t.test('an authority is for one domain', async (t) => {
  t.match(lines({ ...calm, authority: { ...authority, subject: 'O=a.lan, CN=Schulserver b.lan' } }), anew)
  t.match(lines({ ...calm, authority: { ...authority, subject: 'O=a.lan, CN=Schulserver b.a.lan' } }), anew)
})

t.test('a certificate of a former authority is made anew', async (t) => {
  t.match(lines({ ...calm, server: { ...server, signed: false } }), [/authority is new/])
})

t.test('what was made while the clock was ahead goes once the clock is right, and only then', async (t) => {
  const early = { ...calm, server: { ...server, from: now + 1 } }
  t.match(lines(early), [/clock was wrong/])
  t.strictSame(lines({ ...early, sure: false }), [])
  for (const wrong of [{ from: now + 1 }, { to: now - 1 }]) {
    const strange = { ...calm, authority: { ...authority, ...wrong } }
    t.match(lines(strange), anew)
    t.strictSame(lines({ ...strange, sure: false }), [], 'an empty battery costs no school its authority')
  }
})

t.test('one that somebody has installed is theirs', async (t) => {
  const foreign = { ...server, own: false, signed: false, names: ['a.lan'], to: now + 10 * day }
  t.strictSame(lines({ ...calm, server: foreign }), [])
  t.strictSame(
    judge(desired, { ...calm, server: foreign }).map(({ code, severity }) => [code, severity]),
    [
      ['certificate-names', 'warning'],
      ['certificate-ends', 'warning'],
    ],
  )
  t.match(judge(desired, { ...calm, server: { ...foreign, to: now - 1 } }).at(-1), { severity: 'error' })
  t.match(lines({ ...calm, server: { ...foreign, keyed: false } }), [/its key is not/], 'but not without its key')
  t.match(judge(desired, { ...calm, server: undefined }), [{ code: 'certificate-missing' }])
})
