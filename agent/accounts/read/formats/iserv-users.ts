import type { Format } from '../format.ts'
import { headerWords, readNamed } from '../named.ts'
import { roleInClass } from './iserv.ts'
import type { Cells, State } from '../person.ts'
import type { Words } from '../words.ts'

const name = 'iserv-users'
const title = 'IServ, Export der Benutzer'

const words: Words = [['id', 'importid', 'uuid', 'interneid']]

export const iservUsers: Format = {
  name,
  title,
  words,
  about: 'The list of users that IServ exports: of everybody, with account and role.',
  reads: [
    ['login', 'Account'],
    ['given', 'Vorname'],
    ['surname', 'Nachname'],
    ['role', 'Benutzertyp; else who has a class is a pupil, and of the others --role tells it'],
    ['id', 'Import-ID, else UUID or Interne ID'],
    ['class', 'Klasse/Information, of pupils'],
    ['mail', 'E-Mail-Adresse'],
    ['groups', 'Gruppen'],
    ['state', 'Status: gelöscht has left'],
  ],
  fits(part) {
    const header = headerWords(part, words)
    return (
      header.includes('account') &&
      ['uuid', 'interneid', 'erstelltam', 'erstelltvon'].some((word) => header.includes(word))
    )
  },
  read: (parts, options) =>
    parts.map((part) => {
      const role = ({ class: title }: Cells) => (title === undefined || title.text === '' ? options.role : 'pupil')
      return readNamed(
        part,
        { name, title, words, role: () => role, state, skip: isOfServer, adapt: roleInClass },
        options,
      )
    }),
}

function state(text: string): State {
  return /gelöscht|deleted/i.test(text) ? 'left' : 'here'
}

/** Accounts of the server itself. */
export function isOfServer({ login }: Cells): boolean {
  return ['admin', 'root', 'administrator'].includes(login?.text.toLowerCase() ?? '')
}
