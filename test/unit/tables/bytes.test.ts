import t from 'tap'
import { decode } from '../../../agent/tables/bytes.ts'

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')

t.test('UTF-8 and UTF-16, with and without their mark', async (t) => {
  const text = 'Müller;Łukasz;Nguyễn;5a\r\n'
  const little = Buffer.from(text, 'utf16le')
  const big = Buffer.from(little).swap16()
  t.strictSame(decode(Buffer.from(text)), { text, encoding: 'UTF-8' })
  t.strictSame(decode(Buffer.from(`\uFEFF${text}`)), { text, encoding: 'UTF-8' })
  t.strictSame(decode(Buffer.from(`\uFEFF${text}`, 'utf16le')), { text, encoding: 'UTF-16LE' })
  t.strictSame(decode(little), { text, encoding: 'UTF-16LE' })
  t.strictSame(decode(Buffer.concat([Buffer.from([0xfe, 0xff]), big])), { text, encoding: 'UTF-16BE' })
  t.strictSame(decode(big), { text, encoding: 'UTF-16BE' })
})

t.test('of the two encodings of one byte, the letters decide', async (t) => {
  t.strictSame(decode(latin('Müller;Groß')), { text: 'Müller;Groß', encoding: 'Windows-1252' })
  t.strictSame(decode(latin('M\u00fcller \u0096 \u0080')), { text: 'Müller – €', encoding: 'Windows-1252' })
  t.strictSame(decode(latin('Mi\u00a8a;\u00a6imi\u0107'.replace('\u0107', 'c'))), {
    text: 'Miša;Šimic',
    encoding: 'ISO-8859-15',
  })
  t.strictSame(decode(latin('Ma\u00b8;\u00b4uzana')), { text: 'Maž;Žuzana', encoding: 'ISO-8859-15' })
  t.match(decode(latin('D\u00b4Angelo;\u00fc')), { text: 'D´Angelo;ü', encoding: 'Windows-1252' })
  t.match(decode(latin('Kl\u00e4re \u00bd Tag')), { text: 'Kläre ½ Tag', encoding: 'Windows-1252' })
})

t.test('UTF-8 with a few bytes broken, or cut off in a letter, stays UTF-8', async (t) => {
  const bytes = Buffer.from('Müller;Jürgen;Größe;Äpfel\n')
  const broken = Uint8Array.from([...bytes, 0xfc])
  t.match(decode(broken), { text: 'Müller;Jürgen;Größe;Äpfel\n\uFFFD', encoding: 'UTF-8' })
  t.match(decode(Buffer.from('Müller;J\u00fc').subarray(0, -1)), { text: 'Müller;J\uFFFD', encoding: 'UTF-8' })
})

t.test('nothing at all is UTF-8', async (t) => {
  t.strictSame(decode(new Uint8Array()), { text: '', encoding: 'UTF-8' })
})
