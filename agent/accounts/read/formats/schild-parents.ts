import type { Row } from '../../../tables/table.ts'
import { birthOf } from '../birth.ts'
import type { Finding } from '../finding.ts'
import { cellsOf, type Column } from '../header.ts'
import { joined } from '../join.ts'
import type { Part } from '../part.ts'
import { type PersonReading, personOf } from '../person.ts'
import { readingOf } from '../reading.ts'
import type { Field, PersonRecord, Reading } from '../record.ts'
import { misshapen, type Width } from '../widths.ts'

/** SchuelerErzieher.dat: for each pupil one row or several, in each one person or two who live together. */

const column = (field: Field, number: number): Column => ({ field, index: number - 1, name: String(number) })

const people: readonly (readonly Column[])[] = [
  [column('surname', 7), column('given', 8), column('mail', 17)],
  [column('surname', 11), column('given', 12), column('mail', 19)],
]

interface Parent {
  readonly reading: PersonReading
  /** Where somebody lives, who has no mail address to be known by. */
  readonly home: string
}

export function readParents(
  part: Part,
  about: { readonly name: string; readonly title: string },
  rows: readonly Row[],
  width: Width,
): Reading {
  const shapes = misshapen(part, rows, width)
  const astray = new Set(shapes.map(({ line }) => line))
  const whole = rows.filter((row) => !astray.has(row.line) && !isOfAge(row))
  const parents = whole.flatMap((row) => parentsIn(part, row))
  const homes = new Map(
    parents.flatMap(({ reading: { person }, home }) => (person === undefined ? [] : [[person, home]])),
  )
  const sameWhen = (person: PersonRecord): string =>
    [person.given, person.surname, person.mail ?? homes.get(person)].join('\n')
  return readingOf(part, about, {
    header: true,
    mapped: people.flat().map(({ name, field }) => ({ name, field })),
    people: joined(
      parents.flatMap(({ reading: { person } }) => person ?? []),
      sameWhen,
    ),
    findings: [...shapes, ...parents.flatMap(({ reading: { findings } }) => findings)],
    rows: rows.length,
  })
}

/** Pupils who are of age stand there for themselves. */
const isOfAge = ({ cells }: Row): boolean => /volljährig|^schüler/i.test(cells[3]?.text ?? '')

function parentsIn(part: Part, row: Row): readonly Parent[] {
  const { line, cells } = row
  const texts = cells.map(({ text }) => text)
  // Who has none said lives with nobody else.
  const home = texts.slice(12, 15).join(' ').trim() || `line ${line}`
  const children = [childIn(texts)]
  return people.flatMap((columns) => {
    const said = cellsOf(row, columns)
    const given = said.given?.text ?? ''
    const surname = said.surname?.text ?? ''
    if (given === '' && surname === '') return []
    if (given === '') return [{ reading: { findings: [noGiven(line, surname)] }, home }]
    return [{ reading: personOf(said, { file: part.file, line, role: 'parent', children }), home }]
  })
}

/** As a pupil of the other file is named: the class behind a name that two have is none of it. */
function childIn([surname = '', given = '', day = '']: readonly string[]): string {
  const birth = birthOf(day)
  return [surname.replace(/#.*/, ''), given, 'date' in birth ? birth.date : day].join(', ')
}

/** SchILD asks for no given name of parents: one without it stops nobody else. */
function noGiven(line: number, surname: string): Finding {
  const message = `parent ${surname} has no given name, and is left out`
  return { severity: 'warning', line, path: 'given', kind: 'no-given', message, hint: 'Add it in SchILD.' }
}
