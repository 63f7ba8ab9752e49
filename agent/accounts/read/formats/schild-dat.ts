import type { Row } from '../../../tables/table.ts'
import { birthOf } from '../birth.ts'
import type { Finding } from '../finding.ts'
import type { Format } from '../format.ts'
import { titleComplaints } from '../judge.ts'
import type { Part } from '../part.ts'
import type { Cells } from '../person.ts'
import { type PositionalTable, readPositional } from '../positional.ts'
import { readingOf } from '../reading.ts'
import type { Field, GroupRecord, PersonRecord, Reading } from '../record.ts'
import { misshapen } from '../widths.ts'
import { body, hasHeader, type Kind, kindOf, wholeRows, widthOf } from './schild-dat-files.ts'
import { stateOf } from './schild.ts'
import { readParents } from './schild-parents.ts'

const name = 'schild-dat'
const title = 'SchILD-NRW, Schnittstelle (.dat)'

/** Columns count from 1; the header is there to be skipped. */
const basic = [
  ['surname', 1],
  ['given', 2],
  ['birth', 3],
  ['state', 5],
  ['year', 21],
  ['class', 22],
] as const satisfies Columns

const staff = [
  ['id', 1],
  ['surname', 5],
  ['given', 6],
  ['birth', 8],
  ['mail', 15],
] as const satisfies Columns

type Columns = readonly (readonly [field: Field, number: number])[]

export const schildDat: Format = {
  name,
  title,
  about:
    'SchuelerBasisdaten.dat, SchuelerErzieher.dat, Klassen.dat, Lehrkraefte.dat and SchuelerLeistungsdaten.dat, alone or together; ' +
    'the other files of the interface are known and not read. Whoever wants no accounts for parents leaves SchuelerErzieher.dat out; parents of one ' +
    'name and one mail address, or one home, are one. Columns have bars between them, all of them, and no quotes. The name of a file tells what it is, whatever its first line. Pupils have no id there: ' +
    'whoever changes the name is to be confirmed by hand.',
  reads: [
    [
      'surname',
      'column 1 of SchuelerBasisdaten.dat, without the class behind "#"; 5 of Lehrkraefte.dat; 7 and 11 of SchuelerErzieher.dat',
    ],
    ['given', 'column 2; 6; 8 and 12'],
    ['birth', 'column 3, and 8'],
    ['state', 'column 5: 8, 9 and 10 have left, 1 is on the waiting list'],
    ['year', 'column 21'],
    ['class', 'column 22'],
    ['id', 'of teachers: column 1 of Lehrkraefte.dat, the short name'],
    ['mail', 'of teachers: column 15; of parents: columns 17 and 19'],
    ['children', 'columns 1 to 3 of SchuelerErzieher.dat'],
    ['successor', 'Folgeklasse, column 5 of Klassen.dat: what the class is called next year'],
    ['leads', 'class teachers, column 6 of Klassen.dat; course teachers, column 7 of SchuelerLeistungsdaten.dat'],
    ['groups', 'courses: column 9 of SchuelerLeistungsdaten.dat, of the last term in it'],
  ],
  fits: (part) => kindOf(part) !== undefined,
  read(parts) {
    const rows = (kind: Kind): readonly Row[] => parts.filter((part) => kindOf(part) === kind).flatMap(wholeRows)
    const courses = coursesIn(rows('marks'))
    const leads = new Map<string, string[]>()
    const lead = (teacher: string, group: string): void => {
      if (teacher !== '' && group !== '') leads.set(teacher, [...new Set([...(leads.get(teacher) ?? []), group])])
    }
    for (const { cells } of rows('classes')) lead(cells[5]?.text ?? '', cells[0]?.text ?? '')
    for (const { teacher, course } of courses) lead(teacher, course)
    const ofPupil = Map.groupBy(courses, ({ pupil }) => pupil)

    const readers: Readonly<Record<Kind, (part: Part) => Reading>> = {
      pupils: (part) => withPeople(readRowsOf(part, pupils), (person) => ({ ...person, groups: coursesOf(person) })),
      teachers: (part) =>
        withPeople(readRowsOf(part, teachers), (person) => ({ ...person, leads: leads.get(person.id ?? '') ?? [] })),
      parents: (part) => readParents(part, about, body(part), widthOf(part)),
      classes: readClasses,
      marks: (part) =>
        readingOf(part, about, {
          ...plainContent(part),
          findings: [...shapesOf(part), ...titleComplaints(wholeRows(part), 8)],
        }),
      other: (part) => readingOf(part, about, { ...plainContent(part), ignored: [part.name], findings: [] }),
    }
    const coursesOf = ({ surname, given, birth, classes: [title = ''] }: PersonRecord): PersonRecord['groups'] => {
      const own =
        ofPupil.get(pupilKey(`${surname}#${title}`, given, birth)) ?? ofPupil.get(pupilKey(surname, given, birth))
      return [...new Set(own?.map(({ course }) => course))].map((course) => ({ title: course, kind: 'course' }))
    }
    return parts.map((part) => readers[kindOf(part) ?? 'other'](part))
  },
}

const pupils = { name, title, columns: basic, role: 'pupil', state: stateOf, adapt: withoutClass } as const
const teachers = { name, title, columns: staff, role: 'teacher' } as const

/** Where two have the same name and birth date, the class stands behind the name: `Kunz#05A`. */
function withoutClass(cells: Cells): Cells {
  const { surname } = cells
  return surname?.text.includes('#')
    ? { ...cells, surname: { ...surname, text: surname.text.replace(/#.*/, '') } }
    : cells
}

const about = { name, title }

const plainContent = (part: Part) => ({ header: hasHeader(part), rows: body(part).length })
const shapesOf = (part: Part): readonly Finding[] => misshapen(part, body(part), widthOf(part))

function readRowsOf(part: Part, kind: PositionalTable): Reading {
  return readPositional(part, { ...kind, width: widthOf(part) }, body(part), { header: hasHeader(part) })
}

function withPeople(reading: Reading, change: (person: PersonRecord) => PersonRecord): Reading {
  return { ...reading, people: reading.people.map(change) }
}

function readClasses(part: Part): Reading {
  const groups = wholeRows(part).map(({ line, cells }): GroupRecord => {
    const [internal = '', , , year = '', successor = '', leader = ''] = cells.map(({ text }) => text)
    return {
      place: { file: part.file, line },
      title: internal,
      kind: 'class',
      ...(year === '' ? {} : { year }),
      ...(successor === '' ? {} : { successor }),
      leaders: leader === '' ? [] : [leader],
    }
  })
  const mapped = [
    { name: 'InternBez', field: 'class' },
    { name: 'Jahrgang', field: 'year' },
    { name: 'Klassenlehrer', field: 'leads' },
  ] as const
  const named = groups.filter((group) => group.title !== '')
  return readingOf(part, about, { ...plainContent(part), mapped, groups: named, findings: shapesOf(part) })
}

interface CourseRow {
  readonly pupil: string
  readonly teacher: string
  readonly course: string
}

const pupilKey = (surname: string, given: string, birth = ''): string => `${surname}\n${given}\n${birth}`

/** Of the last term in the file: earlier ones tell where somebody was. */
function coursesIn(rows: readonly Row[]): readonly CourseRow[] {
  const term = ({ cells }: Row): string => `${cells[3]?.text ?? ''}/${cells[4]?.text ?? ''}`
  const last = rows.map(term).reduce((latest, one) => (one > latest ? one : latest), '')
  return rows
    .filter((row) => term(row) === last)
    .flatMap(({ cells }) => {
      const [surname = '', given = '', day = '', , , , teacher = '', , course = ''] = cells.map(({ text }) => text)
      const birth = birthOf(day)
      const date = 'date' in birth ? birth.date : undefined
      return course === '' ? [] : [{ pupil: pupilKey(surname, given, date), teacher, course }]
    })
}
