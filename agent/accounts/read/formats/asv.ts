import type { Format } from '../format.ts'
import { headerWords, readNamed } from '../named.ts'
import { stateInWords } from './schild.ts'
import type { Cells } from '../person.ts'
import type { Words } from '../words.ts'

const name = 'asv'
const title = 'ASV (Baden-Württemberg, Bayern)'

const words: Words = [
  ['id', 'schuelerid', 'schülerid', 'lokaleid', 'lokalesdifferenzierungsmerkmal', 'differenzierungsmerkmal'],
  ['class', 'klasse', 'klassenname', 'klassebezeichnung'],
]

export const asv: Format = {
  name,
  title,
  words,
  about: 'The list of pupils. Classes that begin with "_" or "Abgang " hold nobody who is here, and are skipped.',
  reads: [
    ['id', 'Schueler-ID; in Bavaria lokales Differenzierungsmerkmal'],
    ['given', 'Vornamen, Rufname'],
    ['surname', 'Familienname'],
    ['class', 'Klasse'],
    ['birth', 'Geburtsdatum'],
    ['state', 'Status, in words, where there is one'],
  ],
  fits(part) {
    const header = headerWords(part, words)
    return header.includes('familienname') && (header.includes('vornamen') || header.includes('rufname'))
  },
  read: (parts, options) =>
    parts.map((part) =>
      readNamed(part, { name, title, words, role: () => 'pupil', state: stateInWords, skip: notHere }, options),
    ),
}

function notHere({ class: title }: Cells): boolean {
  return title !== undefined && /^(_|abgang(?!\p{L}))/iu.test(title.text)
}
