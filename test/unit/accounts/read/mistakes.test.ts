import t from 'tap'
import { isBoxError } from '../../../../agent/errors.ts'
import { read, told } from '../../../support/people-lines.ts'

/** Everything that goes wrong with files of people: told at its place, with the value and what to do. */

const head = 'Import-ID;Nachname;Vorname;Klasse;Geburtsdatum'

t.test('every mistake of a file in one pass', async (t) => {
  const reading = await read([
    head,
    '1;Müller;Jürgen;5a;31.02.2014',
    '2;MÃ¼ller;JÃ¼rgen;5a;1.2.2014',
    '2;Meier;Eva;5a;03/04/2014',
    '4;12.03.2013;Anna;5a;',
    '5;5b;Anna;5b;',
    '6;anna@example.org;Anna;5b;',
    '7;Schmidt;Anna;12.03.2013;',
    '8;M?ller;Anna;5b;',
    '9;;Anna;5b;',
    '10;Kunz;;5b;',
    '11;;;5b;',
    '12;Kurz;Karl;10. Jan;',
    '1,2E+10;Kern;Karl;5b;',
    '14;Kahl2;Karl;5b;',
    '15;Klar;Karl;;',
    '16;Gut;Gerd;5b;1.1.2014',
  ])
  t.strictSame(told(reading), [
    'error 2:20 birth 31.02.2014 is not a day of the calendar',
    'error 3:3 surname MÃ¼ller was once Müller',
    'error 3:11 given JÃ¼rgen was once Jürgen',
    'error 4:1 id id 2 stands in line 3 already',
    'error 4:16 birth 03/04/2014 does not tell the day from the month',
    'error 5:3 surname 12.03.2013 is a date, where a name should be',
    'error 6:3 surname 5b looks like a class, where a name should be',
    'error 7:3 surname anna@example.org is a mail address, where a name should be',
    'error 8:16 class 12.03.2013 is a date, where a class should be',
    'error 9:3 surname "M?ller" has lost a letter on its way',
    'warning 10:3 surname Anna has no surname',
    'error 11:9 given Kunz has no given name',
    'error 12:4 surname nobody is named here',
    'error 13:14 class "10. Jan" is what a spreadsheet makes of a value it takes for a date',
    'error 14:1 id "1,2E+10" is what a spreadsheet makes of a value it takes for a number',
    'error 15:4 surname Kahl2 has a digit, which no name has',
    'warning 16:14 class Karl Klar has no class',
  ])
  t.strictSame(
    reading.people.map(({ id }) => id),
    ['9', '15', '16'],
    'rows with an error are not among the people',
  )
  t.strictSame(
    reading.problems.filter(({ hint = '' }) => hint === ''),
    [],
    'each says what to do',
  )
})

t.test('ids and people given twice', async (t) => {
  const reading = await read([head, '1;Kunz;Eva;5a;1.2.2014', '1;Kurz;Ada;5a;', '3;Kunz;Eva;5b;1.2.2014'])
  t.strictSame(told(reading), [
    'error 3:1 id id 1 already belongs to Eva Kunz (line 2)',
    'warning 4:3 surname Eva Kunz stands in line 2 already, born on the same day',
  ])
  const nameless = await read(['Nachname;Vorname;Klasse', 'Kunz;Eva;5a', 'Kunz;Eva;5a', 'Kunz;Eva;5b'])
  t.strictSame(told(nameless), ['error 3:1 surname Eva Kunz stands in line 2 already'])
})

t.test('what is wrong with a whole column is said once', async (t) => {
  const rows = Array.from(
    { length: 300 },
    (_, index) => `${index};${String(1 + (index % 28)).padStart(2, '0')}.03.2013;Anna${'x'.repeat(index % 7)};5a;`,
  )
  const reading = await read([head, ...rows])
  t.equal(reading.problems.length, 1)
  t.match(reading.problems, [
    { line: 2, column: 3, message: '01.03.2013 is a date, where a name should be, and so it is in 299 further lines' },
  ])
  const classless = await read(['Nachname;Vorname;Klasse', 'Kunz;Eva;', 'Kurz;Ada;'])
  t.strictSame(told(classless), ['error 2: class column Klasse is empty in all lines: no pupil has a class'])
})

t.test('never more problems than help', async (t) => {
  const rows = Array.from({ length: 3000 }, (_, index) =>
    index % 3 === 0 ? `${index};Kunz;;5a;` : `${index};Kunz;E${'va'.repeat(index % 50)};5a;1.1.19${10 + (index % 90)}`,
  )
  const { problems } = await read([head, ...rows])
  t.equal(problems.length, 501)
  t.match(problems.at(-1), { severity: 'warning', message: /more problems in this file; these are the first 500/ })
})

t.test('columns that are missing, or not seen', async (t) => {
  t.match(await read(['Vorname;Klasse;Foo', 'Eva;5a;x']), {
    format: 'iserv',
    problems: [
      {
        severity: 'error',
        line: 1,
        message: 'no column holds surnames; the first line has 1 Vorname, 2 Klasse, 3 Foo',
        hint: /--map COLUMN=surname/,
      },
    ],
  })
  t.match(await read(['Vorname Nachname Klasse', 'Eva Kunz 5a'], { format: 'iserv' }), {
    problems: [{ message: /no column holds names/, hint: /Only one column is seen/ }],
  })
  t.match(await read(['Vorname;Nachname', 'Eva;Kunz']), {
    problems: [{ message: /pupils, teachers or others/, hint: /--role/ }],
  })
  t.match(await read(['Vorname;Nachname;Klasse']), { problems: [{ message: 'nobody stands in this file' }] })
  t.match(await read(['Eva;Kunz;5a']), {
    format: 'unknown',
    problems: [
      {
        message: 'this is no kind of file we know; it begins with "Eva;Kunz;5a"',
        hint: /--map 1=surname/,
      },
    ],
  })
  t.match(await read(['']), { format: 'unknown', problems: [{ message: 'the file is empty' }] })
})

t.test('columns as the user says they are', async (t) => {
  const rows = ['Kunz;Eva;5a;17', 'Kurz;Ada;5b;18']
  const byNumber = await read(rows, { format: 'iserv', columns: { 1: 'surname', 2: 'given', 3: 'class', 4: 'id' } })
  t.match(byNumber, {
    header: false,
    mapped: [{ name: '1', field: 'surname' }, {}, {}, { name: '4', field: 'id' }],
  })
  t.match(byNumber.people, [
    { id: '17', surname: 'Kunz', given: 'Eva', classes: ['5a'] },
    { id: '18', surname: 'Kurz' },
  ])
  const byName = await read(['Vorname;Rufname;Nachname;Stufe;LK', 'Eva Maria;Eva;Kunz;5;5a'], {
    columns: { Rufname: 'given', LK: 'class', Stufe: 'ignore' },
  })
  t.match(byName.people, [{ given: 'Eva', classes: ['5a'] }])
  t.strictSame(byName.ignored, ['Vorname', 'Stufe'])
  const unknown = await read(['Vorname;Nachname;Klasse', 'Eva;Kunz;5a'], { columns: { Rufnahme: 'given', 9: 'mail' } })
  t.strictSame(
    told(unknown).map((one) => one.replace(/ Did.*/, '')),
    ['error 1: 9 there is no column "9"', 'error 1: Rufnahme there is no column "Rufnahme"'],
  )
})

t.test('a mapping that cannot be followed is not kept quiet', async (t) => {
  const reading = await read(['7a;Müller;Jürgen;10.11.2012;81;'], { columns: { 6: 'mail' } }, 'students.csv')
  t.match(reading, { format: 'linuxmuster', problems: [{ severity: 'warning', message: /6=mail is not read/ }] })
})

t.test('what IServ calls information may be a role', async (t) => {
  const reading = await read([
    'Vorname;Nachname;Klasse/Information',
    'Eva;Kunz;Lehrerin',
    'Lea;Kurz;5a',
    'Udo;Kahl;Sekretariat',
  ])
  t.match(reading.people, [
    { role: 'teacher', classes: [] },
    { role: 'pupil', classes: ['5a'] },
    { role: 'staff', classes: [] },
  ])
})

t.test('what people send in place of a table', async (t) => {
  const begins = async (...bytes: readonly number[]) => read(Uint8Array.from([...bytes, 0, 1, 2, 3]))
  t.match((await begins(0xd0, 0xcf, 0x11, 0xe0)).problems, [{ message: /old Excel/, hint: /CSV/ }])
  t.match((await begins(0x25, 0x50, 0x44, 0x46)).problems, [{ message: 'this is a PDF' }])
  t.match((await begins(0x1f, 0x8b)).problems, [{ message: /gzip/, hint: /ZIP/ }])
})

t.test('marks that nobody sees, and letters of web pages', async (t) => {
  const [soft] = (await read(['Nachname;Vorname;Klasse', 'M\u00adüller;\u200bEva;5a'])).people
  t.match(soft, { surname: 'Müller', given: 'Eva' })
  t.match((await read(['Nachname;Vorname;Klasse', 'M&uuml;ller;Eva;5a'])).problems, [
    { message: '"M&uuml" holds &uuml, a letter as web pages write it' },
    { message: '5a stands behind the last of the 3 columns' },
  ])
  const excel = await read(['sep=,', 'Nachname,Vorname,Klasse', 'Kunz,Eva,5a'])
  t.equal(excel.people.length, 1)
  t.match((await read(['Nachname;Vorname;Klasse', 'Kunz;Eva;"5a,5b"'])).problems, [
    { severity: 'warning', message: 'Eva Kunz is in 2 classes: 5a, 5b' },
  ])
})

t.test('a title above the header, names in one column, several things in one cell', async (t) => {
  const reading = await read([
    'Liste der 5a;;;',
    'Name;Klasse;Kurse;E-Mail',
    '"Müller-Lüdenscheidt, Jürgen";5a;Chor, Schach;A@Example.org',
    'Eva Kunz;5a;;',
  ])
  t.equal(reading.header, true)
  t.strictSame(told(reading), [])
  t.match(reading.people, [
    {
      given: 'Jürgen',
      surname: 'Müller-Lüdenscheidt',
      groups: [{ title: 'Chor' }, { title: 'Schach' }],
      mail: 'a@example.org',
      place: { line: 3 },
    },
    { given: 'Eva', surname: 'Kunz' },
  ])
})

t.test('several exports in one file, and a list of bare names', async (t) => {
  const joined = await read(['Nachname;Vorname;Klasse', 'Kunz;Eva;5a', 'Nachname;Vorname;Klasse', 'Kurz;Ada;5b'])
  t.strictSame(told(joined), [])
  t.equal(joined.people.length, 2)
  const bare = await read(['Eva Maria Kunz', 'Ada Kurz'], { columns: { 1: 'name' }, role: 'teacher' })
  t.match(bare.people, [
    { given: 'Eva Maria', surname: 'Kunz', role: 'teacher' },
    { given: 'Ada', surname: 'Kurz' },
  ])
})

t.test('files that were cut off', async (t) => {
  const whole = ['Nachname;Vorname;Klasse;Geburtsdatum', 'Künz;Eva;5a;1.2.2014', 'Kurz;Ada;5a;1.2.2014'].join('\n')
  t.strictSame(told(await read(Buffer.from(whole))), [], 'a last line without an end is whole')
  t.match(
    told(await read(Buffer.from(whole.slice(0, -12)))),
    ['error 3: the file ends in the middle of a line'].map((text) => text.replace('3: ', '3:  ')),
  )
  t.strictSame(
    told(await read(Buffer.from(whole.slice(0, -18)))),
    ['error 3:  the file ends in the middle of a line'],
    'that the rest is missing is said once',
  )
  t.match((await read(Buffer.from(`${whole}\nKahl;"Udo`))).problems, [
    { line: 4, column: 6, message: 'a quote is opened here and never closed' },
  ])
  t.match((await read(Buffer.from(`${whole}\nKahl;J\u00fc`).subarray(0, -1))).problems, [
    { message: /middle of a line/ },
    { message: /lost a letter/ },
  ])
})

t.test('letters that cannot be: NUL, half of a pair, far too long', async (t) => {
  const reading = await read(['Nachname;Vorname;Klasse', 'Ku\u0000nz;Eva;5a', `${'x'.repeat(300)};Ada;5a`, 'Ok;Ok;5a'])
  t.match(reading.problems, [
    { line: 2, message: /cannot be printed/ },
    { line: 3, message: /longer than 200 characters/ },
  ])
  const half = Buffer.concat([
    Buffer.from('\uFEFFNachname;Vorname;Klasse\nKunz;Eva', 'utf16le'),
    Buffer.from([0x3d, 0xd8]),
    Buffer.from(';5a\n', 'utf16le'),
  ])
  t.match((await read(half)).problems, [{ line: 2, message: /lost a letter/ }])
})

t.test('names as they are are no mistakes', async (t) => {
  const names = [
    'Đặng;Nguyễn Thị',
    "O'Neill;Seán",
    'von und zu Guttenberg;Karl-Theodor',
    'Ђурић;Ђорђе',
    'عبد الله;محمد',
    'D´Angelo;Ímogen',
    'Ng;Á',
    'Sø;Bjørn Ære',
    'İnce;Çağla',
    'Große Brauckmann;Änne',
    'Gal·la;Anna „Änni“',
    'O’Neill;Zoë–Ann',
  ]
  const reading = await read(['Nachname;Vorname;Klasse', ...names.map((name) => `${name};5a`)])
  t.strictSame(told(reading), [])
  t.equal(reading.people.length, names.length)
  const [decomposed] = (await read(['Nachname;Vorname;Klasse', 'Mu\u0308ller;Eva;5a'])).people
  t.equal(decomposed?.surname, 'M\u00fcller', 'letters of two parts become one')
})

t.test('a format that does not exist is told at once', async (t) => {
  const refusal = await read([head], { format: 'shild' }).catch((error: unknown) => error)
  t.ok(isBoxError(refusal, 'USAGE'))
  t.match(refusal, { message: 'There is no format "shild". Did you mean "schild"?', hint: /oneroster/ })
})
