import t from 'tap'
import { readFiles } from '../../../support/people-lines.ts'

t.test('a name alone joins no two rows to one parent', async (t) => {
  const text = [
    'Vorname;Nachname;Kind-ID;E-Mail',
    'Eva;Wolf;10;eva@example.org',
    'Thomas;Müller;100;',
    'Eva;Wolf;11;eva@example.org',
    'Thomas;Müller;200;',
  ].join('\n')
  const [reading] = await readFiles([{ file: 'eltern.csv', bytes: Buffer.from(text) }], { columns: {} })
  t.strictSame(
    reading?.people.map(({ given, children }) => [given, children]),
    [
      ['Eva', ['10', '11']],
      ['Thomas', ['100']],
      ['Thomas', ['200']],
    ],
  )
  t.match(reading?.problems, [
    { severity: 'warning', line: 5, path: 'mail', message: /Thomas Müller is taken for somebody else than in line 3/ },
  ])
})
