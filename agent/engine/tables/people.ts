import { searchKey, spellings } from '../../model/fold.ts'
import type { Login, Origin, Person, PersonId } from '../../model/person.ts'
import { firstPersonNumber } from '../../model/role-groups.ts'
import type { Cell, Row, Store } from '../store.ts'
import { advance, personColumns, personOf } from './register.ts'
import { leaveOtherRoles } from './role-members.ts'

/** The people of the register. Nobody is ever taken out of it: whoever is removed keeps login and number. */
export interface People {
  /** By surname. */
  list(): readonly Person[]
  byId(id: PersonId): Person | undefined
  byLogin(login: string): Person | undefined
  /** Whatever its case. */
  byMail(mail: string): Person | undefined
  /** Several only where an id was given twice by a hand. */
  byOrigin(origin: Origin): readonly Person[]
  /**
   * Whose names or login contain every word, in any spelling and from any place in them; first those in whose names the
   * first word begins a word, by surname.
   * @param among those who are removed, or all others.
   */
  search(words: string, limit: number, among?: 'removed' | 'others'): readonly Person[]
  /** Every login that was ever given, whoever has another one by now. */
  logins(): readonly Login[]
  /** Who had a login before; it can be given back to nobody else. */
  formerOwner(login: string): PersonId | undefined
  /** The highest uidNumber ever given; below the first when there is none. */
  highestNumber(): number
  /**
   * Adds somebody, or replaces who has this id: in another role they leave the groups that are not for it. The revision is the
   * register's next.
   */
  put(person: Omit<Person, 'revision'>): Person
  /** @returns the person as changed; undefined when nobody has this id. */
  patch(id: PersonId, fields: Partial<Omit<Person, 'id' | 'revision'>>): Person | undefined
  /** People whose last change the directory does not have yet, the longest waiting first. */
  pending(limit: number): readonly Person[]
  isPending(id: PersonId): boolean
  /**
   * The directory holds somebody as at this revision. The register does not change by it: what others see of a person is not
   * whether the directory is up to date.
   */
  projected(id: PersonId, revision: number, sid: string | null): void
}

const columns = `${personColumns}, search`
const places = columns.replaceAll(/\w+/g, '?')
const updates = columns
  .split(', ')
  .filter((name) => name !== 'id')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')

export function peopleTable(store: Store): People {
  const one = (row: Row | undefined): Person | undefined => (row === undefined ? undefined : personOf(row))
  const get = (where: string, ...values: readonly Cell[]): Person | undefined =>
    one(store.get(`select ${personColumns} from people where ${where}`, ...values))
  const all = (rest: string, ...values: readonly Cell[]): readonly Person[] =>
    store.all(`select ${personColumns} from people ${rest}`, ...values).map(personOf)
  return {
    list: () => all('order by search'),
    byId: (id) => get('id = ?', id),
    byLogin: (login) => get('login = ?', login),
    byMail: (mail) => get('mail = ? collate nocase', mail),
    byOrigin: ({ source, id }) => (id === null ? [] : all('where source = ? and origin = ?', source, id)),
    search(words, limit, among = 'others') {
      const wanted = words
        .split(/\s+/)
        .map(spellings)
        .filter((word) => word.length > 0)
      const [first] = wanted
      if (first === undefined) return []
      const met = wanted.map(metBy)
      // Everything of somebody is read for the few only that are shown.
      return all(
        `where id in (
           select id from people where ${met.map(({ where }) => where).join(' and ')} and state ${among === 'removed' ? '=' : '<>'} 'removed'
           order by ${leading(first)}, search limit ?
         ) order by ${leading(first)}, search`,
        ...met.flatMap(({ values }) => values),
        ...begun(first),
        limit,
        ...begun(first),
      )
    },
    logins: () =>
      store
        .all('select login from people union all select login from former_logins')
        .map((row) => row['login'] as Login),
    formerOwner: (login) =>
      store.get('select person from former_logins where login = ?', login)?.['person'] as PersonId | undefined,
    highestNumber: () =>
      Number(store.get('select coalesce(max(number), ?) as n from people', firstPersonNumber - 1)?.['n']),
    put(person) {
      return store.transaction(() => {
        const revision = advance(store)
        store.run(
          `insert into people (${columns}) values (${places}) on conflict (id) do update set ${updates}`,
          person.id,
          person.login,
          person.given,
          person.surname,
          person.birth,
          person.role,
          person.origin?.source ?? null,
          person.origin?.id ?? null,
          person.mail,
          person.state,
          person.since,
          person.locked ? 1 : 0,
          person.number,
          person.sid,
          revision,
          idsText(person.otherIds),
          searchKey(person),
        )
        leaveOtherRoles(store, person.id, person.role)
        return { ...person, revision }
      })
    },
    patch(id, fields) {
      return store.transaction(() => {
        const known = this.byId(id)
        return known && this.put({ ...known, ...fields })
      })
    },
    pending: (limit) => all('where projected <> revision order by revision limit ?', limit),
    isPending: (id) => store.get('select 1 from people where id = ? and projected <> revision', id) !== undefined,
    projected: (id, revision, sid) =>
      store.run('update people set projected = ?, sid = ? where id = ?', revision, sid, id),
  }
}

const idsText = (ids: Person['otherIds']): string | null =>
  ids === undefined || Object.keys(ids).length === 0 ? null : JSON.stringify(ids)

/** The index knows all runs of three letters; what is shorter is looked for in one person after the other. */
const indexed = 3

/** Who has a word anywhere in names or login, in one of its spellings. */
function metBy(spelling: readonly string[]): { readonly where: string; readonly values: readonly string[] } {
  if (spelling.some((one) => Array.from(one).length < indexed)) {
    return { where: `(${spelling.map(() => 'instr(search, ?) > 0').join(' or ')})`, values: spelling }
  }
  const phrases = spelling.map((one) => `"${one.replaceAll('"', '""')}"`).join(' OR ')
  return { where: 'number in (select rowid from people_words where people_words match ?)', values: [phrases] }
}

/** Those first of whose words one begins so. */
const leading = (spelling: readonly string[]): string =>
  `not (${spelling.map(() => 'instr(search, ?) > 0').join(' or ')})`
const begun = (spelling: readonly string[]): readonly string[] => spelling.map((one) => ` ${one}`)
