import { randomUUID } from 'node:crypto'
import type { PersonRecord, Reading } from '../../agent/accounts/read/record.ts'
import type { Wanted } from '../../agent/accounts/match/wanted.ts'
import { Login, type Person, PersonId } from '../../agent/model/person.ts'

/** Single people for tests that need few. */

/** `Anna Müller`, with what else matters. */
export function recordOf(name: string, more: Partial<PersonRecord> = {}): PersonRecord {
  const [given = '', ...surname] = name.split(' ')
  return {
    place: { file: 'pupils.csv', line: 2 },
    columns: {},
    given,
    surname: surname.join(' '),
    role: 'pupil',
    classes: [],
    groups: [],
    leads: [],
    children: [],
    left: false,
    ...more,
  }
}

export const wantedOf = (record: PersonRecord): Wanted => ({ record, place: record.place })

/** Somebody with an account that the source "schild" has made. */
export function personOf(name: string, more: Partial<Person> = {}): Person {
  const [given = '', ...surname] = name.split(' ')
  const number = Math.trunc(Math.random() * 1e9)
  return {
    id: PersonId.parse(randomUUID()),
    login: Login.parse(`p${number}`),
    given,
    surname: surname.join(' '),
    birth: null,
    role: 'pupil',
    origin: { source: 'schild', id: null },
    mail: null,
    state: 'active',
    since: 0,
    locked: false,
    number,
    sid: null,
    revision: 1,
    ...more,
  }
}

/** One file of these people. */
export function readingOf(people: readonly PersonRecord[], more: Partial<Reading> = {}): Reading {
  return {
    file: 'pupils.csv',
    format: 'schild',
    title: 'SchILD-NRW',
    encoding: 'UTF-8',
    mapped: [],
    ignored: [],
    covers: ['pupil'],
    people: people.map((record, index) => ({ ...record, place: { file: 'pupils.csv', line: index + 2 } })),
    groups: [],
    problems: [],
    ...more,
  }
}
