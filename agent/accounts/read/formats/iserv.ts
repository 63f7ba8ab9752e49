import type { Format } from '../format.ts'
import { type Column, headerOf } from '../header.ts'
import { headerWords, readNamed } from '../named.ts'
import type { Role } from '../../../model/person.ts'
import type { Cells } from '../person.ts'
import { stateInWords } from './schild.ts'
import { commonWords, roleOf } from '../words.ts'

const name = 'iserv'
const title = 'CSV mit Spaltennamen (IServ und andere)'

/** Tried last: any table that names its columns, whoever wrote it. */
export const iserv: Format = {
  name,
  title,
  about:
    'Any table whose header names people, as IServ takes it: columns in any order, by any of their usual names or by what ' +
    '--map says. With --map and the numbers of columns also a table without a header.',
  reads: [
    ['id', 'GUID, Import-ID, UUID'],
    ['given', 'Vorname'],
    ['surname', 'Nachname, Name'],
    ['name', 'Name, where no column is called Vorname: "Müller, Jürgen" or "Jürgen Müller"'],
    ['class', 'Klasse, Klasse/Information'],
    ['groups', 'Gruppen, Kurse: several in one cell, apart by ; or ,'],
    ['birth', 'Geburtsdatum'],
    [
      'role',
      'Benutzertyp, Rolle, or a word like "Lehrer" in place of a class; else pupils where there is a class, or what --role says',
    ],
    ['mail', 'E-Mail-Adresse'],
    ['login', 'Account'],
    ['password', 'Passwort; counts for accounts that are new'],
    ['state', 'Status, in words: Abgang, entlassen, inaktiv and their like have left; others are told'],
  ],
  fits(part) {
    if (headerWords(part).length === 0) return false
    const fields = headerOf(part.table().rows, [commonWords]).mapped.map(({ field }) => field)
    return fields.some((field) => ['given', 'surname', 'name'].includes(field))
  },
  read: (parts, options) =>
    parts.map((part) => {
      return readNamed(
        part,
        { name, title, role: (mapped) => options.role ?? role(mapped), state: stateInWords, adapt: roleInClass },
        options,
      )
    }),
}

/** Schools write "Lehrer" into the column of classes, which IServ also calls "information". */
export function roleInClass(cells: Cells): Cells {
  const { class: information, ...rest } = cells
  if (information === undefined || rest.role !== undefined || roleOf(information.text) === undefined) return cells
  return { ...rest, role: information }
}

function role(mapped: readonly Column[]): Role | (() => undefined) | undefined {
  const has = (wanted: string): boolean => mapped.some(({ field }) => field === wanted)
  if (has('class')) return 'pupil'
  return has('role') ? () => undefined : undefined
}
