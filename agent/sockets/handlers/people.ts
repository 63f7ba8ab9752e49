import { withDirectory } from '../../accounts/registrar.ts'
import { ensureRoleGroups } from '../../accounts/roles.ts'
import { BoxError, isBoxError } from '../../errors.ts'
import type { Group } from '../../model/group.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Login, Person, Role } from '../../model/person.ts'
import { refuseOtherRole, roleGroups } from '../../model/role-groups.ts'
import type { Caller, Deps } from '../handler.ts'

/** What the handlers of accounts and groups have in common. */

/** The state of a school that has accounts, with its groups of roles in the register; `DIRECTORY_NONE`. */
export function schoolOf({ engine, ledger }: Pick<Deps, 'engine' | 'ledger'>): ReturnType<typeof withDirectory> {
  const state = withDirectory(engine.state())
  ensureRoleGroups(ledger, state.school.language)
  return state
}

/**
 * Whoever breaks into the platform must not become administrator by it: it can neither make administrators nor touch
 * their accounts, nor set their passwords. `AGENT_REFUSED`.
 */
export function refuseAdministrators({ audience }: Caller, ...roles: readonly Role[]): void {
  if (audience === 'root' || !roles.includes('administrator')) return
  throw new BoxError('AGENT_REFUSED', 'Accounts of administrators cannot be made or changed over the platform', {
    hint: 'On the server: iserv-ctl account …',
  })
}

/** Somebody by login, also those who are removed; `PERSON_UNKNOWN`. */
export function personCalled(login: Login, { people }: Deps['ledger']): Person {
  const person = people.byLogin(login)
  if (person !== undefined) return person
  const former = people.formerOwner(login)
  const now = former === undefined ? undefined : people.byId(former)?.login
  const meant = now === undefined ? didYouMean(login, people.logins()) : ` Its owner is now called ${now}.`
  throw new BoxError('PERSON_UNKNOWN', `Nobody signs in as "${login}".${meant}`.replace(/\.$/, ''), {
    hint: 'iserv-ctl account list --search finds people by name.',
  })
}

export function peopleCalled(logins: readonly Login[], ledger: Deps['ledger']): readonly Person[] {
  return [...new Set(logins)].map((login) => personCalled(login, ledger))
}

/** A living group; `GROUP_UNKNOWN`. */
export function groupCalled(name: string, { groups }: Deps['ledger']): Group {
  const group = groups.byName(name)
  if (group !== undefined) return group
  const living = groups.list().filter(({ ended }) => ended === null)
  const names = living.map((one) => one.name)
  throw new BoxError('GROUP_UNKNOWN', `There is no group "${name}".${didYouMean(name, names)}`.replace(/\.$/, ''), {
    hint: 'iserv-ctl group list shows what there is.',
  })
}

/**
 * A group whose members are put in by name; `AGENT_REFUSED` for those of the roles, and for one that is not for all of these
 * people.
 */
export function joinable(
  name: string,
  ledger: Deps['ledger'],
  people: readonly Pick<Person, 'login' | 'role'>[],
): Group {
  const group = groupCalled(name, ledger)
  const role = roleGroups.find(({ id }) => id === group.id)
  for (const person of people) refuseOtherRole(group.id, person)
  if (role?.everybody !== true) return group
  throw new BoxError('AGENT_REFUSED', `Everybody of the role ${role.role} is in ${name}, and nobody else`, {
    hint: `iserv-ctl account edit LOGIN --role ${role.role}`,
  })
}

/** Brings the directory after the register. @returns why one of these still waits; null: the directory has them. */
export async function broughtTo(
  { registrar }: Pick<Deps, 'registrar'>,
  names: readonly string[],
): Promise<string | null> {
  try {
    const { refused } = await registrar.bring()
    return refused.find(({ name }) => names.includes(name))?.why ?? null
  } catch (error) {
    // The change is in the register, and the directory follows as soon as it can.
    if (isBoxError(error)) return error.message
    throw error
  }
}
