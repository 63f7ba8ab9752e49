import t from 'tap'
import { delimiterOf, readTable } from '../../../agent/tables/table.ts'

t.test('the separator is what lines have equally often, not what a cell is full of', async (t) => {
  const courses = ['M1,D2,E3,Bio1,Ch2,Ph1', 'M2,D1', '', 'M1,D2,E1,Sp4', 'M1,D2,E3,Bio1,Ch2,Ph1,Ge2,Sp1']
  const rows = courses.map((some, index) => `{${index}};Eva;Kunz;Q1;${some}`)
  t.equal(delimiterOf(['GUID;Vorname;Name;Klasse;KURSE', ...rows].join('\n')), ';')
  const same = rows.map((_, index) => `{${index}};Eva;Kunz;Q1;M1,D2,E3,Bio1,Ch2,Ph1`)
  t.equal(delimiterOf(['GUID;Vorname;Name;Klasse;KURSE', ...same].join('\n')), ';', 'also where all have as many')
  t.equal(delimiterOf(['Kurse der Oberstufe', 'GUID;Vorname;Name;Klasse;KURSE', ...same].join('\n')), ';')
  t.equal(delimiterOf(['7a;Kunz;Eva;1.2.2013', '7a;Kurz;Ada;1.3.2013;;', '7a;Kahl;Udo;1.4.2013;;;'].join('\n')), ';')
})

t.test('what stands in quotes separates nothing', async (t) => {
  const rows = ['Eva,Kunz,5a,"Kurs En 1;AG;Chor;Schach;Kochen"', 'Ada,Kurz,5a,"Kurs En 1;""AG"";Chor;\nSchach;Kochen"']
  t.equal(delimiterOf(['Vorname,Nachname,Klasse,Gruppen', ...rows].join('\r\n')), ',')
  t.equal(delimiterOf('"Kunz; Eva",5a'), ',')
})

t.test('a flood of quotes left over ends, and is told', async (t) => {
  const { rows, problems } = readTable(`a;b\n${'"x;"y\n'.repeat(2000)}`)
  t.equal(problems.length, 501)
  t.equal(rows.length, 251, 'each of these lines has two')
})
