import type { PersonId } from '../../model/person.ts'
import type { Store } from '../store.ts'

/** A first password as it is kept until it has been handed out and the account is there: sealed, never readable. */
export interface FirstPassword {
  readonly person: PersonId
  /** Empty once it was printed: it is on paper, and nowhere else. */
  readonly sealed: string
  /** Milliseconds since the epoch. */
  readonly made: number
  /** When it was printed or told; null: not yet. It can be printed once. */
  readonly printed: number | null
}

export interface FirstPasswords {
  get(person: PersonId): FirstPassword | undefined
  list(people: readonly PersonId[]): readonly FirstPassword[]
  /**
   * A new one, in place of any other.
   * @param told when somebody was told it, or chose it: it waits for the account only, and for no letter
   */
  put(person: PersonId, sealed: string, made: number, told?: number): void
  /** They have accounts now: what they were told is kept no longer. */
  settle(people: readonly PersonId[]): void
  /** These very passwords were told; one that somebody was given since is not among them. */
  markPrinted(told: readonly Pick<FirstPassword, 'person' | 'made'>[], at: number): void
  /** Silent about those who have none. */
  forget(people: readonly PersonId[]): void
  /** Keeps what a file wishes for somebody who comes with a plan, until that plan is carried out. */
  wish(plan: string, person: PersonId, sealed: string, made: number): void
  /** These people come with this plan: they get what was wished for in it, and nothing else that was kept for them. */
  grant(plan: string, people: readonly PersonId[]): void
  /** Forgets wishes older than this: their plans were not carried out. */
  sweep(before: number): void
}

export function firstPasswordsTable(store: Store): FirstPasswords {
  const columns = 'person, sealed, made, printed'
  const get = (person: PersonId): FirstPassword | undefined => {
    const row = store.get(`select ${columns} from first_passwords where person = ?`, person)
    if (row === undefined) return undefined
    const printed = row['printed'] ?? null
    return {
      person,
      sealed: String(row['sealed']),
      made: Number(row['made']),
      printed: printed === null ? null : Number(printed),
    }
  }
  return {
    get,
    list: (people) => people.flatMap((person) => get(person) ?? []),
    put: (person, sealed, made, told) =>
      store.run(
        `insert or replace into first_passwords (${columns}) values (?, ?, ?, ?)`,
        person,
        sealed,
        made,
        told ?? null,
      ),
    settle: (people) =>
      store.transaction(() => {
        for (const person of people) {
          store.run('delete from first_passwords where person = ? and printed is not null', person)
        }
      }),
    markPrinted: (told, at) =>
      store.transaction(() => {
        for (const { person, made } of told) {
          store.run(
            "update first_passwords set printed = ?, sealed = '' where person = ? and made = ? and printed is null",
            at,
            person,
            made,
          )
        }
      }),
    forget: (people) =>
      store.transaction(() => {
        for (const person of people) store.run('delete from first_passwords where person = ?', person)
      }),
    wish: (plan, person, sealed, made) =>
      store.run(
        'insert or replace into wishes (plan, person, sealed, made) values (?, ?, ?, ?)',
        plan,
        person,
        sealed,
        made,
      ),
    grant: (plan, people) =>
      store.transaction(() => {
        for (const person of people) {
          store.run('delete from first_passwords where person = ?', person)
          store.run(
            'insert into first_passwords (person, sealed, made) select person, sealed, made from wishes where plan = ? and person = ?',
            plan,
            person,
          )
        }
        // Every other plan is older than the register from now on.
        store.run('delete from wishes')
      }),
    sweep: (before) => store.run('delete from wishes where made < ?', before),
  }
}
