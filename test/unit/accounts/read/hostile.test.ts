import t from 'tap'
import { readFiles } from '../../../support/people-lines.ts'

/** XML and JSON that mean no good, or are not whole. */

const read = async (file: string, text: string) => (await readFiles([{ file, bytes: Buffer.from(text) }]))[0]

const person = (id: string, inner = '') =>
  `<person><sourcedid><id>${id}</id></sourcedid><name><n><family>Kunz</family><given>Eva${inner}</given></n></name><institutionrole institutionroletype="Student"/></person>`

t.test('entities of its own are refused before anything grows', async (t) => {
  const laughs = Array.from({ length: 12 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
    '',
  )
  const reading = await read(
    'a.xml',
    `<?xml version="1.0"?><!DOCTYPE enterprise [<!ENTITY l0 "ha">${laughs}]><enterprise>${person('1', '&l12;')}</enterprise>`,
  )
  t.match(reading, { format: 'logineo', problems: [{ severity: 'error', line: 1, message: /DOCTYPE/ }] })
  t.strictSame(reading?.people, [])
  t.match(await read('a.xml', `<enterprise>${person('1', '&foo;')}</enterprise>`), {
    problems: [{ message: /no whole XML file: undefined entity/ }],
  })
})

t.test('what came before a mistake is read, the mistake has its line', async (t) => {
  const reading = await read('a.xml', `<enterprise>\n${person('1')}\n<person><sourcedid>`)
  t.match(reading?.people, [{ id: '1', place: { line: 2 } }])
  t.match(
    reading?.problems.find(({ severity }) => severity === 'error'),
    { line: 3, message: /no whole XML file: unclosed tag/, hint: /Export it anew/ },
  )
  t.match((await read('a.xml', `<enterprise>${person('1')}</person></enterprise>`))?.problems, [
    { message: /no whole XML file/ },
  ])
  t.match((await read('a.xml', `<enterprise>${'<a>'.repeat(100_000)}`))?.problems, [
    { message: 'elements are nested more than 32 deep' },
  ])
})

t.test('parts in CDATA and with prefixes are read, roles we do not know are told', async (t) => {
  const reading = await read(
    'a.xml',
    `<x:enterprise xmlns:x="u">${person('1').replaceAll('<', '<x:').replaceAll('<x:/', '</x:').replace('Kunz', '<![CDATA[Kunz & Co]]>')}${person('2').replace('Student', 'Zauberer')}</x:enterprise>`,
  )
  t.match(reading?.people, [{ surname: 'Kunz & Co' }])
  t.match(
    reading?.problems.filter(({ severity }) => severity === 'error'),
    [{ message: 'institutionroletype "Zauberer" is no role we know' }],
  )
})

t.test('JSON: too deep, not whole, of another shape', async (t) => {
  const start = '{"personen":[],"personenkontexte":'
  t.match(await read('a.json', `${start}${'['.repeat(100_000)}`), {
    format: 'schulconnex',
    problems: [{ message: /nested more than 32 deep/ }],
  })
  t.match(await read('a.json', `${start}\n[\n{"id": "1"`), {
    problems: [{ line: 3, message: 'this is no whole JSON file', hint: /copied whole/ }],
  })
  t.match(await read('a.json', `{"personen": 7, "personenkontexte": {"a": "[[["}}`), {
    problems: [{ message: 'nobody stands in this file' }],
  })
  t.match(await read('a.json', '{"hello": "world"}'), {
    format: 'unknown',
    problems: [{ message: /no kind of file/, hint: /SchulConneX/ }],
  })
  const odd = `{"personen":[{"id":"1","name":{"familienname":"K","vorname":"\\ud800"},"__proto__":{"x":1}},{"id":"2","name":null}],\n"personenkontexte":[\n{"person":"1","rolle":"Lern"},\n{"person":"2","rolle":"Zauberer"}]}`
  t.match(
    (await read('a.json', odd))?.problems.filter(({ severity }) => severity === 'error'),
    [
      { line: 1, message: /lost a letter/ },
      { line: 1, message: 'Zauberer of somebody (2) is no role of SchulConneX', hint: /Known are/ },
      { line: 1, message: 'nobody is named here' },
    ],
  )
})

t.test('lines of JSON are told where people stand', async (t) => {
  const text = `{\n"personenkontexte": [{"person":"1","rolle":"Lern"}],\n"personen":[\n{"id":"1","name":{"familienname":"Kunz"}}]}`
  t.match((await read('a.json', text))?.problems, [{ line: 4, path: 'given', message: 'Kunz has no given name' }])
})
