import t from 'tap'
import { read, readFiles, told } from '../../../support/people-lines.ts'

/** What a file names and does not hold, and until when something holds: nothing is dropped without a word. */

const fileOf = (file: string, ...lines: readonly string[]) => ({ file, bytes: Buffer.from(`${lines.join('\n')}\n`) })

t.test('LOGINEO: memberships of nobody and of no group, and pupils without a class', async (t) => {
  const reading = await read(
    [
      '<enterprise>',
      '<person><sourcedid><id>p1</id></sourcedid><name><n><family>Kunz</family><given>Eva</given></n></name>',
      '<institutionrole institutionroletype="Student"/></person>',
      '<group><sourcedid><id>raum-klasse-5a</id></sourcedid><description><short>Klasse 5a</short></description></group>',
      '<membership><sourcedid><id>raum-klasse-5a</id></sourcedid>',
      '<member><sourcedid><id>p9</id></sourcedid></member></membership>',
      '<membership><sourcedid><id>raum-klasse-9z</id></sourcedid><member><sourcedid><id>p1</id></sourcedid></member></membership>',
      '</enterprise>',
    ],
    {},
    'logineo.xml',
  )
  t.strictSame(told(reading), [
    'warning 2: class Eva Kunz has no class',
    'warning 6: membership this membership names person p9, which is not in the file',
    'warning 7: membership this membership names group raum-klasse-9z, which is not in the file',
  ])
})

const users = 'sourcedId,status,enabledUser,role,givenName,familyName'
const classes = fileOf(
  'classes.csv',
  'sourcedId,title,courseSourcedId,classType',
  'c1,5a,k,homeroom',
  'c2,4a,k,homeroom',
)
const enrollments = 'sourcedId,classSourcedId,userSourcedId,role,endDate'

t.test('OneRoster: users who are nobody, rows without an id, what is over', async (t) => {
  const readings = await readFiles([
    fileOf(
      'users.csv',
      users,
      'u1,active,true,student,Eva,Kunz',
      ',active,true,student,Ada,Kurz',
      'u3,active,false,student,Ida,Kahl',
    ),
    classes,
    fileOf(
      'enrollments.csv',
      enrollments,
      'e1,c1,u1,student,2027-07-31',
      'e2,c2,u1,student,2026-07-31',
      'e3,c1,u9,student,',
    ),
  ])
  t.strictSame(readings.flatMap(told), [
    'warning 3: class Ada Kurz has no class',
    'error 3:1 sourcedId this row has no sourcedId, by which the other files name it',
    'warning 4:7 userSourcedId user u9 is in no users.csv',
  ])
  t.match(readings[0]?.people, [
    { id: 'u1', classes: ['5a'], left: false },
    { id: 'u3', classes: [], left: true },
  ])
  t.equal(readings[0]?.people.length, 2)
})

t.test('OneRoster: of some users only, the others are not missed; who has no role any more has left', async (t) => {
  const readings = await readFiles([
    fileOf('manifest.csv', 'propertyName,value', 'oneroster.version,1.2', 'file.users,delta'),
    fileOf('users.csv', 'sourcedId,status,givenName,familyName', 'u1,active,Eva,Kunz'),
    fileOf('roles.csv', 'sourcedId,userSourcedId,roleType,role,endDate', 'r1,u1,primary,teacher,2026-07-31'),
    classes,
    fileOf('enrollments.csv', enrollments, 'e1,c1,u9,student,'),
  ])
  t.strictSame(readings.flatMap(told), [])
  t.match(readings[1]?.people, [{ role: 'teacher', left: true }])
})

t.test('children of parents, where the pupils are given, too', async (t) => {
  const parents = fileOf(
    'eltern.csv',
    'Vorname;Nachname;Kind-ID;E-Mail',
    'Ute;Kunz;17;u@example.org',
    'Ute;Kunz;18;u@example.org',
  )
  const pupils = fileOf('schueler.csv', 'Import-ID;Vorname;Nachname;Klasse', '17;Eva;Kunz;5a')
  t.strictSame((await readFiles([parents, pupils])).flatMap(told), [
    'warning 2:10 children child 18 of Ute Kunz is in none of these files',
  ])
  t.strictSame((await readFiles([parents])).flatMap(told), [], 'alone they name whom the server knows')
  const mistaken = fileOf('schueler.csv', 'Import-ID;Vorname;Nachname;Klasse', '17;Eva;Kunz;5a', '18;Ada;Kunz9;5a')
  t.match((await readFiles([parents, mistaken])).flatMap(told), [
    'error 3:8 surname Kunz9 has a digit, which no name has',
  ])
})

const connex = (contexts: string, more = '') =>
  `{"personen": [\n{"id": "p1", "name": {"familienname": "Kunz", "vorname": "Eva"}}],\n"personenkontexte": [${contexts}]${more}}`

t.test('SchulConneX: a deletion that is still to come, and one that was', async (t) => {
  const until = async (time: string) => {
    const text = connex(`{"id": "k1", "person": "p1", "rolle": "Lehr", "loeschung": {"zeitpunkt": "${time}"}}`)
    const { people, problems } = await read(Buffer.from(text), {}, 'a.json')
    t.strictSame(problems, [])
    return people.map(({ left }) => left)
  }
  t.strictSame(await until('2026-08-19T10:00:00+02:00'), [false])
  t.strictSame(await until('2026-08-19T09:00:00+02:00'), [true])
  t.strictSame(await until('2030-07-31'), [false])
  t.strictSame(await until(''), [false])
})

t.test('SchulConneX: who has no role is named, and what is named is there', async (t) => {
  const none = await read(Buffer.from(connex('')), {}, 'a.json')
  t.strictSame(told(none), ['error 2: rolle Eva Kunz (p1) has no role'])
  const entry = Buffer.from(
    '[{"person": {"id": "p1", "name": {"familienname": "Kunz", "vorname": "Eva"}}, "personenkontexte": []}]',
  )
  t.strictSame(told(await read(entry, {}, 'a.json')), ['error 1: rolle Eva Kunz (p1) has no role'])
  const text = connex(
    '{"id": "k1", "person": "p1", "rolle": "Lern"},\n{"id": "k2", "person": "p9", "rolle": "Lern"}',
    ',\n"gruppen": [],\n"gruppenzugehoerigkeiten": [{"ktid": "k1", "gruppe": "g9"},\n{"ktid": "k9", "gruppe": "g9"}]',
  )
  t.strictSame(told(await read(Buffer.from(text), {}, 'a.json')), [
    'warning 2: class Eva Kunz has no class',
    'warning 4: personenkontexte this entry of personenkontexte names person p9, which is not in the file',
    'warning 6: gruppenzugehoerigkeiten this entry of gruppenzugehoerigkeiten names gruppe g9, which is not in the file',
    'warning 7: gruppenzugehoerigkeiten this entry of gruppenzugehoerigkeiten names personenkontext k9, which is not in the file',
    'warning 7: gruppenzugehoerigkeiten this entry of gruppenzugehoerigkeiten names gruppe g9, which is not in the file',
  ])
})

t.test('SchILD: who is here, who has left, and words that nobody knows', async (t) => {
  const state = async (word: string) => {
    const { people, problems } = await read([
      'Interne ID-Nummer;Nachname;Vorname;Klasse;Status',
      `1;Kunz;Eva;5a;${word}`,
    ])
    return problems.length > 0
      ? problems.map(({ severity, column, message }) => `${severity} ${column} ${message}`)
      : people.map(({ left }) => left)
  }
  for (const word of ['', '0', '2', '3', '6', 'Aktiv', 'Neuaufnahme', 'Beurlaubt', 'Extern'])
    t.strictSame(await state(word), [false], word)
  for (const word of [
    '8',
    '9',
    '10',
    'Abgängerin',
    'ABGÄNGER',
    'Gelöscht',
    'Abschluß',
    'Abschluss',
    'inaktiv',
    'Ehemalige',
  ])
    t.strictSame(await state(word), [true], word)
  t.strictSame(await state('verzogen?'), [
    'warning 15 "verzogen?" is no status we know: Eva Kunz is read as one who is here',
  ])
})

t.test('ASV: whom classes of leavers hold, whatever the size of the letters', async (t) => {
  const reading = await read([
    'Klasse;Familienname;Vornamen',
    'abgang 2025;Weg;Willi',
    'ABGANG;Weg;Wolf',
    '_x;Weg;Wim',
    'Abgangsklasse;Da;Dora',
    '7a;Da;Dirk',
  ])
  t.strictSame(
    reading.people.map(({ given }) => given),
    ['Dora', 'Dirk'],
  )
})

t.test('two files of one name are refused: no answer could tell them apart', async (t) => {
  const one = fileOf('schueler.csv', 'Vorname;Nachname;Klasse', 'Eva;Kunz;5a')
  await t.rejects(readFiles([one, one]), {
    code: 'USAGE',
    message: 'Two of the files are called schueler.csv',
    hint: /rename one/,
  })
})
