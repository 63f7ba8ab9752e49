import type { Altered, PersonChange } from '../../model/import-plan.ts'
import type { PersonId } from '../../model/person.ts'
import { isForeign, type Match } from '../match/matching.ts'
import { loose, plain } from '../match/names.ts'
import { yearOf } from './catalogue.ts'
import type { Words } from './words.ts'

/**
 * Whom the files say something else of than the register does, counted as a column that was swapped or has slipped by a line shows
 * itself: each id is known, and name, birth date or class are somebody else's.
 */

/** From the class somebody was in to the one they are in, by title; undefined: none any more. */
export interface Way {
  readonly from: string
  readonly to: string | undefined
}

type Moved = Extract<PersonChange, { kind: 'moved' }>

export interface AlteredInput {
  readonly staying: readonly Match[]
  readonly source: string
  readonly moved: readonly Moved[]
  /** Of every pupil who was in a class. */
  readonly ways: ReadonlyMap<PersonId, Way>
  readonly words: Words
}

export function alteredOf({ staying, source, moved, ways, words }: AlteredInput): Altered {
  const own = staying.filter((one) => !isForeign(one, source))
  // Whom a person has confirmed has been looked at.
  const found = own.filter(({ ground }) => ground !== 'confirmed')
  const swapped = found.filter(isSwapped)
  const rest = found.filter((one) => !isSwapped(one))
  const given = rest.filter(({ wanted: { record }, person }) => plain(record.given) !== plain(person.given))
  const surname = rest.filter(({ wanted: { record }, person }) => plain(record.surname) !== plain(person.surname))
  const birth = found.filter(({ wanted: { record }, person }) => {
    return record.birth !== undefined && person.birth !== null && record.birth !== person.birth
  })
  const role = found.filter(({ wanted: { record }, person }) => {
    return person.role !== 'administrator' && record.role !== person.role
  })
  const alone = goingAlone(moved, ways)
  const counted: readonly (readonly [keyof Words['altered'], number])[] = [
    ['swapped', swapped.length],
    ['given', given.length],
    ['surname', surname.length],
    ['birth', birth.length],
    ['role', role.length],
    ['class', alone.length],
  ]
  return {
    known: own.length,
    people: new Set([
      ...[...swapped, ...given, ...surname, ...birth, ...role].map(({ person }) => person.id),
      ...alone.map(({ id }) => id),
    ]).size,
    roles: role.length,
    reasons: counted
      .filter(([, count]) => count > 0)
      .toSorted(([, one], [, other]) => other - one)
      .map(([what, count]) => words.altered[what](count)),
  }
}

function isSwapped({ wanted: { record }, person }: Match): boolean {
  const [given, surname] = [loose(record.given), loose(record.surname)]
  return given !== surname && given === loose(person.surname) && surname === loose(person.given)
}

/**
 * Those who change class without the others of theirs. A new school year takes most of a class to one other, or scatters it
 * over the classes of one other year; a column that has slipped scatters it over the school.
 */
function goingAlone(moved: readonly Moved[], ways: AlteredInput['ways']): readonly Moved[] {
  const together = new Map(
    [...Map.groupBy(ways.values(), ({ from }) => from)].map(([from, all]) => {
      const places = Map.groupBy(all.flatMap(placesOf), (place) => place)
      return [from, new Set([...places].flatMap(([place, some]) => (some.length * 2 > all.length ? [place] : [])))]
    }),
  )
  return moved.filter(({ id }) => {
    const way = ways.get(id)
    return way === undefined || !placesOf(way).some((place) => together.get(way.from)?.has(place))
  })
}

/** The class, and its year if that is another than before. */
function placesOf({ from, to }: Way): readonly string[] {
  if (to === undefined) return []
  const year = yearOf(to)
  return year === undefined || year === yearOf(from) ? [`class ${to}`] : [`class ${to}`, `year ${year}`]
}
