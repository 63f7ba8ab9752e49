import type { Format } from '../format.ts'
import { isOfServer } from './iserv-users.ts'
import { headerWords, readNamed } from '../named.ts'
import type { Cells } from '../person.ts'
import type { PersonRecord, Reading } from '../record.ts'
import type { Words } from '../words.ts'

const name = 'iserv-groups'
const title = 'IServ, Export der Gruppen'

const words: Words = [['groups', 'gruppe']]

export const iservGroups: Format = {
  name,
  title,
  words,
  about:
    'The lists of groups that IServ exports: one row for each member of each group. Whoever is in no group is not in it. Given together ' +
    'with the list of users, it adds groups to these: the account tells who is who.',
  reads: [
    ['groups', 'Gruppe'],
    ['surname', 'Nachname'],
    ['given', 'Vorname'],
    ['login', 'Account; it is the id, too, unless the list of users is given'],
    ['class', 'Klasse/Information; who has one is a pupil, of the others --role tells it'],
  ],
  fits(part) {
    const header = headerWords(part, words)
    return header.includes('gruppe') && header.includes('account')
  },
  read(parts, options, before) {
    const users = usersIn(before)
    const userOf = ({ login }: Cells): PersonRecord | undefined => users?.get(login?.text.toLowerCase() ?? '')
    const role = (cells: Cells) =>
      userOf(cells)?.role ?? (cells.class === undefined || cells.class.text === '' ? options.role : 'pupil')
    const sameWhen = ({ id, place }: PersonRecord) => id ?? String(place.line)
    // Whom the list of users does not hold (or holds as gone) has no account that could be in a group.
    const skip = (cells: Cells): boolean => isOfServer(cells) || (users !== undefined && userOf(cells) === undefined)
    const adapt = (cells: Cells): Cells => withIdOf(userOf(cells), cells)
    return parts.map((part) =>
      readNamed(part, { name, title, words, role: () => role, adapt, skip, sameWhen, partial: true }, options),
    )
  },
}

/** By account; undefined where no list of users is given. */
function usersIn(before: readonly Reading[]): ReadonlyMap<string, PersonRecord> | undefined {
  const lists = before.filter(({ format }) => format === 'iserv-users')
  if (lists.length === 0) return undefined
  return new Map(
    lists.flatMap(({ people, faulty = [] }) =>
      [...people, ...faulty].flatMap((person) =>
        person.wishedLogin === undefined ? [] : [[person.wishedLogin, person] as const],
      ),
    ),
  )
}

/** The id and the names of the list of users, so that both files speak of one person; else the account is the id. */
function withIdOf(user: PersonRecord | undefined, cells: Cells): Cells {
  if (user === undefined) return cells.login === undefined ? cells : { ...cells, id: cells.login }
  const { given, surname, id } = user
  const { id: _, ...rest } = cells
  return {
    ...rest,
    given: { ...cells.given, text: given },
    surname: { ...cells.surname, text: surname },
    ...(id === undefined ? {} : { id: { text: id } }),
  }
}
