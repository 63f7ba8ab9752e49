import t from 'tap'
import { read, readFiles, told } from '../../../support/people-lines.ts'

/** Untis: teachers, and the raw data of the timetable. */

const fileOf = (file: string, ...lines: readonly string[]) => ({ file, bytes: Buffer.from(`${lines.join('\n')}\n`) })
const teacher = (short: string, surname: string, given: string) =>
  `"${short}","${surname}"${',""'.repeat(26)},"${given}",,,,`

t.test('the classes of teachers come from the teaching, where that is given', async (t) => {
  const [teachers, teaching] = await readFiles([
    fileOf('GPU004.TXT', teacher('WEER', 'Weber', 'Erika'), teacher('KO', 'Kolb', 'Karl')),
    fileOf('GPU002.TXT', '1,4,,,"05A~05B","WEER","M","R1"', '2,"2,5",,,"05C","KO","D",', '3,,,,"05C","WEER","D",'),
    fileOf('GPU001.TXT', '9,"09Z","WEER","M","R1",1,1,,'),
  ])
  t.match(teachers?.people, [
    { id: 'WEER', classes: ['05A', '05B', '05C'] },
    { id: 'KO', classes: ['05C'] },
  ])
  t.match(teaching?.timetable, {
    lessons: [],
    teaching: [
      { number: '1', classes: ['05A', '05B'], teacher: 'WEER', subject: 'M', room: 'R1', hours: 4, place: { line: 1 } },
      { hours: 2.5 },
      { hours: null },
    ],
  })
})

t.test('lessons, rooms and subjects as they are', async (t) => {
  const [lessons, rooms, subjects] = await readFiles([
    fileOf('GPU001.TXT', '4063;"05A";"WEER";"M";"R1";2;13;0:45;', '4064;"05A";"WEER";"M";"R1";2;14;;'),
    fileOf('GPU005.TXT', '"R1";"Raum 1"'),
    fileOf('GPU006.TXT', '"M";"Mathematik"'),
  ])
  t.strictSame(
    [lessons, rooms, subjects].flatMap((one) => one?.problems ?? []),
    [],
  )
  t.match(lessons?.timetable?.lessons, [
    { number: '4063', classes: ['05A'], teacher: 'WEER', subject: 'M', room: 'R1', day: 2, hour: 13, minutes: 45 },
    { minutes: null },
  ])
  t.match(rooms?.timetable?.rooms, [{ short: 'R1', title: 'Raum 1' }])
  t.match(subjects?.timetable?.subjects, [{ short: 'M', title: 'Mathematik' }])
})

t.test('what cannot be is told where it stands, all of it', async (t) => {
  const reading = await read(
    ['1,"05A","WEER","M","R1",1,1,,', 'x,"05A","WEER","M","R1",8,first,long,', '2,"05A","WEER","M",1,2,,'],
    {},
    'GPU001.TXT',
  )
  t.strictSame(told(reading), [
    'error 2:1 number x is no number of a lesson',
    'error 2:25 day 8 is no day',
    'error 2:27 hour first is no hour of the day',
    'error 2:33 length long is no length of a lesson',
    'error 3:  this line has 8 values, where the others have 9',
  ])
  t.ok(reading.problems.every(({ hint = '' }) => hint !== ''))
  t.equal(reading.timetable?.lessons.length, 1)
  const teaching = await read(['a,many,,,"05A","WEER","M","R1"'], {}, 'GPU002.TXT')
  t.strictSame(told(teaching), [
    'error 1:1 number a is no number of a lesson',
    'error 1:3 hours many is no number of hours a week',
  ])
})

t.test('short names that the other files do not have', async (t) => {
  const [, lessons] = await readFiles([
    fileOf('GPU004.TXT', teacher('WEER', 'Weber', 'Erika')),
    fileOf('GPU001.TXT', '1,"05A","XY","M","R1",1,1,,'),
    fileOf('GPU005.TXT', '"R2","Raum 2"'),
  ])
  t.strictSame(lessons === undefined ? [] : told(lessons), [
    'warning 1:9 teacher teacher XY is not in the file that describes these',
    'warning 1:18 room room R1 is not in the file that describes these',
  ])
})

t.test('a teacher without a given name has the short one in its place', async (t) => {
  const reading = await read([teacher('MÜ2', 'Müller', ''), teacher('WEER', 'Weber', 'Erika')], {}, 'GPU004.TXT')
  t.match(reading.problems, [
    {
      severity: 'warning',
      line: 1,
      message: 'Müller has no given name; the short name MÜ2 stands in for it',
      hint: /Add given names in Untis/,
    },
  ])
  t.match(reading.people, [
    { id: 'MÜ2', given: 'MÜ', surname: 'Müller' },
    { id: 'WEER', given: 'Erika' },
  ])
})
