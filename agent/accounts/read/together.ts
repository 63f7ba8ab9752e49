import type { Problem } from '../../errors.ts'
import { show } from '../../model/explain.ts'
import type { Role } from '../../model/person.ts'
import { problemsOf } from './finding.ts'
import type { PersonRecord, Reading } from './record.ts'

/** What only all files together tell. */

const several: Readonly<Record<Role, string>> = {
  pupil: 'pupils',
  teacher: 'teachers',
  staff: 'staff',
  parent: 'parents',
  administrator: 'administrators',
  guest: 'guests',
}

/** Files that say themselves who their people are, none of them what the user says. */
export function roleHeard(readings: readonly Reading[], said: Role | undefined): readonly Reading[] {
  const meant = said === 'administrator' ? 'staff' : said
  const roles = new Set(readings.flatMap(({ people, faulty = [] }) => [...people, ...faulty].map(({ role }) => role)))
  if (said === undefined || meant === undefined || roles.has(meant)) return readings
  return readings.map((reading) => {
    const own = [...new Set(reading.people.map(({ role }) => role))]
    if (own.length === 0) return reading
    const problem: Problem = {
      severity: 'error',
      file: reading.file,
      path: 'role',
      message: `--role ${said} contradicts this file, which says itself that these are ${own.map((role) => several[role]).join(', ')}`,
      hint: `Leave --role out. Or is it of another kind than ${reading.title}? Then say it: --format`,
    }
    return { ...reading, people: [], problems: [problem, ...reading.problems] }
  })
}

/** Children of parents, where the pupils are among the files, and these are not. */
export function childrenFound(readings: readonly Reading[]): readonly Reading[] {
  if (!readings.some(({ covers }) => covers.includes('pupil'))) return readings
  const pupils = readings.flatMap(({ people, faulty = [] }) => [...people, ...faulty])
  const known = new Set(pupils.filter(({ role }) => role !== 'parent').flatMap(namesOf))
  return readings.map((reading) => {
    const lost = reading.people.flatMap(({ place, columns, given, surname, children }) =>
      children
        .filter((child) => !known.has(child))
        .map((child) => ({
          severity: 'warning' as const,
          line: place.line,
          ...(columns.children === undefined ? {} : { column: columns.children }),
          path: 'children',
          kind: 'child',
          message: `child ${show(child)} of ${given} ${surname} is in none of these files`,
          hint: 'Is it written there in another way, or are the lists not of the same day?',
        })),
    )
    if (lost.length === 0) return reading
    return { ...reading, problems: [...reading.problems, ...problemsOf(reading.file, lost, reading.people.length)] }
  })
}

/** How parents may name a child: by its id, or as SchILD does. */
function namesOf({ id, surname, given, birth = '' }: PersonRecord): readonly string[] {
  return [...(id === undefined ? [] : [id]), `${surname}, ${given}, ${birth}`]
}
