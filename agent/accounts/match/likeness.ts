import { idIn, type Person } from '../../model/person.ts'
import type { PersonRecord } from '../read/record.ts'
import { exactName, familyOf, loose, nearly, parts } from './names.ts'

/**
 * Why somebody of a file may be somebody known, where that is not certain. Each is a question to a person, never an answer.
 */
export type Likeness =
  /** Name and birth date are the same, the id is another. */
  | 'id'
  /** Name and birth date are the same, and so they are of others. */
  | 'several'
  /** Name and birth date, or the name where there is none, are those of somebody who has left. */
  | 'gone'
  /** Name and birth date, or name and id, are the same, the role is one that nobody gets by itself. */
  | 'role'
  /** The id is the same, neither the whole name nor the birth date is. */
  | 'reused'
  /** An account made by hand has the name. */
  | 'hand'
  | 'spelling'
  | 'swapped'
  | 'surname'
  | 'given'
  | 'letters'
  /** The name is the same and one of them has no birth date. */
  | 'unborn'
  /** The name is the same, and the birth date but for one part of it. */
  | 'birth'
  /** The name is the same, neither has a birth date, and the class is another. */
  | 'class'
  /** Parents of one name with two mail addresses. */
  | 'mail'

/** The likeliest first. */
export const likelihood: readonly Likeness[] = [
  'hand',
  'id',
  'several',
  'gone',
  'role',
  'spelling',
  'swapped',
  'surname',
  'given',
  'letters',
  'birth',
  'unborn',
  'class',
  'mail',
  'reused',
]

/** Shorter names are nearly equal by chance: Bo and Ek are two letters apart. */
const longEnough = 7

type Record = Pick<PersonRecord, 'given' | 'surname' | 'birth'>

/**
 * Judges two of whom name and birth date are not both the same.
 * @param person somebody with an account that a file has made
 */
export function likenessOf(record: Record, person: Person): Likeness | undefined {
  if (record.birth === undefined || person.birth === null) {
    return sameLoosely(record, person) ? 'unborn' : undefined
  }
  if (record.birth !== person.birth) {
    return exactName(record) === exactName(person) && oneWrong(record.birth, person.birth) ? 'birth' : undefined
  }
  return byNames(record, person)
}

/** Is somebody whom a hand has given an account perhaps meant? Only the same name says so, if the birth date does not object. */
export function perhapsByHand(record: Record, person: Person): boolean {
  const objects = record.birth !== undefined && person.birth !== null && record.birth !== person.birth
  return !objects && sameLoosely(record, person)
}

/**
 * Is somebody of another family perhaps meant: a pupil who comes back as a teacher, or a list of which the wrong role was said? The
 * name says so together with the birth date, or with the id where no birth date objects.
 */
export function perhapsInAnotherRole(record: PersonRecord, person: Person, source: string): boolean {
  if (familyOf(record) === familyOf(person) || !sameLoosely(record, person)) return false
  const known = record.birth !== undefined && person.birth !== null
  if (known) return record.birth === person.birth
  return record.id !== undefined && record.id === idIn(person, source)
}

/**
 * Has an id gone over to somebody else? Where the birth date is another, the whole name must be left: there are many Annas. Where
 * one of them has none, a given name or a surname is enough.
 */
export function isSomebodyElse(record: Record, person: Person): boolean {
  if (record.birth !== undefined && record.birth === person.birth) return false
  const left = [shares(record.given, person.given), shares(record.surname, person.surname)]
  const like = byNames(record, person)
  const whole = left.every(Boolean) || like === 'spelling' || like === 'swapped' || like === 'letters'
  const objects = record.birth !== undefined && person.birth !== null
  return !whole && (objects || (like === undefined && !left.some(Boolean)))
}

function byNames(record: Record, person: Person): Likeness | undefined {
  if (sameLoosely(record, person)) return 'spelling'
  const given = [loose(record.given), loose(person.given)] as const
  const surname = [loose(record.surname), loose(person.surname)] as const
  if (given[0] === surname[1] && surname[0] === given[1]) return 'swapped'
  if (given[0] === given[1]) return 'surname'
  if (surname[0] === surname[1] && shares(record.given, person.given)) return 'given'
  if (shares(record.surname, person.surname) && shares(record.given, person.given)) return 'surname'
  const whole = [`${given[0]}${surname[0]}`, `${given[1]}${surname[1]}`] as const
  return whole[0].length >= longEnough && nearly(whole[0], whole[1]) ? 'letters' : undefined
}

function sameLoosely(record: Record, person: Person): boolean {
  if (exactName(record) === exactName(person)) return true
  const [given, surname] = [loose(record.given), loose(record.surname)]
  // Letters of no table leave nothing to compare.
  return given !== '' && given === loose(person.given) && surname === loose(person.surname)
}

function shares(one: string, other: string): boolean {
  const known = new Set(parts(other))
  return parts(one).some((part) => known.has(part))
}

/** Dates that differ in the day, the month or the year only, or have day and month in each other's place. */
function oneWrong(one: string, other: string): boolean {
  const [year, month, day] = one.split('-')
  const [otherYear, otherMonth, otherDay] = other.split('-')
  if (year === otherYear && month === otherDay && day === otherMonth) return true
  return [year === otherYear, month === otherMonth, day === otherDay].filter(Boolean).length === 2
}
