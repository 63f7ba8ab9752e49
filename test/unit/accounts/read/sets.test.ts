import t from 'tap'
import { type PeopleFile } from '../../../../agent/accounts/read/read.ts'
import { inLines, readFiles } from '../../../support/people-lines.ts'

/** Files that say more together than each alone. */

const fileOf = (file: string, ...lines: readonly string[]): PeopleFile => ({
  file,
  bytes: Buffer.from(lines.join('\n') + '\n'),
})

t.test('Untis: teachers with the classes they teach and lead', async (t) => {
  const readings = await readFiles([
    fileOf('GPU003.TXT', `"05A","5a"${',""'.repeat(27)},"WEER"`, `"05B","5b"${',""'.repeat(27)},"XXXX"`),
    fileOf('GPU004.TXT', `"WEER","Weber"${',""'.repeat(26)},"Erika"`),
    fileOf(
      'GPU001.TXT',
      '1,"05A","WEER","D","102",1,1,,',
      '2,"05B~05C","WEER","M","101",5,12,,',
      '3,"05B","","M","",,,,',
    ),
    fileOf('GPU006.TXT', '"D","Deutsch"', '"M","Mathematik"'),
  ])
  t.match(
    readings.flatMap(({ problems }) => problems),
    [
      { severity: 'warning', line: 2, column: 3, path: 'class', message: /^class 05C is not in the file/ },
      { severity: 'warning', line: 3, path: 'day', message: /^lesson 3 \(M, 05B\) has no day or no hour/ },
    ],
  )
  t.match(readings[1]?.people, [{ id: 'WEER', given: 'Erika', classes: ['05A', '05B', '05C'], leads: ['05A'] }])
  t.match(readings[0]?.groups, [
    { title: '05A', leaders: ['WEER'] },
    { title: '05B', leaders: [] },
  ])
  t.match(readings[2]?.timetable?.lessons, [
    { number: '1', classes: ['05A'], teacher: 'WEER', subject: 'D', room: '102', day: 1, hour: 1 },
    { number: '2', classes: ['05B', '05C'], day: 5, hour: 12 },
  ])
  t.equal(readings[2]?.timetable?.lessons.length, 2, 'what has no time is not in the timetable')
})

t.test('SchILD interface: courses of pupils, and who leads', async (t) => {
  const marks = 'Nachname|Vorname|Geburtsdatum|Jahr|Abschnitt|Fach|Fachlehrer|Kursart|Kurs|Note'
  const readings = await readFiles([
    fileOf(
      'SchuelerBasisdaten.dat',
      `Nachname|Vorname|Geburtsdatum|Geschlecht|Status${'|'.repeat(16)}Jahrgang|Klasse`.replace(
        'Status|||',
        'Status|PLZ|Ort|',
      ),
      `Öz|Can|21.4.2010|m|2${'|'.repeat(16)}Q1|Q1`,
    ),
    fileOf(
      'SchuelerLeistungsdaten.dat',
      marks,
      'Öz|Can|21.04.2010|2025|2|M|WEER|GK|M GK9|',
      'Öz|Can|21.04.2010|2026|1|M|WEER|GK|M GK1|',
    ),
    fileOf(
      'Lehrkraefte.dat',
      'InternKrz|StatistikKrz|Anrede|Titel|Nachname|Vorname|Geschlecht|Geburtsdatum',
      'WEER|W|Frau||Weber|Erika|w|6.8.1970',
    ),
    fileOf(
      'Klassen.dat',
      'InternBez|StatistikBez|SonstigeBez|Jahrgang|Folgeklasse|Klassenlehrer',
      'Q1|Q1|Q1|Q1|Q2|WEER',
    ),
    fileOf('Faecher.dat', 'InternKrz|StatistikKrz|Bezeichnung', 'D|D|Deutsch'),
  ])
  t.strictSame(readings.flatMap(inLines), [])
  t.match(readings[0]?.people, [
    { birth: '2010-04-21', year: 'Q1', classes: ['Q1'], groups: [{ title: 'M GK1', kind: 'course' }] },
  ])
  t.equal(readings[0]?.people[0]?.groups.length, 1, 'the course of last year is over')
  t.match(readings[2]?.people, [{ id: 'WEER', leads: ['Q1', 'M GK1'] }])
  t.match(readings[3]?.groups, [{ title: 'Q1', successor: 'Q2' }])
  t.match(readings[4], { format: 'schild-dat', people: [], ignored: ['faecher.dat'] })
})

t.test('SchILD interface: two of one name, apart by the class behind it', async (t) => {
  const [pupils, marks] = await readFiles([
    fileOf(
      'SchuelerBasisdaten.dat',
      'Nachname|Vorname|Geburtsdatum|Geschlecht|Status|Klasse',
      `Kunz|Eva|21.4.2010|w|2${'|'.repeat(16)}08|08A`,
      `Kunz#08B|Eva|1.5.2010|w|2${'|'.repeat(16)}08|08B`,
    ),
    fileOf(
      'SchuelerLeistungsdaten.dat',
      'Nachname|Vorname|Geburtsdatum|Jahr|Abschnitt|Fach|Fachlehrer|Kursart|Kurs',
      'Kunz#08B|Eva|1.5.2010|2026|1|M|WEER|GK|Chor',
    ),
  ])
  t.strictSame(
    [pupils, marks].flatMap((one) => (one === undefined ? [] : inLines(one))),
    [],
  )
  t.match(pupils?.people, [
    { surname: 'Kunz', classes: ['08A'], groups: [] },
    { surname: 'Kunz', classes: ['08B'], groups: [{ title: 'Chor' }] },
  ])
})

t.test('SchILD interface: of parents some have no given name, and some no home', async (t) => {
  const [parents] = await readFiles([
    fileOf(
      'SchuelerErzieher.dat',
      'Nachname|Vorname|Geburtsdatum|Erzieherart|Anrede 1.Person|Titel 1.Person|Nachname 1.Person|Vorname 1.Person',
      'Kunz|Eva|21.4.2010|Eltern|||Kunz|||||||||',
      'Kurz|Ada|21.4.2010|Mutter|||Kurz|Lea||||||||',
      'Kahl|Udo|21.4.2010|Mutter|||Kurz|Lea||||||||',
    ),
  ])
  t.match(parents?.problems, [
    { severity: 'warning', line: 2, message: 'parent Kunz has no given name, and is left out' },
  ])
  t.match(parents, { covers: ['parent'], people: [{ role: 'parent', surname: 'Kurz' }, { surname: 'Kurz' }] })
})

t.test('OneRoster 1.2: roles, births, and enrollments that are over', async (t) => {
  const readings = await readFiles([
    fileOf('manifest.csv', 'propertyName,value', 'oneroster.version,1.2', 'file.users,delta'),
    fileOf(
      'users.csv',
      'sourcedId,status,username,givenName,familyName,email,userMasterIdentifier',
      'u1,active,lea,Lea,Brückner,,m1',
      'u2,active,jo,Jo,Nobody,,m2',
    ),
    fileOf(
      'roles.csv',
      'sourcedId,status,userSourcedId,roleType,role,orgSourcedId',
      'r1,,u1,secondary,guardian,s',
      'r2,,u1,primary,student,s',
      'r3,,u2,primary,wizard,s',
    ),
    fileOf('demographics.csv', 'sourcedId,birthDate,sex', 'u1,2012-04-03,'),
    fileOf(
      'classes.csv',
      'sourcedId,title,courseSourcedId,classType,schoolSourcedId',
      'c1,8c,k,homeroom,s',
      'c2,Chor,k,scheduled,s',
    ),
    fileOf(
      'enrollments.csv',
      'sourcedId,status,classSourcedId,userSourcedId,role,primary',
      'e1,,c1,u1,student,false',
      'e2,tobedeleted,c2,u1,student,false',
      'e3,,c9,u1,student,false',
    ),
  ])
  const [, users] = readings
  t.match(users, { title: 'OneRoster 1.2', covers: [], ignored: ['userMasterIdentifier'] })
  t.match(users?.people, [{ id: 'u1', role: 'pupil', birth: '2012-04-03', classes: ['8c'], groups: [] }])
  t.match(users?.problems, [
    { severity: 'error', line: 3, message: 'wizard is no role of OneRoster', hint: /Known are student/ },
  ])
  t.match(readings[5]?.problems, [{ severity: 'warning', line: 4, message: 'class c9 is in no classes.csv' }])
})

t.test('an id belongs to one person, whatever file it stands in', async (t) => {
  const [first, second] = await readFiles([
    fileOf('students.csv', '7a;Müller;Jürgen;10.11.2012;81;;'),
    fileOf('extrastudents.csv', 'gast;Smith;John;10.11.2010;smithjo;81;'),
  ])
  t.strictSame(first?.problems, [])
  t.match(second?.problems, [
    {
      severity: 'error',
      file: 'extrastudents.csv',
      line: 1,
      column: 36,
      message: /81 already belongs to Jürgen Müller \(students.csv, line 1\)/,
    },
  ])
})

t.test('what other programs call administrators becomes staff', async (t) => {
  const [reading] = await readFiles([
    fileOf('alle.csv', 'Vorname;Nachname;Rolle', 'Ada;Admin;Administrator', 'Lea;Kunz;Schülerin', 'X;Y;Zauberer'),
  ])
  t.match(reading?.people, [
    { given: 'Ada', role: 'staff' },
    { given: 'Lea', role: 'pupil' },
  ])
  t.match(reading?.problems, [
    { severity: 'warning', line: 2, message: /becomes staff/ },
    { severity: 'error', line: 4, column: 5, message: 'Zauberer is no role we know' },
  ])
})

t.test('somebody who stands in two files, and in one of them without an id, is not made twice', async (t) => {
  const [, second] = await readFiles([
    fileOf('schueler.csv', 'Interne ID-Nummer;Nachname;Vorname;Klasse;Geburtsdatum', '1;Kunz;Eva;5a;1.2.2014'),
    fileOf('students.csv', '5a;Kunz;Eva;1.2.2014;;;'),
  ])
  t.match(second && inLines(second), [
    { severity: 'error', line: 1, message: /Eva Kunz stands in schueler\.csv, line 2 already/ },
  ])
})
