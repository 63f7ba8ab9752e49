import { BoxError } from '../errors.ts'
import { type Directory, passwordRuleOf } from '../model/directory.ts'
import { fold } from '../model/fold.ts'
import type { Person } from '../model/person.ts'
import { type RoleGroupName, roleGroupOf } from '../model/role-groups.ts'
import { firstPassword } from './first-password.ts'

/**
 * What a password must be, said in clear words before the directory only says no. Pure but for the made one. A message never
 * holds the password.
 */

export interface PasswordOwner extends Pick<Person, 'login' | 'given' | 'surname' | 'role'> {
  /** Is it a pupil of the primary level? */
  readonly primary: boolean
}

/** Windows' own dialogs take no more. */
const longest = 127

/** Every list of leaked passwords begins with these; NIST SP 800-63B asks to refuse such. Folded, without digits at the end. */
const guessed = new Set(
  `passwort password kennwort geheim hallo schule schueler lehrer lehrerin iloveyou ichliebedich qwertz qwerty qwertzuiop
   asdf asdfgh asdfghjkl yxcvbnm letmein welcome willkommen sommer winter fussball computer internet master dragon admin
   administrator abcdefgh abcabc test testtest changeme iserv`.split(/\s+/),
)

/** Letters of a name that make a password guessable. */
const tellingLetters = 4

export function passwordGroupOf({ role, primary }: PasswordOwner): RoleGroupName {
  return primary && role === 'pupil' ? 'primary-pupils' : roleGroupOf(role).name
}

/** Everything that is wrong with a password, in sentences that go on after "The password". */
export function passwordFaults(
  password: string,
  owner: PasswordOwner,
  directory: Pick<Directory, 'passwords'>,
): readonly string[] {
  const group = passwordGroupOf(owner)
  const { length } = passwordRuleOf(directory, group)
  const letters = Array.from(password)
  const folded = fold(password)
  const names = [owner.login, owner.given, owner.surname]
    .flatMap((name) => fold(name).split(/[^a-z0-9]+/))
    .filter((name) => name.length >= tellingLetters)
  const name = names.find((one) => folded.includes(one))
  const faults = [
    letters.length < length && `has ${letters.length} characters; ${group} need at least ${length}`,
    letters.length > longest && `is longer than ${longest} characters`,
    /\p{C}/u.test(password) && 'holds a character that cannot be typed',
    password !== password.trim() && 'begins or ends with a blank',
    // Children who learn to write may have one word; everybody else is attacked from outside, too.
    group !== 'primary-pupils' && name !== undefined && 'holds a name of its owner',
    group !== 'primary-pupils' && isGuessed(folded) && 'is one of those that are tried first',
  ]
  return faults.filter((fault) => fault !== false)
}

function isGuessed(folded: string): boolean {
  const word = folded.replaceAll(/[^a-z]/g, '')
  const marks = new Set(folded)
  return guessed.has(word) || marks.size < 4 || '01234567890123456789'.includes(folded) || guessed.has(folded)
}

/** @throws `PASSWORD_WEAK` with everything that is wrong. */
export function refuseWeak(password: string, owner: PasswordOwner, directory: Pick<Directory, 'passwords'>): void {
  const faults = passwordFaults(password, owner, directory)
  if (faults.length === 0) return
  throw new BoxError('PASSWORD_WEAK', `The password for ${owner.login} ${faults.join(', and it ')}`, {
    hint: 'Choose another, or have one made with --generate.',
  })
}

/** A password that the rule of its owner allows. */
export function madePassword(owner: PasswordOwner, directory: Pick<Directory, 'passwords'>): string {
  return firstPassword(passwordRuleOf(directory, passwordGroupOf(owner)).length)
}
