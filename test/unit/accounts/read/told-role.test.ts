import t from 'tap'
import { read, readFiles, told } from '../../../support/people-lines.ts'

/** Who people are: told by the file, else by the user, and never both in contradiction. */

const row = 'x;Muster;Eva;01.01.1970;muev;;'
const lehrer = ['lehrer;Muster;Eva;01.01.1970;muev;;', 'lehrer;Öhler;Jörg;02.01.1970;;;']

t.test('linuxmuster: by name, by the first column, by --role', async (t) => {
  t.match(await read(lehrer, {}, 'lehrer.csv'), {
    problems: [],
    covers: ['teacher'],
    people: [{ role: 'teacher', wishedLogin: 'muev', classes: [] }, { role: 'teacher' }],
  })
  t.match(await read([row], { format: 'linuxmuster', role: 'teacher' }, 'kollegium.csv'), {
    problems: [],
    people: [{ role: 'teacher', wishedLogin: 'muev', classes: [] }],
  })
  t.match(await read([row], { role: 'staff' }, 'teachers.csv'), {
    people: [],
    problems: [
      {
        severity: 'error',
        message: '--role staff contradicts this file, which says itself that these are teachers',
        hint: /Leave --role out/,
      },
    ],
  })
  t.match((await read(lehrer, { role: 'pupil' }, 'lehrer.csv')).problems, [
    { message: /says itself that these are teachers/ },
  ])
  t.match((await read(['7a;Kunz;Eva;1.2.2012;7;'], {}, 'x.csv')).people, [{ role: 'pupil', id: '7', classes: ['7a'] }])
})

t.test('teachers among pupils are no class', async (t) => {
  const reading = await read(['7a;Kunz;Eva;1.2.2012;7;', lehrer[0] ?? ''], {}, 'liste.csv')
  t.strictSame(told(reading), ['error 2:1 class lehrer is no class, but what somebody is'])
  t.match(reading.problems, [{ hint: /--role teacher/ }])
  t.match((await read(['gast;Smith;John;10.11.2010;smithjo;77;'], {}, 'extrastudents.csv')).people, [
    { classes: ['gast'] },
  ])
})

t.test('--role is for the files that do not tell it, whatever stands beside', async (t) => {
  const readings = await readFiles(
    [
      { file: 'students.csv', bytes: Buffer.from('7a;Kunz;Eva;1.2.2012;7;\n') },
      { file: 'liste.csv', bytes: Buffer.from('Vorname;Nachname\nErika;Weber\n') },
    ],
    { role: 'teacher' },
  )
  t.strictSame(readings.flatMap(told), [])
  t.match(readings, [{ people: [{ role: 'pupil' }] }, { people: [{ role: 'teacher' }] }])
})

t.test('lists of pupils only are of nobody else', async (t) => {
  const danis = ['SchuelerIdentNummer;SchuelerRufname;SchuelerNachname;GruppeBezeichnung', '1;Eva;Kunz;5a']
  t.match((await read(danis, { role: 'teacher' })).problems, [{ severity: 'error', message: /these are pupils/ }])
  const asv = ['Klasse;Familienname;Vornamen', '5a;Kunz;Eva']
  t.match((await read(asv, { role: 'parent' })).problems, [{ severity: 'error', message: /these are pupils/ }])
})
