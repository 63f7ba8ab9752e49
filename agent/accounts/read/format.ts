import type { Role } from '../../model/person.ts'
import type { Part } from './part.ts'
import type { Field, Reading } from './record.ts'
import type { Words } from './words.ts'

/** One kind of file in which other programs keep people. */
export interface Format {
  /** As `--format` takes it. */
  readonly name: string
  /** As the people who make such files call it. */
  readonly title: string
  /** For the manual: where such a file comes from, and what is special about it. */
  readonly about: string
  /** For the manual: what is read, and from where. */
  readonly reads: readonly (readonly [field: Field | 'timetable' | 'successor', from: string])[]
  /** Names of columns that go before the common ones, of a table that names them. */
  readonly words?: Words
  /** Is this a file of this kind? No two formats say yes to one file. */
  readonly fits: (part: Part) => boolean
  /**
   * All files of this kind at once, since some make sense together only; at least one.
   * @param before what the formats before this one have read of the same files
   */
  readonly read: (parts: readonly Part[], options: ReadOptions, before: readonly Reading[]) => readonly Reading[]
}

export interface ReadOptions {
  /** Milliseconds since the epoch: some files say until when something holds. */
  readonly now: number
  /** Name of a format; absent: each file tells by itself. */
  readonly format?: string
  /** What columns mean, by their name in the header or their number from 1; goes before what we would think. */
  readonly columns?: Readonly<Record<string, Field | 'ignore'>>
  /** Role of people of whom the file does not say it. */
  readonly role?: Role
  /** Opens ZIP files. */
  readonly password?: string
}
