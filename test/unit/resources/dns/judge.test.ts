import t from 'tap'
import { judge, type Seen } from '../../../../agent/resources/dns/judge.ts'

const well: Seen = { silent: [], internet: true, report: undefined }
const broken = [
  { list: 'games', file: 'games.txt', line: 17, value: 'a b' },
  { list: 'exam', file: '', line: 2, value: 'schule.lan' },
]
const report = { signature: 'a', domains: 3, broken, brokenCount: 5, missing: ['gone.txt'], files: {} }

t.test('findings', async (t) => {
  const codes = (seen: Partial<Seen>) =>
    judge({ language: 'en' }, { ...well, ...seen }).map(({ code, severity }) => `${severity} ${code}`)
  t.same(codes({}), ['ok dns-serves', 'ok dns-internet'])
  t.same(codes({ silent: ['10.20.0.1'] }), ['error dns-silent', 'ok dns-internet'])
  t.same(codes({ internet: false }), ['ok dns-serves', 'warning dns-internet-unreachable'])
})

t.test('broken lists, in the language of the school', async (t) => {
  const words = (language: 'de' | 'en') => judge({ language }, { ...well, report }).map(({ message }) => message)
  t.match(words('en'), [
    /./,
    /./,
    /gone\.txt is not there/,
    /^games\.txt:17: "a b"/,
    /^exam\[2\]: "schule\.lan"/,
    /^And 3 more/,
  ])
  t.match(words('de'), [/./, /./, /gone\.txt fehlt/, /^games\.txt:17: „a b“/, /^exam\[2\]/, /^Und 3 weitere/])
})
