import t from 'tap'
import { read, readFiles, told } from '../../../support/people-lines.ts'

/** Lines that have lost a cell or hold one too many: nobody changes the class without a word. */

const head = 'Import-ID;Nachname;Vorname;Geburtsdatum;Klasse'

t.test('a line with fewer values than are read is an error', async (t) => {
  const reading = await read([head, '1;Kunz;Eva;1.1.2014', '2;Kurz;Ada;1.1.2014;5a', '3;Kahl;Ida;2.1.2014;'])
  t.strictSame(told(reading), [
    'error 2:  this line ends after 4 values; it needs 5, up to Klasse',
    'warning 4:21 class Ida Kahl has no class',
  ])
  t.match(reading.problems[0], { hint: /separator is missing/ })
  t.strictSame(
    reading.people.map(({ id }) => id),
    ['2', '3'],
  )
  const unread = await read([`${head};Straße`, '1;Kunz;Eva;1.1.2014;5a', '2;Kurz;Ada;1.1.2014;5a;Ring 1'])
  t.strictSame(told(unread), [], 'behind the last column that is read nothing is missed')
})

t.test('linuxmuster: what stands behind the birth date may be left out, nothing before it', async (t) => {
  const reading = await read(
    ['7a;Müller;Jürgen;10.11.2012', '7a;Kunz;Eva;10.11.2012;81;', '7a;Kurz;1.2.2012'],
    {},
    'students.csv',
  )
  t.strictSame(told(reading), [
    'error 3:  this line ends after 3 values; it needs 4',
    'error 3:9 given 1.2.2012 is a date, where a name should be',
  ])
  t.equal(reading.people.length, 2)
})

t.test('OneRoster: each row has all columns', async (t) => {
  const reading = await read(
    ['sourcedId,role,givenName,familyName', '1,student,Ada', '2,student,Eva,Kunz'],
    {},
    'users.csv',
  )
  t.match(reading.problems[0], {
    severity: 'error',
    line: 2,
    message: 'this line ends after 3 values; it needs 4, up to familyName',
  })
  t.strictSame(
    reading.people.map(({ id }) => id),
    ['2'],
  )
})

const names =
  'Nachname|Vorname|Geburtsdatum|Geschlecht|Status|PLZ|Ort|Straße|Aussiedler|Staatsang|Konfession|StatistikKrz|Aufnahmedatum|Abmeldedatum|Anmeldedatum|Schulpflicht|Reform|Stammschule|Jahr|Abschnitt|Jahrgang|Klasse|Gliederung'
const pupil = (surname: string, title: string): string =>
  `${surname}|Eva|21.4.2012|w|2|54321|Ort|Weg 1|N|000|||01.08.2022||||*||2026|1|09|${title}|G`
const pupilsFile = 'SchuelerBasisdaten.dat'

t.test('SchILD interface: one bar too few or too many is an error', async (t) => {
  const lost = pupil('Kunz', '09A').replace('54321|Ort', '54321 Ort')
  const more = pupil('Kurz', '09A').replace('54321|Ort', '54321||Ort')
  const reading = await read([names, lost, more, pupil('Kahl', '09B')], {}, pupilsFile)
  t.strictSame(told(reading), [
    'error 2:  this line has 22 values, where the others have 23',
    'error 3:  this line has 24 values, where the others have 23',
  ])
  t.match(reading.people, [{ surname: 'Kahl', classes: ['09B'] }])
  t.equal(reading.people.length, 1)
  const cut = `${names}\n${pupil('Kahl', '09B')}\n${pupil('Kunz', '09A').slice(0, -6)}`
  t.strictSame(told(await read(Buffer.from(cut), {}, pupilsFile)), ['error 3:  the file ends in the middle of a line'])
})

t.test('SchILD interface: so it is in classes, courses and parents', async (t) => {
  const files = {
    'Klassen.dat': [
      'InternBez|StatistikBez|SonstigeBez|Jahrgang|Folgeklasse|Klassenlehrer',
      '05A|05A|05A|05|06A|WEER',
      '05B|05B|05|06B|WEER',
    ],
    'SchuelerLeistungsdaten.dat': [
      'Nachname|Vorname|Geburtsdatum|Jahr|Abschnitt|Fach|Fachlehrer|Kursart|Kurs',
      'Kunz|Eva|1.2.2013|2026|1|M|WEER|GK|M1',
      'Kunz|Eva|1.2.2013|2026|1|WEER|GK|M1',
    ],
    'SchuelerErzieher.dat': [
      'Nachname|Vorname|Geburtsdatum|Erzieherart|Anrede|Titel|Nachname 1.Person|Vorname 1.Person',
      'Kunz|Eva|1.2.2013|Mutter|||Kunz|Ute',
      'Kunz|Eva|1.2.2013|Mutter||Kunz|Ute',
    ],
  }
  for (const [file, lines] of Object.entries(files))
    t.match(
      told(await read(lines, {}, file)),
      [/^error 3: {2}this line has \d values, where the others have \d$/],
      file,
    )
})

t.test('SchILD interface: the name of the file says what it is, whatever its first line', async (t) => {
  const teachers = {
    file: 'Lehrkraefte.dat',
    bytes: Buffer.from(
      'Kürzel|x|Anrede|Titel|Name|Vorname|Geschlecht|Geburtsdatum\nWEER|W|Frau||Weber|Erika|w|6.8.1970\n',
    ),
  }
  for (const first of [[], ['Name|Rufname|Geburtsdatum|' + '|'.repeat(20)], [names]]) {
    const bytes = Buffer.from([...first, pupil('Kunz', '09A'), pupil('Kurz', '09B')].join('\n'))
    const readings = await readFiles([{ file: pupilsFile, bytes }, teachers])
    t.strictSame(readings.flatMap(told), [])
    t.match(readings, [
      { people: [{ surname: 'Kunz', classes: ['09A'] }, { surname: 'Kurz' }], header: first.length > 0 },
      { people: [{ id: 'WEER', role: 'teacher' }] },
    ])
  }
})
