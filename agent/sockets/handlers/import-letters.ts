import { setPassword } from '../../accounts/account-entry.ts'
import { passwordOwner } from '../../accounts/hand-made.ts'
import { keptLetters, type LettersDeps, writeLetters } from '../../accounts/letters/write.ts'
import { madePassword } from '../../accounts/password.ts'
import { openSeal } from '../../accounts/seal.ts'
import { importLetters, importLettersKept } from '../../contract/import-letters.ts'
import { BoxError } from '../../errors.ts'
import type { PersonId } from '../../model/person.ts'
import { type Deps, defineHandler, type Handler } from '../handler.ts'
import { schoolOf } from './people.ts'

export const importLettersHandlers: readonly Handler[] = [
  defineHandler(importLetters, (request, deps) => {
    const state = schoolOf(deps)
    return writeLetters(request, { ...deps, state, newPassword: (person) => newPassword(person, deps) })
  }),
  defineHandler(importLettersKept, ({ receipt }, deps) => {
    keptLetters(receipt, deps)
    return {}
  }),
]

/** First in the directory, then kept for the letter: what a letter says has always been true once. */
async function newPassword(id: PersonId, deps: Deps): ReturnType<LettersDeps['newPassword']> {
  const { ledger, system } = deps
  const person = ledger.people.byId(id)
  if (person?.sid === undefined || person.sid === null) {
    throw new BoxError('DIRECTORY_UNREACHABLE', `${person?.login ?? id} has no account yet`, {
      hint: 'iserv-ctl import status tells how far the import is.',
    })
  }
  const owner = passwordOwner(
    person,
    ledger.groups.of(id).map(({ group }) => group),
  )
  const password = madePassword(owner, schoolOf(deps).directory)
  await setPassword(system.directory, person.sid, password)
  const made = system.clock.now()
  ledger.firstPasswords.put(id, (await openSeal(system)).close(password, id), made)
  return { password, made }
}
