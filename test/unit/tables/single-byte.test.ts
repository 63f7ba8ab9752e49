import t from 'tap'
import { decode, type Encoding } from '../../../agent/tables/bytes.ts'
import { schildPupils } from '../../support/people-files.ts'
import { generatedPeople, type People } from '../../support/people.ts'

/** What a spreadsheet on a Macintosh or a program under MS-DOS writes is read as what it says. */

/** The 256 letters of an encoding: of CP850 those of German names, as `chcp 850` has them. */
const letters = (encoding: Encoding): ReadonlyMap<string, number> => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  if (encoding === 'CP850') return new Map([...ascii(all), ...german850])
  return new Map(Array.from(new TextDecoder(encoding).decode(all), (letter, byte) => [letter, byte]))
}
const ascii = (all: Uint8Array): [string, number][] =>
  [...all.subarray(0, 128)].map((byte) => [String.fromCharCode(byte), byte])
const german850: readonly [string, number][] = [
  ['Ç', 0x80],
  ['ü', 0x81],
  ['é', 0x82],
  ['ä', 0x84],
  ['å', 0x86],
  ['ç', 0x87],
  ['ë', 0x89],
  ['Ä', 0x8e],
  ['É', 0x90],
  ['ö', 0x94],
  ['Ö', 0x99],
  ['Ü', 0x9a],
  ['ø', 0x9b],
  ['ñ', 0xa4],
  ['ß', 0xe1],
  ['ó', 0xa2],
]

function encoded(text: string, encoding: Encoding): Uint8Array {
  const bytes = letters(encoding)
  return Uint8Array.from(text, (letter) => bytes.get(letter) ?? 0x3f)
}

const ofOneByte = ['Windows-1252', 'Macintosh', 'CP850'] as const

t.test('three names are enough', async (t) => {
  for (const encoding of ofOneByte)
    for (const text of ['Müller;Käthe;Groß\n', 'MÜLLER;KÄTHE;JÖRG\n', 'Österreich;Ägypten\n', 'Jürgen', 'Käthe'])
      t.strictSame(decode(encoded(text, encoding)), { text, encoding })
})

t.test('a whole school, and each of its classes', async (t) => {
  const school = generatedPeople()
  for (const encoding of ofOneByte) {
    const known = letters(encoding)
    const people = school.people.filter(({ given, surname }) =>
      Array.from(given + surname).every((one) => known.has(one)),
    )
    t.ok(people.length > 1000, `${people.length} names are written as ${encoding}`)
    const umlauts = /[äüß]/
    const classes = school.classes
      .map(({ title }) => people.filter(({ classes: [own] }) => own === title))
      .filter((some) => some.some(({ given, surname }) => umlauts.test(given + surname)))
    const wrong = [people, ...classes].filter((some) => {
      const text = schildPupils({ ...school, people: some } satisfies People)
      const read = decode(encoded(text, encoding))
      return read.text !== text || read.encoding !== encoding
    })
    t.strictSame(wrong, [], encoding)
  }
})

t.test('signs of Windows-1252 do not make it anything else', async (t) => {
  const texts = [
    'Saša;Žižek;Œuvray;Ÿ;Šimec',
    'O’Neill;D´Angelo;Anna–Lena;Lê Anh',
    'AG „Schach“;20 €;Arduino™;Mª José;m²;Test…',
    'Jürgen;AG „Größe“;Arduino™;§ 5;5§a',
    'GRÖßE;GROßE',
  ]
  for (const text of texts) t.match(decode(encoded(text, 'Windows-1252')), { text })
})

t.test('lines that end with CR alone, as the first does', async (t) => {
  t.equal(decode(Buffer.from('a;b\rc;"d\ne"\r')).text, 'a;b\nc;"d\ne"\n')
  t.equal(decode(Buffer.from('a;b\r\nc\rd;e\r\n')).text, 'a;b\r\nc\rd;e\r\n')
  t.equal(decode(Buffer.from('a;b\rc;d\r', 'utf16le')).text, 'a;b\nc;d\n')
})
