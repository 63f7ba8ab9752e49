import t from 'tap'
import { read, readFiles, told } from '../../../support/people-lines.ts'

/** What exports of other programs hold beside the plain case: several shapes of one thing, and values that were changed on the way. */

const fileOf = (file: string, ...lines: readonly string[]) => ({ file, bytes: Buffer.from(`${lines.join('\n')}\n`) })

t.test('a list that yields no id or no class says so, and offers the column that may be meant', async (t) => {
  const bare = await read(['Vorname;Nachname;Schülernummer;Lerngruppenklasse', 'Eva;Kunz;7;5a', 'Ada;Kurz;8;5a'], {
    role: 'pupil',
  })
  t.match(bare.problems, [
    { severity: 'warning', path: 'id', message: /^nobody in this file has an id/, hint: /--map Schülernummer=id/ },
    { severity: 'warning', path: 'class', message: /^no pupil .* class/, hint: /--map Lerngruppenklasse=class/ },
  ])
  t.match((await read(['Vorname;Nachname;Klasse', 'Eva;Kunz;5a'])).problems, [{ path: 'id', hint: /^Export the id/ }])
  t.strictSame((await read(['ID;Vorname;Nachname;Klasse', '1;Eva;Kunz;5a'])).problems, [])
  const teachers = ['Kürzel;Vorname;Nachname', 'KU;Eva;Kunz', 'KZ;Ada;Kurz']
  t.match((await read(teachers, { role: 'teacher' })).problems, [{ path: 'id', hint: /--map Kürzel=id/ }])
  const known = await read(teachers, { role: 'teacher', columns: { Kürzel: 'id' } })
  t.strictSame([known.people.map(({ id }) => id), known.problems], [['KU', 'KZ'], []])
  t.strictSame((await read(['Vorname;Nachname', 'Eva;Kunz'], { role: 'teacher' })).problems, [])
})

t.test('several classes in one cell, whatever is between them', async (t) => {
  const classesOf = async (cell: string, head = 'ID;Nachname;Vorname;Klasse') =>
    (await read([head, `1;Kunz;Eva;${cell}`])).people[0]?.classes
  t.strictSame(await classesOf('7a+7b'), ['7a', '7b'])
  t.strictSame(await classesOf('7a + 7a + 7a'), ['7a'])
  t.strictSame(await classesOf('Q1/Q2'), ['Q1', 'Q2'])
  t.strictSame(await classesOf('7a & 7b'), ['7a', '7b'])
  t.strictSame(await classesOf('7a~7b'), ['7a', '7b'])
  // Two years in one class have such names.
  for (const one of ['5/6', '1/2a', '1+2a', 'JÜL 1+2', 'A/B']) t.strictSame(await classesOf(one), [one])
  const cloud = [
    'firstName;lastName;email;class',
    'Eva;Kunz;eva@example.org;Füchse+Igel',
    'Ada;Kurz;a@example.org;Igel+Igel',
  ]
  t.match((await read(cloud)).people, [{ classes: ['Füchse', 'Igel'] }, { classes: ['Igel'] }])
})

t.test('what a spreadsheet has made of a value is an error in every column, and says so', async (t) => {
  const reading = await read([
    'ID;Nachname;Vorname;Klasse;Jahrgang;Gruppen;Account;Passwort;Geburtsdatum',
    '1;Kunz;Eva;7E+02;7;Chor;kunz;geheim99;1.2.2014',
    '2;Kurz;Ada;"7,00E+02";05. Jun;Chor, 10. Okt;4E+03;9E+10;#####',
    '8,5E+11;Kern;Jan 10;Mai 10;7;#NAME?;kern;geheim99;1.2.2014',
    '12.05.2026;Klar;Mai;7e1;7;7E1;klar;geheim99;12. Mai 2014',
  ])
  t.strictSame(
    reading.problems.map(({ severity, line, path }) => `${severity} ${line} ${path}`),
    [
      'error 2 class',
      'error 3 class',
      'error 3 year',
      'error 3 groups',
      'error 3 login',
      'error 3 password',
      'error 3 birth',
      'error 4 id',
      'error 4 given',
      'error 4 class',
      'error 4 groups',
      'error 5 id',
    ],
  )
  t.ok(reading.problems.every(({ message, hint = '' }) => /spreadsheet|is a date/.test(message) && hint !== ''))
  t.notMatch(JSON.stringify(reading.problems), /9E\+10/, 'no password is told')
  t.match(
    await read(['ID;Nachname;Vorname;Klasse', '1;Kunz;Eva;7e1', '2;Mai;May;7a']),
    { people: [{ classes: ['7e1'] }, { surname: 'Mai' }], problems: [] },
    'what only looks like it is left alone',
  )
  t.match((await read(['"7E+02","7d"'], {}, 'GPU005.TXT')).problems, [{ severity: 'error', message: /spreadsheet/ }])
})

t.test('OneRoster: classes of one title are what their ids are', async (t) => {
  const head = 'sourcedId,title,classCode,classType,schoolSourcedId'
  const files = (...classes: readonly string[]) => [
    fileOf('orgs.csv', 'sourcedId,name,type', 'n,Nordschule,school', 's,Südschule,school'),
    fileOf('classes.csv', head, ...classes),
    fileOf(
      'users.csv',
      'sourcedId,enabledUser,role,givenName,familyName',
      'u1,1,student,Eva,Kunz',
      'u2,TRUE,student,Ada,Kurz',
      'u3,0,student,Udo,Kahl',
      't1,true,teacher,Ina,Ost',
    ),
    fileOf(
      'enrollments.csv',
      'sourcedId,classSourcedId,userSourcedId,role,primary',
      'e1,c1,u1,student,',
      'e2,c2,u2,student,',
      'e3,c2,t1,teacher,true',
    ),
  ]
  const [orgs, classes, users] = await readFiles(
    files('c1,Stamm,A,homeroom,n', 'c2,Stamm,B,homeroom,n', 'c3,Stamm,A,homeroom,s'),
  )
  t.strictSame(orgs?.ignored, [])
  t.match(classes?.groups, [
    { id: 'c1', title: 'Stamm (Nordschule, A)' },
    { id: 'c2', title: 'Stamm (Nordschule, B)' },
    { id: 'c3', title: 'Stamm (Südschule, A)' },
  ])
  t.match(classes?.problems, [
    { severity: 'warning', line: 2, message: /^3 groups are called Stamm: they become "?Stamm \(Nordschule, A\)/ },
  ])
  t.match(users?.people, [
    { classes: ['Stamm (Nordschule, A)'], left: false },
    { classes: ['Stamm (Nordschule, B)'], left: false },
    { left: true },
    { classes: ['Stamm (Nordschule, B)'], leads: ['Stamm (Nordschule, B)'] },
  ])
  const [, byCode] = await readFiles(files('c1,Mathe,A,scheduled,n', 'c2,mathe,B,scheduled,n'))
  t.strictSame(
    byCode?.groups.map(({ title }) => title),
    ['Mathe (A)', 'mathe (B)'],
  )
  const [, byId] = await readFiles(files('c1,7a,,homeroom,n', 'c2,7 A,,homeroom,n', 'c3,7a (c9),,homeroom,n'))
  t.strictSame(
    byId?.groups.map(({ title }) => title),
    ['7a (c1)', '7 A (c2)', '7a (c9)'],
  )
})

t.test('SchulConneX: the id is found in every shape that producers send', async (t) => {
  const name = { familienname: 'Kunz', vorname: 'Eva' }
  const group = { gruppe: { id: 'g', bezeichnung: '7a', typ: 'Klasse' }, gruppenzugehoerigkeit: { rollen: ['Lern'] } }
  const contexts = [{ id: 'k', rolle: 'Lern', gruppen: [group] }]
  const shapes: readonly unknown[] = [
    [{ pid: 'p', person: { name }, personenkontexte: contexts }],
    { pid: 'p', person: { name }, personenkontexte: contexts },
    [{ person: { pid: 'p', name }, personenkontexte: contexts }],
    [{ person: { id: 'p', name }, personenkontexte: contexts }],
    [{ pid: 'p', name, personenkontexte: contexts }],
    { personen: [{ pid: 'p', person: { name }, personenkontexte: contexts }] },
  ]
  for (const shape of shapes) {
    const reading = await read(Buffer.from(JSON.stringify(shape)), {}, 'a.json')
    t.match(reading, { format: 'schulconnex', people: [{ id: 'p', surname: 'Kunz', classes: ['7a'] }], problems: [] })
  }
  const flat = { personen: [{ pid: 'p', name }], personenkontexte: [{ id: 'k', person: 'p', rolle: 'Lern' }] }
  t.match((await read(Buffer.from(JSON.stringify(flat)), {}, 'a.json')).people, [{ id: 'p', role: 'pupil' }])
})

t.test('SchulConneX: groups of one title are what their ids are', async (t) => {
  const entry = (pid: string, id: string, orgid: string) => ({
    pid,
    person: { name: { familienname: pid, vorname: 'Eva' } },
    personenkontexte: [{ rolle: 'Lern', gruppen: [{ gruppe: { id, orgid, bezeichnung: '7a', typ: 'Klasse' } }] }],
  })
  const reading = await read(Buffer.from(JSON.stringify([entry('A', 'g1', 'n'), entry('B', 'g2', 's')])), {}, 'a.json')
  t.match(reading.people, [{ classes: ['7a (n)'] }, { classes: ['7a (s)'] }])
  t.match(reading.problems, [{ severity: 'warning', message: /^2 groups are called 7a/ }])
})

t.test('Untis: lessons without a place in the week are one warning, the rest is read', async (t) => {
  const lines = ['7;"Q2";"KU";"MU";"";0;0;;', '8;"Q2";"KU";"MU";"";;;;', '9;"05A";"KU";"MU";"R1";2;0;;']
  for (const file of ['GPU001.TXT', 'stundenplan.txt']) {
    const reading = await read(lines, {}, file)
    t.match(reading.timetable?.lessons, [{ number: '9', day: 2, hour: 0 }])
    t.equal(reading.timetable?.lessons.length, 1)
    t.strictSame(told(reading), [
      'warning 1:21 day lesson 7 (MU, Q2, KU) has no day or no hour: it is not in the timetable, and so it is of 1 further lines',
    ])
  }
})

t.test('the list of users and that of groups together make everybody once', async (t) => {
  const users = fileOf(
    'benutzer.csv',
    'Account;Vorname;Nachname;Import-ID;UUID;Klasse/Information;Benutzertyp',
    'eva.kunz;Eva;Kunz;77;u-1;5a;Schüler',
    'ina.ost;Ina;Ost;;u-2;;Lehrer',
  )
  const groups = fileOf(
    'gruppen.csv',
    'Gruppe;Nachname;Vorname;Account;Klasse/Information',
    'Chor;Kunz;Eva;eva.kunz;5a',
    'Chor;Ost;Ina;ina.ost;',
    'Schach;Kunz;Eva;eva.kunz;5a',
    'Schach;Fort;Udo;udo.fort;',
  )
  for (const files of [
    [users, groups],
    [groups, users],
  ]) {
    const readings = await readFiles(files)
    t.strictSame(
      readings.flatMap(({ problems }) => problems),
      [],
    )
    const list = readings.find(({ format }) => format === 'iserv-groups')
    t.match(list?.people, [
      { id: '77', role: 'pupil', groups: [{ title: 'Chor' }, { title: 'Schach' }] },
      { given: 'Ina', role: 'teacher', groups: [{ title: 'Chor' }] },
    ])
    t.equal(list?.people.length, 2, 'who is in no list of users has no account')
  }
})

t.test('who has left in words has left, whatever program the list is of', async (t) => {
  const rows = (head: string) => [head, '1;Eva;Kunz;5a;Abgang', '2;Ada;Kurz;5a;aktiv', '3;Udo;Kahl;5a;9']
  for (const head of ['Import-ID;Vorname;Nachname;Klasse;Status', 'ID;Rufname;Familienname;Klasse;Status']) {
    const reading = await read(rows(head))
    t.strictSame(
      reading.people.map(({ left }) => left),
      [true, false, false],
      head,
    )
    t.strictSame(told(reading), ['warning 4:15 state 9 is no status we know: Udo Kahl is read as one who is here'])
  }
})
