import t from 'tap'
import { read, told } from '../../../support/people-lines.ts'

/** Everything in one pass: no mistake hides another. */

t.test('who stands there twice is told beside everything else that is wrong with the line', async (t) => {
  const reading = await read([
    'Import-ID;Nachname;Vorname;Klasse;Geburtsdatum',
    '1;Kunz;Eva;5a;31.02.2014',
    '1;Kurz;Ada;5a;31.02.2014',
    '2;Kurz;Ada;5b;31.02.2014',
  ])
  t.strictSame(told(reading), [
    'error 2:15 birth 31.02.2014 is not a day of the calendar',
    'error 3:1 id id 1 already belongs to Eva Kunz (line 2)',
    'error 3:15 birth 31.02.2014 is not a day of the calendar',
    'warning 4:3 surname Ada Kurz stands in line 3 already, born on the same day',
    'error 4:15 birth 31.02.2014 is not a day of the calendar',
  ])
  const many = await read([
    'Import-ID;Nachname;Vorname;Klasse;Geburtsdatum',
    ...Array.from({ length: 40_000 }, (_, index) => `${index % 100};Kunz;E${'v'.repeat(index % 100)}a;5a;31.02.2014`),
  ])
  t.strictSame(
    many.problems.map(({ line, message }) => `${line} ${message}`),
    [
      '2 31.02.2014 is not a day of the calendar, and so it is in 39999 further lines',
      '102 id 0 already belongs to Ea Kunz (line 2), and so it is in 39899 further lines',
    ],
  )
})

t.test('a mistake in the header hides none of the rows', async (t) => {
  t.strictSame(
    told(await read(['Vorname;Nachname;Geburtsdatum', 'Eva;Kunz;31.02.2014', 'Eva;M?ller;1.2.2014', 'Ada;Kurz'])),
    [
      'error 1: role nothing tells whether these are pupils, teachers or others',
      'error 2:10 birth 31.02.2014 is not a day of the calendar',
      'error 3:5 surname "M?ller" has lost a letter on its way',
      'error 4:  this line ends after 2 values; it needs 3, up to Geburtsdatum',
    ],
  )
  const mistyped = await read(['Vorname;Nachname;Klasse;Geb', 'Eva;Kunz;5a;1.2.2014', 'Eva;Kunz2;5a;1.2.2014'], {
    columns: { Gebb: 'birth' },
  })
  t.strictSame(told(mistyped), [
    'error 1: Gebb there is no column "Gebb". Did you mean "Geb"?',
    'error 3:5 surname Kunz2 has a digit, which no name has',
  ])
  t.strictSame(mistyped.people, [])
  const nameless = await read(['Vorname;Foo;Klasse', 'Eva;Kunz;31.12.2014'])
  t.match(told(nameless), [/no column holds surnames/, /31\.12\.2014 is a date, where a class should be/])
  t.equal(nameless.problems.length, 2, 'that nobody has a surname is said once')
})

t.test('a role that nobody knows hides nothing else of the line', async (t) => {
  t.strictSame(told(await read(['Vorname;Nachname;Rolle;E-Mail;Geburtsdatum', 'Eva;M?ller;Zauberer;eva;31.02.2014'])), [
    'error 2:5 surname "M?ller" has lost a letter on its way',
    'error 2:12 role Zauberer is no role we know',
    'warning 2:21 mail eva is no mail address, and left out',
    'error 2:25 birth 31.02.2014 is not a day of the calendar',
  ])
})

t.test('mistyped names of columns: what they were to be, and what file it would be then', async (t) => {
  t.match((await read(['Vornahme;Nachname;Klase', 'Eva;Kunz;5a'])).problems, [
    {
      message: /no kind of file we know/,
      hint: /^Did you mean "Vorname" for "Vornahme", "Klasse" for "Klase"\? Then it is CSV mit Spaltennamen .*\(iserv\)\. .*--map Vornahme=given --map Klase=class$/,
    },
  ])
  t.match((await read(['SchuelerRufnahme;SchuelerNachnahme;GruppeBezeichung', 'Eva;Kunz;5a'])).problems, [
    { hint: /"Schuelerrufname" for "SchuelerRufnahme".*Then it is DaNiS \(danis\)/ },
  ])
  const half = await read(['Vorname;Nachname;Klase;Status;Straße', 'Eva;Kunz;5a;2;Ring 1'], { format: 'schild' })
  t.strictSame(told(half), ['warning 1:18 class column Klase is not read. Did you mean "Klasse"?'])
  t.match(half.problems, [{ hint: 'Say it: --map Klase=class; or --map Klase=ignore, if it is something else.' }])
  const ignored = await read(['Vorname;Nachname;Klase;Status', 'Eva;Kunz;5a;2'], {
    format: 'schild',
    columns: { Klase: 'ignore' },
  })
  t.strictSame(told(ignored), [])
  t.match((await read(['Eva;Kunz;5a'])).problems, [{ hint: /--map 1=surname/ }])
})
