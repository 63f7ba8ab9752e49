import type { Format } from '../format.ts'
import { headerWords, readNamed } from '../named.ts'
import type { Cells } from '../person.ts'
import type { Words } from '../words.ts'

const name = 'asv'
const title = 'ASV-BW'

const words: Words = [['id', 'schuelerid', 'schülerid', 'lokaleid']]

export const asv: Format = {
  name,
  title,
  words,
  about: 'The list of pupils. Classes that begin with "_" or "Abgang " hold nobody who is here, and are skipped.',
  reads: [
    ['id', 'Schueler-ID'],
    ['given', 'Vornamen, Rufname'],
    ['surname', 'Familienname'],
    ['class', 'Klasse'],
    ['birth', 'Geburtsdatum'],
  ],
  fits(part) {
    const header = headerWords(part, words)
    return header.includes('familienname') && (header.includes('vornamen') || header.includes('rufname'))
  },
  read: (parts, options) =>
    parts.map((part) => readNamed(part, { name, title, words, role: () => 'pupil', skip: notHere }, options)),
}

function notHere({ class: title }: Cells): boolean {
  return title !== undefined && /^(_|abgang(?!\p{L}))/iu.test(title.text)
}
