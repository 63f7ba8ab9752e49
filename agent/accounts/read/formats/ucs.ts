import type { Role } from '../../../model/person.ts'
import type { Format } from '../format.ts'
import { headerWords, readNamed } from '../named.ts'
import type { Cells, State } from '../person.ts'
import type { Words } from '../words.ts'

const name = 'ucs'
const title = 'UCS@school, CSV'

const words: Words = [
  ['id', 'recorduid'],
  ['role', 'benutzertyp', 'role'],
  ['state', 'action'],
]

export const ucs: Format = {
  name,
  title,
  words,
  about: 'Files for the import of users: columns by name, several classes in one cell, also with tabs and as UTF-16.',
  reads: [
    ['id', 'record_uid'],
    ['given', 'Vorname'],
    ['surname', 'Nachname'],
    ['class', 'Klassen, apart by comma'],
    ['role', 'Benutzertyp, __role; else pupils where there are classes'],
    ['mail', 'EMail, Mailadresse'],
    ['state', '__action: D has left'],
  ],
  fits: (part) => headerWords(part, words).some((word) => word === 'schulen'),
  read: (parts, options) =>
    parts.map((part) => {
      const partial = headerWords(part, words).includes('action')
      return readNamed(
        part,
        { name, title, words, role: () => (cells) => role(cells) ?? options.role, state, partial },
        options,
      )
    }),
}

function role({ class: title }: Cells): Role | undefined {
  return title === undefined || title.text === '' ? undefined : 'pupil'
}

function state(text: string): State {
  return text.toUpperCase() === 'D' ? 'left' : 'here'
}
