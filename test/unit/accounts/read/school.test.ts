import t from 'tap'
import { type PeopleFile } from '../../../../agent/accounts/read/read.ts'
import { readFiles } from '../../../support/people-lines.ts'
import type { PersonRecord, Reading } from '../../../../agent/accounts/read/record.ts'
import { generatedPeople, type Somebody } from '../../../support/people.ts'
import {
  iservParents,
  iservPupils,
  iservTeachers,
  linuxmusterStudents,
  linuxmusterTeachers,
  oneRoster,
  schildClasses,
  schildPupils,
  schildTeachers,
} from '../../../support/people-files.ts'

/** A school of 2,000 as the programs of offices write it comes out as it is. */

const school = generatedPeople({ parents: true })

const fileOf = (file: string, text: string): PeopleFile => ({ file, bytes: Buffer.from(text) })

type Part = keyof Somebody & keyof PersonRecord

function expected(role: Somebody['role'], ...parts: readonly Part[]): readonly unknown[] {
  const people = school.people.filter((somebody) => somebody.role === role)
  return people.map((somebody) => parts.map((part) => somebody[part]))
}

function found(reading: Reading | undefined, ...parts: readonly Part[]): readonly unknown[] {
  return (reading?.people ?? []).map((person) => parts.map((part) => person[part]))
}

const errorsOf = (readings: readonly Reading[]) =>
  readings.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error')

t.test('SchILD-NRW', async (t) => {
  const readings = await readFiles([
    fileOf('schueler.csv', schildPupils(school)),
    fileOf('lehrer.csv', schildTeachers(school)),
    fileOf('Klassen.dat', schildClasses(school)),
  ])
  const [pupils, teachers, classes] = readings
  t.strictSame(errorsOf(readings), [])
  const parts = ['id', 'given', 'surname', 'birth', 'classes', 'mail'] as const
  t.strictSame(found(pupils, ...parts), expected('pupil', ...parts))
  t.strictSame(found(teachers, 'id', 'given', 'surname'), expected('teacher', 'id', 'given', 'surname'))
  t.strictSame(
    classes?.groups.map(({ title, successor, year }) => ({ title, successor, year })),
    school.classes.map(({ title, successor, year }) => ({ title, successor, year })),
  )
  t.strictSame(
    readings.flatMap(({ covers }) => covers),
    ['pupil', 'teacher'],
  )
})

t.test('IServ', async (t) => {
  const pupils = await readFiles([
    fileOf('schueler.csv', iservPupils(school)),
    fileOf('eltern.csv', iservParents(school)),
  ])
  t.strictSame(errorsOf(pupils), [])
  t.strictSame(
    found(pupils[0], 'id', 'given', 'surname', 'classes'),
    expected('pupil', 'id', 'given', 'surname', 'classes'),
  )
  t.strictSame(
    pupils[0]?.people.map(({ groups }) => groups.map(({ title }) => title)),
    school.people.filter(({ role }) => role === 'pupil').map(({ courses }) => courses),
  )
  const children = (people: readonly { readonly children: readonly string[] }[] = []) =>
    people.flatMap((one) => one.children).toSorted()
  t.strictSame(children(pupils[1]?.people), children(school.people))

  const file = fileOf('lehrer.csv', iservTeachers(school))
  const [asPupils] = await readFiles([file])
  t.match(
    asPupils?.problems,
    [{ severity: 'error', message: /no pupil has a class/ }],
    'teachers are not taken for pupils',
  )
  const [teachers] = await readFiles([file], { role: 'teacher' })
  t.strictSame(errorsOf(teachers === undefined ? [] : [teachers]), [])
  t.strictSame(found(teachers, 'id', 'given', 'surname'), expected('teacher', 'id', 'given', 'surname'))
})

t.test('linuxmuster.net', async (t) => {
  const readings = await readFiles([
    fileOf('students.csv', linuxmusterStudents(school)),
    fileOf('teachers.csv', linuxmusterTeachers(school)),
  ])
  t.strictSame(errorsOf(readings), [])
  const parts = ['id', 'given', 'surname', 'birth', 'classes'] as const
  t.strictSame(found(readings[0], ...parts), expected('pupil', ...parts))
  t.strictSame(found(readings[1], 'given', 'surname', 'birth'), expected('teacher', 'given', 'surname', 'birth'))
})

t.test('OneRoster', async (t) => {
  const readings = await readFiles(Object.entries(oneRoster(school)).map(([file, text]) => fileOf(file, text)))
  t.strictSame(errorsOf(readings), [])
  const users = readings.find(({ file }) => file === 'users.csv')
  t.match(users, { title: 'OneRoster 1.1', covers: ['pupil', 'teacher', 'parent'] })
  const byId = new Map(users?.people.map((person) => [person.id, person]))
  const wrong = school.people.filter((somebody) => {
    const person = byId.get(somebody.id)
    const same = (one: readonly string[] = [], other: readonly string[] = []) =>
      one.toSorted().join('|') === other.toSorted().join('|')
    return !(
      same(person?.classes, somebody.classes) &&
      same(
        person?.groups.map(({ title }) => title),
        somebody.courses,
      ) &&
      same(person?.leads, somebody.leads) &&
      same(person?.children, somebody.children) &&
      person?.surname === somebody.surname
    )
  })
  t.equal(users?.people.length, school.people.length)
  t.strictSame(wrong, [])
})
