import type { Role } from '../../../model/person.ts'
import type { Format } from '../format.ts'
import type { Column } from '../header.ts'
import { headerWords, readNamed } from '../named.ts'
import type { Part } from '../part.ts'
import type { State } from '../person.ts'
import { mostly } from '../positional.ts'
import { type Words, wordOf } from '../words.ts'

const name = 'schild'
const title = 'SchILD-NRW, Textexport'

/** An export may hold several of these; the internal id is the one that stays. */
const words: Words = [
  ['id', 'interneidnummer', 'eindeutigenummerguid', 'externeidnummer'],
  ['mail', 'emaildienstlich', 'emailschule', 'emailprivat'],
]

/** Columns that only SchILD calls like this. */
const own = [...words.flatMap(([, ...names]) => names), 'vorausabschlussdatum', 'schulpflichterfüllt']

const ofTeachers = ['eindeutigenummerguid', 'emaildienstlich']

/** By number, as SchILD keeps it, and in words, as it is often exported. */
const states: Readonly<Record<Exclude<State, 'unknown'>, RegExp>> = {
  here: /^(0|2|3|6|neuaufnahmen?|neu|aktive?r?|beurlaubte?r?|externe?r?|gast|gastschüler(in)?)?$/,
  waiting: /^(1|warteliste|angemeldet)$/,
  left: /^(8|9|10|abschlu(ss|ß)|abgang|abgänge|abgänger(in|innen)?|abgegangen|abgemeldet|ausgetreten|entlassen|entlassung|ehemalige?r?|gelöscht|inaktive?r?)$/,
}

export const schild: Format = {
  name,
  title,
  words,
  about:
    'Datenaustausch › Export in Text-/Excel-Dateien, with any choice of columns, with or without "Unicode-Format". Of a list with ' +
    'neither class nor status, nor what only teachers have, --role tells who they are.',
  reads: [
    ['id', 'Interne ID-Nummer; of teachers eindeutige Nummer (GUID); else Externe ID-Nummer'],
    ['given', 'Vorname'],
    ['surname', 'Nachname'],
    ['class', 'Klasse'],
    ['birth', 'Geburtsdatum'],
    ['mail', 'E-Mail (Schule); of teachers E-Mail (Dienstlich)'],
    [
      'state',
      'Status: Abschluss, Abgang, Ehemalige (8, 9, 10), entlassen, gelöscht and their like have left, Warteliste (1) is not here yet; a word that is not known is told',
    ],
  ],
  fits: (part) => headerWords(part, words).some((word) => own.includes(word)) || hasItsStatus(part),
  read: (parts, options) =>
    parts.map((part) => {
      const teachers = headerWords(part, words).some((word) => ofTeachers.includes(word))
      const role = (mapped: readonly Column[]): Role | undefined =>
        options.role ?? (teachers ? 'teacher' : roleBy(mapped))
      return readNamed(part, { name, title, words, role, state: stateOf }, options)
    }),
}

/** Without any id it is told by its status beside the class: numbers others have, too, words only SchILD. */
function hasItsStatus(part: Part): boolean {
  const header = headerWords(part, words)
  const at = header.indexOf('status')
  if (at === -1 || !['vorname', 'nachname', 'klasse'].every((word) => header.includes(word))) return false
  const { rows } = part.table()
  const body = rows.slice(rows.findIndex(({ cells }) => wordOf(cells[at]?.text ?? '') === 'status') + 1)
  return !header.includes('account') && !header.includes('importid') && mostly(body, (cells) => isWord(cells[at] ?? ''))
}

const isWord = (text: string): boolean => /^\p{L}/u.test(text) && stateOf(text) !== 'unknown'

/** The status of a table that anybody may have written: a number means something else in each program. */
export const stateInWords = (text: string): State => (/^\d/.test(text) ? 'unknown' : stateOf(text))

/** Only pupils have a class or a status: a list without both may be of anybody. */
function roleBy(mapped: readonly Column[]): Role | undefined {
  return mapped.some(({ field }) => field === 'class' || field === 'state') ? 'pupil' : undefined
}

export function stateOf(text: string): State {
  const word = text.toLowerCase()
  return (['here', 'waiting', 'left'] as const).find((state) => states[state].test(word)) ?? 'unknown'
}
