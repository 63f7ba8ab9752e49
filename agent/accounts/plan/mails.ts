import type { Person } from '../../model/person.ts'
import { isForeign, type Matching } from '../match/matching.ts'
import type { Wanted } from '../match/wanted.ts'

export interface Mails {
  /** The address that somebody gets by the file: nobody else has it. */
  readonly of: (one: Wanted) => string | null
  /** Addresses that stand with several people. */
  readonly shared: readonly string[]
}

/** Mail addresses belong to one person each, whatever families share. One that its owner gives up by the same files is free. */
export function mailsOf({ matches, fresh }: Matching, people: readonly Person[], source: string): Mails {
  const persons = new Map(matches.map(({ wanted, person }) => [wanted, person]))
  const named = Map.groupBy(
    [...persons.keys(), ...fresh].filter(({ record }) => record.mail !== undefined),
    ({ record }) => record.mail?.toLowerCase() ?? '',
  )
  const owners = new Map(
    people.flatMap((person) => (person.mail === null ? [] : [[person.mail.toLowerCase(), person] as const])),
  )
  const lost = new Set([...named].filter(([, group]) => group.length > 1).map(([mail]) => mail))
  const foreign = new Set(matches.filter((one) => isForeign(one, source)).map(({ wanted }) => wanted))
  const after = new Map(
    [...named].flatMap(([mail, group]) =>
      group.flatMap((one) => (persons.has(one) && !foreign.has(one) ? [[persons.get(one), mail] as const] : [])),
    ),
  )
  const keeps = (owner: Person, mail: string): boolean => {
    const other = after.get(owner)
    return other === undefined || other === mail || lost.has(other)
  }
  // Who does not get the address they were to get keeps theirs, so that somebody else does not get that one.
  for (let before = -1; before !== lost.size;) {
    before = lost.size
    for (const [mail, group] of named) {
      const owner = owners.get(mail)
      if (owner !== undefined && keeps(owner, mail) && group.some((one) => persons.get(one) !== owner)) lost.add(mail)
    }
  }
  return {
    of: ({ record: { mail } }) => (mail === undefined || lost.has(mail.toLowerCase()) ? null : mail),
    shared: [...lost].toSorted(),
  }
}
