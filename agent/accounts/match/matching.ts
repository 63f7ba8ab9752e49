import type { Problem } from '../../errors.ts'
import type { Person } from '../../model/person.ts'
import type { Likeness } from './likeness.ts'
import type { Wanted } from './wanted.ts'

/** How somebody of a file was found in the register. */
export type Ground = 'id' | 'name' | 'confirmed'

export interface Match {
  readonly wanted: Wanted
  readonly person: Person
  readonly ground: Ground
}

/** Somebody of another source is that source's to change, unless a person has said that both are one. */
export function isForeign({ person: { origin }, ground }: Match, source: string): boolean {
  return origin !== null && origin.source !== source && ground !== 'confirmed'
}

export interface Candidate {
  readonly person: Person
  readonly likeness: Likeness
}

/** Somebody who may be known: only a person can say. */
export interface Question {
  readonly wanted: Wanted
  /** The likeliest first; at least one. */
  readonly candidates: readonly Candidate[]
}

export interface Known {
  readonly people: readonly Person[]
  /** Name of the source that the files come from. */
  readonly source: string
  /** Titles of the classes somebody is in, compared as they are. */
  readonly classesOf: (person: Person) => readonly string[]
}

/** What a person has answered. */
export interface Answers {
  /** By `FILE:LINE`: a login name, or `new`. */
  readonly lines: ReadonlyMap<string, string>
  /** Whether somebody of the same name and birth date is the same person although the id is another. */
  readonly exact: boolean
}

export interface Matching {
  readonly matches: readonly Match[]
  /** Nobody knows them. */
  readonly fresh: readonly Wanted[]
  readonly questions: readonly Question[]
  readonly problems: readonly Problem[]
}
