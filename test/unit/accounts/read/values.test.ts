import t from 'tap'
import { inLines, read, told } from '../../../support/people-lines.ts'

/** Values that no plan may hold are told where they stand, and cost no more than they must. */

t.test('all courses of somebody fit into a cell, each judged by itself', async (t) => {
  const courses = Array.from({ length: 30 }, (_, index) => `Arbeitsgemeinschaft ${index}`)
  const row = `Kunz;Eva;5a;"${courses.join(';')}"`
  const reading = await read([
    'Nachname;Vorname;Klasse;Kurse',
    row,
    'Kurz;Ada;5a;"Chor;MÃ¼hle"',
    `Kahl;Udo;5a;${'x'.repeat(201)}`,
  ])
  t.strictSame(
    reading.people.map(({ groups }) => groups.map(({ title }) => title)),
    [courses],
  )
  t.match(reading.problems, [
    { line: 3, column: 13, path: 'groups', message: 'MÃ¼hle was once Mühle' },
    { line: 4, path: 'groups', message: /longer than 200 characters/ },
  ])
})

t.test('a mail address that is none is left out, and told', async (t) => {
  const odd = ['jörg@bäcker.de', 'a..b@web.de', 'a@b', 'a@example.org; b@example.org']
  const rows = odd.map((mail, index) => `Kunz;${'Eva'.repeat(index + 1)};5a;"${mail}"`)
  const reading = await read(['Nachname;Vorname;Klasse;E-Mail', ...rows, 'Kurz;Ada;5a;Ada@Example.org'])
  t.strictSame(
    reading.people.map(({ mail }) => mail),
    [...odd.map(() => undefined), 'ada@example.org'],
  )
  t.equal(told(reading)[1], 'warning 3:16 mail a..b@web.de is no mail address, and left out')
  t.strictSame(
    inLines(reading).map(({ severity, line }) => [severity, line]),
    odd.map((_, index) => ['warning', index + 2]),
  )
})

t.test('titles and years that cannot be printed are told at their line, whatever the format', async (t) => {
  const person = '{"id":"1","name":{"familienname":"Kunz","rufname":"Eva"}}'
  const context = '{"id":"k","person":"1","rolle":"Lern","jahrgangsstufe":"5\\u0000"}'
  const group = '{"id":"g","bezeichnung":"5\\ta","typ":"Klasse"}'
  const json = `{"personen":[${person}],\n"personenkontexte":[${context}],\n"gruppen":[\n${group}],"gruppenzugehoerigkeiten":[{"ktid":"k","gruppe":"g"}]}`
  t.match(await read(Buffer.from(json), {}, 'a.json'), {
    people: [],
    groups: [],
    problems: [
      { line: 1, path: 'year', message: /cannot be printed/ },
      { line: 1, path: 'class', message: /cannot be printed/ },
      { line: 4, path: 'groups', message: '"5\\ta" holds a character that cannot be printed' },
    ],
  })
  t.match(await read(['Nachname;Vorname;Klasse;Klassenleitung', 'Kunz;Eva;5a;"5a,5\u0000b"']), {
    people: [],
    problems: [{ line: 2, column: 13, path: 'leads', message: /cannot be printed/ }],
  })
})

t.test('so are titles that people get out of another file of theirs', async (t) => {
  const head = 'Nachname|Vorname|Geburtsdatum|Jahr|Abschnitt|Fach|Fachlehrer|Kursart|Kurs'
  const marks = await read([head, 'Kunz|Eva|1.2.2013|2026|1|M|WEER|GK|M\u00001'], {}, 'SchuelerLeistungsdaten.dat')
  t.match(marks.problems, [{ severity: 'error', line: 2, path: 'groups', message: /cannot be printed/ }])
  const lessons = await read(['1,2,0,,5a~5\u0000b,WEER,M'], {}, 'GPU002.TXT')
  t.match(lessons.problems, [{ severity: 'error', line: 1, column: 8, message: /cannot be printed/ }])
})
