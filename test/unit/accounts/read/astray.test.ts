import t from 'tap'
import { read, told } from '../../../support/people-lines.ts'

/** Rows, columns and letters that went astray between the program and us: nobody is lost or renamed without a word. */

t.test('signs of another encoding in names, where the whole file does not tell which', async (t) => {
  const reading = await read(['Nachname;Vorname;Klasse', 'Gro§;Eva;5a', 'Kunz;K„the;5a', 'Müller;Jürgen;5a'])
  t.strictSame(told(reading), [
    'error 2:1 surname "Gro§" holds §, which stands in no name',
    'error 3:6 given "K„the" holds „, which stands in no name',
  ])
  t.match(reading.problems, [{ hint: /Macintosh or MS-DOS/ }, {}])
})

t.test('a list of a Macintosh is read as one', async (t) => {
  const mac = Buffer.from('Nachname;Vorname;Klasse\rM\u009fller;K\u008athe;5a\rGro\u00a7;Eva;5a\r', 'latin1')
  t.match(await read(mac), {
    encoding: 'Macintosh',
    problems: [],
    people: [
      { surname: 'Müller', given: 'Käthe', place: { line: 2 } },
      { surname: 'Groß', place: { line: 3 } },
    ],
  })
})

t.test('a quote left over takes nobody away', async (t) => {
  const pupils = Array.from({ length: 60 }, (_, index) => `${index};Kunz;Eva${'x'.repeat(index)};5a;Am Hang ${index}`)
  const lines = ['Import-ID;Nachname;Vorname;Klasse;Straße', ...pupils]
  const quoted = (numbers: readonly number[], change: (street: string) => string) =>
    lines.map((line, index) => (numbers.includes(index) ? line.replace(/Am.*/, change) : line))
  const last = '60;Kurz;"Ada";5b;'
  const opened = (street: string): string => `"${street}`
  // The next quote opens a cell of its own, or closes one that nobody has opened.
  const closed = lines.map((line, index) =>
    index === 10 ? line.replace('Am', '"Am') : index === 14 ? `${line}"` : line,
  )
  for (const file of [[...quoted([10], opened), last], [...quoted([10, 14], opened), last], closed]) {
    const { people, problems } = await read(file)
    t.match(problems[0], {
      severity: 'error',
      line: 11,
      message: /takes in what belongs to other columns/,
      hint: /quote/,
    })
    t.ok(people.length >= 60, `${people.length} people are read`)
  }
  const several = await read([...lines.slice(0, 2), '1;Kurz;Ada;5a;"Am Hang 1;', '2. Stock"', ...lines.slice(3)])
  t.strictSame(told(several), [], 'a cell of several lines is one')
})

t.test('a cell too many moves all behind it', async (t) => {
  const reading = await read([
    'Import-ID;Nachname;Vorname;Klasse;',
    '1;Muster; jr.;Max;5a',
    '2;Kunz;Eva;5a;;',
    '3;Kurz;Ada;5a',
  ])
  t.strictSame(told(reading), ['error 2:19  5a stands behind the last of the 4 columns'])
  t.strictSame(
    reading.people.map(({ id }) => id),
    ['2', '3'],
  )
  const mapped = await read(['Vorname;Nachname;Klasse;;', 'Eva;Kunz;5a;eva@example.org;x'], {
    columns: { 4: 'mail', 5: 'ignore' },
  })
  t.strictSame(told(mapped), [], 'but columns without a name may be told')
  const roster = await read(
    ['sourcedId,role,givenName,familyName,email', '1,student,Ada,Kurz,', '2,student,Max,Muster, jr.,m@example.org'],
    {},
    'users.csv',
  )
  t.strictSame(
    told(roster).filter((one) => one.startsWith('error')),
    ['error 3:27  m@example.org stands behind the last of the 5 columns'],
  )
})

t.test('a list of SchILD without class and status may be of teachers', async (t) => {
  for (const column of ['E-Mail (privat)', 'E-Mail (Schule)']) {
    const list = [`Vorname;Nachname;${column}`, 'Eva;Kunz;eva@example.org']
    t.match(await read(list), { format: 'schild', people: [], problems: [{ severity: 'error', path: 'role' }] })
    t.match((await read(list, { role: 'teacher' })).people, [{ role: 'teacher' }])
  }
  t.match((await read(['Interne ID-Nummer;Vorname;Nachname;Status', '1;Eva;Kunz;2'])).people, [{ role: 'pupil' }])
})
