import t from 'tap'
import { read, readFiles } from '../support/people-lines.ts'

/** Files of people as large as none should be: what takes seconds to read. */

const head = 'Import-ID;Nachname;Vorname;Klasse;Geburtsdatum'
const one = async (file: string, text: string) => (await readFiles([{ file, bytes: Buffer.from(text) }]))[0]

t.test('too much of everything', async (t) => {
  const started = await read([
    head,
    ...Array.from(
      { length: 40_000 },
      (_, index) =>
        `${index};Kunz${'abcdefghij'[index % 10]}${'abcdefghij'[((index / 10) % 10) | 0]};Eva${'x'.repeat(index % 97)};5a;`,
    ),
  ])
  t.equal(started.people.length, 40_000)
  const people = await read([
    head,
    ...Array.from(
      { length: 50_001 },
      (_, index) => `${index};K${'x'.repeat(index % 150)};Eva${'y'.repeat(index % 149)};5a;`,
    ),
  ])
  t.match(people.problems, [{ severity: 'error', message: 'these are 50001 people; at most 50000 are read' }])
  t.match(await read(Buffer.from('\n'.repeat(200_001))), {
    problems: [{ message: 'it has 200002 lines; at most 200000 are read' }],
  })
  t.match(await read(Buffer.alloc(16 * 1024 * 1024 + 1, 'a')), {
    problems: [{ message: 'it has 17 MiB; at most 16 are read' }],
  })
  t.match((await read(Buffer.alloc(15 * 1024 * 1024, ';'))).problems, [{ message: /no kind of file/ }])
})

t.test('floods of nothing end in words, not in a crash', async (t) => {
  const many = 1_000_001
  t.match(await one('a.xml', `<enterprise>${'<person/>'.repeat(many)}</enterprise>`), {
    problems: [{ message: /more than 1000000 elements/ }, { message: /institutionroletype/ }],
  })
  t.match(await one('a.json', `{"personenkontexte":[],"personen":[${'{},'.repeat(many)}{}]}`), {
    problems: [{ message: /more than 1000000 entries/ }],
  })
  t.match(await one('a.csv', `Vorname;Nachname;Klasse\nA;B;5a${';'.repeat(many)}`), {
    problems: [{ line: 2, message: 'there are more than 1000 columns' }],
  })
  t.match(await one('a.csv', `Name;Klasse\nA${' '.repeat(many)}B;5a`), {
    problems: [{ line: 2, message: /longer than 5000 characters/ }],
  })
  t.match(await one('a.csv', `Vorname;Nachname;Klasse;E-Mail\nA;B;5a;a@${'.'.repeat(many)} b`), {
    problems: [{ line: 2, message: /longer than 5000 characters/ }],
  })
  t.match(await one('a.csv', 'Eva;"Kunz;5a\n'), {
    problems: [{ message: /no kind of file/ }, { column: 5, message: /never closed/ }],
  })
})
