import { show } from '../../model/explain.ts'
import { type Finding, problemsOf } from './finding.ts'
import type { PersonRecord, Reading } from './record.ts'

/**
 * People who stand in a file more than once. An id given twice is an error; one name and birth date may be chance.
 * @param faulty whom rows with an error speak of
 */
export function doubles(people: readonly PersonRecord[], faulty: readonly PersonRecord[] = []): readonly Finding[] {
  const byId = new Map<string, PersonRecord>()
  const byName = new Map<string, PersonRecord>()
  return inOrder(people, faulty).flatMap((person): readonly Finding[] => {
    const { id, place } = person
    const name = nameOf(person)
    const owner = id === undefined ? undefined : byId.get(id)
    const namesake = name === undefined ? undefined : byName.get(name)
    if (id !== undefined && owner === undefined) byId.set(id, person)
    if (name !== undefined && namesake === undefined) byName.set(name, person)
    if (owner !== undefined) return [sameId(person, owner, `line ${owner.place.line}`)]
    if (namesake === undefined) return []
    return [samePerson(person, namesake, `line ${namesake.place.line}`, place.line)]
  })
}

function inOrder(people: readonly PersonRecord[], faulty: readonly PersonRecord[] = []): readonly PersonRecord[] {
  return faulty.length === 0 ? people : [...people, ...faulty].toSorted((a, b) => a.place.line - b.place.line)
}

/** Born on one day; or, where no birth date is said, of one class and one mail address, and of parents the same children. */
function nameOf({ given, surname, birth, classes, mail = '', children }: PersonRecord): string | undefined {
  if (given === '' && surname === '') return undefined
  return [given, surname, ...(birth === undefined ? [classes.join(), mail, children.join()] : [birth])].join('\n')
}

function sameId({ id, place, columns }: PersonRecord, owner: PersonRecord, where: string): Finding {
  const column = columns.id === undefined ? {} : { column: columns.id }
  const name = `${owner.given} ${owner.surname}`.trim()
  const message =
    name === '' ? `id ${show(id)} stands in ${where} already` : `id ${show(id)} already belongs to ${name} (${where})`
  const hint = 'One of the two is wrong, or the files count their ids apart and are two sources.'
  return { severity: 'error', line: place.line, ...column, path: 'id', kind: 'double-id', message, hint }
}

function samePerson(
  { id, given, surname, birth, columns }: PersonRecord,
  other: PersonRecord,
  where: string,
  line: number,
): Finding {
  const at = columns.surname ?? columns.name
  const message = `${given} ${surname} stands in ${where} already${birth === undefined ? '' : ', born on the same day'}`
  const told = id !== undefined && other.id !== undefined
  const hint = told ? 'Two people, by their ids. Is it one?' : 'Without an id nobody can tell whether these are two.'
  return {
    severity: told ? 'warning' : 'error',
    line,
    ...(at === undefined ? {} : { column: at }),
    path: 'surname',
    kind: 'double',
    message,
    hint,
  }
}

/** Does one of two files tell a part only, and is somebody of one id and one name in both? */
function isAddition(
  { covers }: Reading,
  owner: PersonRecord,
  { given, surname }: PersonRecord,
  readings: readonly Reading[],
): boolean {
  const other = readings.find(({ file }) => file === owner.place.file)
  const part = covers.length === 0 || other?.covers.length === 0
  return part && given === owner.given && surname === owner.surname
}

/** The same over several files: ids are those of one source, whatever file they stand in. */
export function doublesAmong(readings: readonly Reading[]): readonly Reading[] {
  const byId = new Map<string, PersonRecord>()
  const byName = new Map<string, PersonRecord>()
  return readings.map((reading) => {
    const { file, people, faulty } = reading
    const findings = inOrder(people, faulty).flatMap((person): readonly Finding[] => {
      const { id, role, birth } = person
      const name = `${role}\n${nameOf(person)}`
      const owner = id === undefined ? undefined : byId.get(id)
      const namesake = birth === undefined ? undefined : byName.get(name)
      if (id !== undefined && owner === undefined) byId.set(id, person)
      if (namesake === undefined) byName.set(name, person)
      const other = owner ?? namesake
      if (other === undefined || other.place.file === file) return []
      // A list that adds to others speaks of the same people.
      if (owner !== undefined && isAddition(reading, owner, person, readings)) return []
      const where = `${other.place.file}, line ${other.place.line}`
      return [owner === undefined ? samePerson(person, other, where, person.place.line) : sameId(person, other, where)]
    })
    if (findings.length === 0) return reading
    return { ...reading, problems: [...reading.problems, ...problemsOf(file, findings, people.length)] }
  })
}
