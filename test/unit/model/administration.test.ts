import t from 'tap'
import { PublicKey } from '../../../agent/model/administration.ts'
import { readState } from '../../../agent/model/read.ts'
import { isBoxError } from '../../../agent/errors.ts'
import { exampleText } from '../../support/school.ts'

const field = (content: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(content)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
const blobOf = (...fields: readonly (Uint8Array | string)[]): string =>
  Buffer.concat(fields.map(field)).toString('base64')
const line = (type: string, ...fields: readonly (Uint8Array | string)[]): string =>
  `${type} ${blobOf(type, ...fields)} ada@office`

const exponent = Buffer.from([1, 0, 1])
/** As a number without a sign: the highest bit of a modulus is set. */
const modulus = (bits: number): Buffer => Buffer.concat([Buffer.from([0, 0x80]), Buffer.alloc(bits / 8 - 1, 7)])
const ed25519 = line('ssh-ed25519', Buffer.alloc(32, 9))
const ecdsa = (curve: string, bytes: number): string => line(`ecdsa-sha2-${curve}`, curve, Buffer.alloc(bytes, 4))

const fault = (text: string): string | undefined => PublicKey.safeParse(text).error?.issues[0]?.message

t.test('lines as ssh-keygen writes them are taken', async (t) => {
  const lines = [
    ed25519,
    ecdsa('nistp256', 65),
    ecdsa('nistp384', 97),
    ecdsa('nistp521', 133),
    line('ssh-rsa', exponent, modulus(2048)),
    line('ssh-rsa', exponent, modulus(4096)),
    ed25519.replace(' ada@office', ''),
    ed25519.replace('ada@office', 'Ada Lovelace, Büro'),
  ]
  for (const text of lines) t.equal(PublicKey.parse(text), text)
  t.equal(PublicKey.parse(`${ed25519}\n`), ed25519, 'the end of the line does not belong to it')
})

t.test('anything else is refused, with the reason', async (t) => {
  const [type = '', blob = ''] = ed25519.split(' ')
  const cases: Readonly<Record<string, RegExp>> = {
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r': /private key/,
    [`${ed25519}\n${ed25519}`]: /not one line/,
    [`command="reboot" ${ed25519}`]: /options/,
    [`from="10.20.0.9",no-pty ${ed25519}`]: /options/,
    [`ssh-dss ${blobOf('ssh-dss', modulus(1024))} old`]: /not the line of a \.pub file/,
    [`sk-ssh-ed25519@openssh.com ${blob}`]: /not the line of a \.pub file/,
    AAAA: /not the line of a \.pub file/,
    '': /not the line of a \.pub file/,
    [`${type} `]: /damaged/,
    [`${type} ${blob.slice(0, -4)}`]: /damaged/,
    [`${type} ${blob.slice(0, -3)}`]: /damaged/,
    [`${type} ${blob.replace('AAAA', 'AAAB')}`]: /damaged/,
    [`${type} ${blob}AAAA`]: /damaged/,
    [`ssh-rsa ${blob}`]: /damaged/,
    [line('ssh-ed25519', Buffer.alloc(31))]: /damaged/,
    [line('ssh-ed25519', Buffer.alloc(32), 'more')]: /damaged/,
    [line('ecdsa-sha2-nistp256', 'nistp256')]: /damaged/,
    [line('ssh-rsa', exponent, modulus(1024))]: /RSA key of 1024 bits; at least 2048/,
    [line('ssh-rsa', exponent, modulus(2040))]: /2040 bits/,
    [line('ssh-rsa', exponent)]: /damaged/,
    [line('ssh-rsa', exponent, '')]: /0 bits/,
  }
  for (const [text, words] of Object.entries(cases)) t.match(fault(text) ?? 'taken', words, text.slice(0, 60))
})

t.test('all mistakes are told at once, with their lines', async (t) => {
  const text = `${exampleText()}
administration:
  keys:
    - ${ed25519}
    - ssh-ed25519 AAAA ada@office
    - ${ed25519.replace('ada', 'ben')}
  from: [school, home]
  passwords: true
`
  const first = text.split('\n').indexOf(`    - ${ed25519}`) + 1
  const problems = (() => {
    try {
      readState([{ file: 'school.yaml', text }])
      return []
    } catch (error) {
      if (!isBoxError(error, 'STATE_INVALID')) throw error
      return error.problems
    }
  })()
  t.match(
    problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)).map(({ line, path }) => [line, path]),
    [
      [first + 1, 'administration.keys[1]'],
      [first + 2, 'administration.keys[2]'],
      [first + 3, 'administration.from[1]'],
      [first + 4, 'administration.passwords'],
    ],
  )
})
