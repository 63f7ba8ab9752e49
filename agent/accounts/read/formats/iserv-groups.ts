import type { Format } from '../format.ts'
import { headerWords, readNamed } from '../named.ts'
import type { Cells } from '../person.ts'
import type { PersonRecord } from '../record.ts'
import type { Words } from '../words.ts'

const name = 'iserv-groups'
const title = 'IServ, Export der Gruppen'

const words: Words = [['groups', 'gruppe']]

export const iservGroups: Format = {
  name,
  title,
  words,
  about:
    'The lists of groups that IServ exports: one row for each member of each group. Whoever is in no group is not in it.',
  reads: [
    ['groups', 'Gruppe'],
    ['surname', 'Nachname'],
    ['given', 'Vorname'],
    ['login', 'Account; it is the id, too'],
    ['class', 'Klasse/Information; who has one is a pupil, of the others --role tells it'],
  ],
  fits(part) {
    const header = headerWords(part, words)
    return header.includes('gruppe') && header.includes('account')
  },
  read: (parts, options) =>
    parts.map((part) => {
      const role = ({ class: title }: Cells) => (title === undefined || title.text === '' ? options.role : 'pupil')
      const sameWhen = ({ id, place }: PersonRecord) => id ?? String(place.line)
      return readNamed(part, { name, title, words, role: () => role, adapt, sameWhen, partial: true }, options)
    }),
}

function adapt(cells: Cells): Cells {
  return cells.login === undefined ? cells : { ...cells, id: cells.login }
}
