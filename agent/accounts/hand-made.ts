import type { Ledger } from '../engine/ledger.ts'
import { BoxError } from '../errors.ts'
import type { GroupId } from '../model/group.ts'
import type { Login, Person, PersonId } from '../model/person.ts'
import { primaryPupils } from '../model/role-groups.ts'
import { isFree } from './login/make.ts'
import { isReserved } from './login/reserved.ts'
import { takenNames } from './names-taken.ts'
import type { PasswordOwner } from './password.ts'

/** Whether what a person at the command line wants can be: names and addresses that are free. */

/** @throws `PERSON_EXISTS` unless this login can be given to this person. */
export function refuseTaken(login: Login, ledger: Ledger, who?: PersonId): void {
  if (isReserved(login)) {
    throw new BoxError('PERSON_EXISTS', `"${login}" is a name that Windows, Samba or the server itself uses`, {
      hint: 'Choose another name to sign in with.',
    })
  }
  if (who !== undefined && ledger.people.formerOwner(login) === who) return
  if (isFree(login, takenNames(ledger))) return
  const owner = ledger.people.byLogin(login)
  const words =
    owner === undefined
      ? `"${login}" is the name of a group, or somebody had it before`
      : `"${login}" is ${owner.given} ${owner.surname}${owner.state === 'removed' ? ', who is removed' : ''}`
  throw new BoxError('PERSON_EXISTS', words, { hint: 'A name to sign in with is never given to somebody else.' })
}

/** @throws `PERSON_EXISTS` when the address is somebody else's. */
export function refuseMail(mail: string | null | undefined, { people }: Ledger, who?: PersonId): void {
  const owner = mail === null || mail === undefined ? undefined : people.byMail(mail)
  if (owner === undefined || owner.id === who) return
  throw new BoxError('PERSON_EXISTS', `${mail} is the address of ${owner.login} (${owner.given} ${owner.surname})`)
}

/** @param groups the person is in, or will be. */
export function passwordOwner(
  person: Pick<Person, 'login' | 'given' | 'surname' | 'role'>,
  groups: readonly GroupId[],
): PasswordOwner {
  return { ...person, primary: groups.includes(primaryPupils) }
}
