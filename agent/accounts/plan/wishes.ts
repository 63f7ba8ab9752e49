import type { Problem } from '../../errors.ts'
import type { NewPerson } from '../../model/import-plan.ts'
import { show } from '../../model/explain.ts'
import type { PersonId } from '../../model/person.ts'
import type { SchoolState } from '../../model/state.ts'
import type { z } from 'zod'
import { isReserved } from '../login/reserved.ts'
import type { Wanted } from '../match/wanted.ts'
import { passwordFaults } from '../password.ts'

type Newcomer = z.infer<typeof NewPerson>

export interface Wishes {
  readonly changes: readonly Newcomer[]
  /** Those that the school's rules allow. */
  readonly passwords: ReadonlyMap<PersonId, string>
  /** Without any password in them. */
  readonly problems: readonly Problem[]
}

/** First passwords that the files ask for. Who wished for one that is too weak gets one that is made. */
export function wishesOf(
  changes: readonly Newcomer[],
  ids: ReadonlyMap<Wanted, PersonId>,
  isPrimary: (person: PersonId) => boolean,
  directory: SchoolState['directory'],
): Wishes {
  const passwords = new Map<PersonId, string>()
  const refused = new Map<string, Wanted[]>()
  const byId = new Map(changes.map((change) => [change.id, change]))
  for (const [one, id] of ids) {
    const { wishedPassword } = one.record
    const change = byId.get(id)
    if (wishedPassword === undefined || change === undefined) continue
    const owner = { ...change.fields, login: change.login, primary: isPrimary(id) }
    const [fault] = directory === undefined ? [] : passwordFaults(wishedPassword, owner, directory)
    if (fault === undefined) passwords.set(id, wishedPassword)
    else if (refused.get(fault)?.push(one) === undefined) refused.set(fault, [one])
  }
  return {
    changes: changes.map((change) => ({ ...change, wishedPassword: passwords.has(change.id) })),
    passwords,
    problems: [...refused].map(([fault, people]) => problemOf(fault, people)),
  }
}

function problemOf(fault: string, [first, ...others]: readonly Wanted[]): Problem {
  const column = first?.record.columns.password
  const more = others.length === 0 ? '' : `, and so it is in ${others.length} further lines`
  return {
    severity: 'warning',
    ...first?.place,
    ...(column === undefined ? {} : { column }),
    path: 'password',
    message: `the password that the file asks for ${fault}${more}`,
    hint: 'One is made instead; it stands in the letter.',
  }
}

/** Who wished for a login name that somebody has, or that is reserved, gets another: each is told, for they expect their own. */
export function otherLogins(changes: readonly Newcomer[], ids: ReadonlyMap<Wanted, PersonId>): readonly Problem[] {
  const logins = new Map(changes.map(({ id, login }) => [id, login]))
  return [...ids].flatMap(([{ record, place }, id]): readonly Problem[] => {
    const { wishedLogin, given, surname, columns } = record
    const login = logins.get(id)
    if (wishedLogin === undefined || login === undefined || login === wishedLogin) return []
    const why = isReserved(wishedLogin) ? 'is reserved' : 'is taken'
    const message = `login name ${show(wishedLogin)} ${why}: ${given} ${surname} gets ${show(login)}`
    const hint =
      'It stands in the plan and in the letter. For another, change it in the file, or later: iserv-ctl account rename'
    const column = columns.login === undefined ? {} : { column: columns.login }
    return [{ severity: 'warning', ...place, ...column, path: 'login', message, hint }]
  })
}
