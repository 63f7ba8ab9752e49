import type { Role } from '../../../model/person.ts'
import type { Format } from '../format.ts'
import type { Column } from '../header.ts'
import { headerWords, readNamed } from '../named.ts'
import { stateInWords } from './schild.ts'
import type { Cells } from '../person.ts'
import type { Words } from '../words.ts'

const name = 'nbc'
const title = 'Niedersächsische Bildungscloud, CSV'

/** The short names that the cloud takes, too. */
const words: Words = [['surname', 'n']]

export const nbc: Format = {
  name,
  title,
  words,
  about: 'Users as the cloud imports them. Who somebody is, the mail address tells.',
  reads: [
    ['given', 'firstName, fn'],
    ['surname', 'lastName, n'],
    ['mail', 'email, mail; it is the id, too'],
    ['class', 'class, classes; several apart by +'],
    ['birth', 'birthday, geburtsdatum'],
    ['state', 'status, in words, where there is one'],
  ],
  fits(part) {
    const header = headerWords(part)
    const has = (...names: readonly string[]): boolean => names.some((word) => header.includes(word))
    return has('firstname', 'fn') && has('lastname', 'n') && has('email', 'mail') && !has('sourcedid', 'id')
  },
  read: (parts, options) =>
    parts.map((part) =>
      readNamed(
        part,
        { name, title, words, role: (mapped) => options.role ?? role(mapped), state: stateInWords, adapt },
        options,
      ),
    ),
}

function role(mapped: readonly Column[]): Role | undefined {
  return mapped.some(({ field }) => field === 'class') ? 'pupil' : undefined
}

/** Who somebody is, this source tells by mail address; between classes it has a plus. */
function adapt({ class: titles, ...cells }: Cells): Cells {
  const id = cells.mail === undefined ? {} : { id: { ...cells.mail, text: cells.mail.text.toLowerCase() } }
  return {
    ...id,
    ...cells,
    ...(titles === undefined ? {} : { class: { ...titles, text: titles.text.replaceAll('+', ';') } }),
  }
}
