import { endLockout, setPassword } from '../../accounts/account-entry.ts'
import { passwordOwner } from '../../accounts/hand-made.ts'
import { madePassword, refuseWeak } from '../../accounts/password.ts'
import { openSeal } from '../../accounts/seal.ts'
import { firstStep } from '../../accounts/way-out.ts'
import { accountLock, accountPassword, accountRemove, accountRestore, accountUnlock } from '../../contract/account.ts'
import { BoxError } from '../../errors.ts'
import type { Login, Person } from '../../model/person.ts'
import { type Deps, defineHandler, type Handler } from '../handler.ts'
import { viewed } from './account.ts'
import { broughtTo, peopleCalled, personCalled, refuseAdministrators, schoolOf } from './people.ts'

/** Who may sign in, with which password, and who is on the way out. */
export const accountStateHandlers: readonly Handler[] = [
  defineHandler(accountLock, async ({ logins }, deps) => {
    const people = chosen(logins, deps)
    const changing = people.filter(({ locked }) => !locked)
    const waiting = await patched(changing, () => ({ locked: true }), deps)
    return { people: seen(people, deps), changed: changing.length, waiting }
  }),

  defineHandler(accountUnlock, async ({ logins }, deps) => {
    const people = chosen(logins, deps)
    const changing = new Set(people.filter(({ locked }) => locked).map(({ id }) => id))
    const waiting = await patched(
      people.filter(({ id }) => changing.has(id)),
      () => ({ locked: false }),
      deps,
    )
    for (const { id, sid } of people) {
      if (sid !== null && (await endLockout(deps.system.directory, sid))) changing.add(id)
    }
    return { people: seen(people, deps), changed: changing.size, waiting }
  }),

  defineHandler(accountPassword, async ({ login, password }, deps) => {
    const { ledger, caller, system } = deps
    const { directory } = schoolOf(deps)
    const person = personCalled(login, ledger)
    refuseAdministrators(caller, person.role)
    if (person.state === 'removed') {
      throw new BoxError('AGENT_REFUSED', `${login} is removed and has no account`, {
        hint: `iserv-ctl account restore ${login}`,
      })
    }
    const owner = ownerOf(person, deps)
    if (password !== undefined) refuseWeak(password, owner, directory)
    const chosenOne = password ?? madePassword(owner, directory)
    if (person.sid === null) {
      // The account is not there yet: it gets this password as its first one, made up here on paper if it must wait.
      await seal([{ person, password: chosenOne }], password !== undefined, deps)
      const waiting = await broughtTo(deps, [login])
      if (waiting !== null) throw new BoxError('DIRECTORY_UNREACHABLE', `${login} has no account yet: ${waiting}`)
    } else await setPassword(system.directory, person.sid, chosenOne)
    ledger.firstPasswords.forget([person.id])
    return { login, password: password === undefined ? chosenOne : null }
  }),

  defineHandler(accountRemove, async ({ logins, dryRun }, deps) => {
    const people = chosen(logins, deps)
    const { accounts } = schoolOf(deps)
    const leaving = people.filter(({ state }) => state === 'active')
    const now = deps.system.clock.now()
    const out = (person: Person) => ({ state: firstStep(person.role, accounts.leaving), since: now })
    const waiting = dryRun ? null : await patched(leaving, out, deps)
    const views = dryRun ? leaving.map((person) => viewed({ ...person, ...out(person) }, deps)) : seen(leaving, deps)
    return { leaving: views, already: loginsOf(people.filter(({ state }) => state !== 'active')), waiting }
  }),

  defineHandler(accountRestore, async ({ logins, dryRun }, deps) => {
    const people = chosen(logins, deps)
    const { directory } = schoolOf(deps)
    const back = people.filter(({ state }) => state !== 'active')
    const already = loginsOf(people.filter(({ state }) => state === 'active'))
    const active = { state: 'active', since: deps.system.clock.now() } as const
    if (dryRun) {
      return {
        back: back.map((person) => viewed({ ...person, ...active }, deps)),
        already,
        passwords: [],
        waiting: null,
      }
    }
    // Whose account is gone gets a new one, with the same name, number and files; its password is not known any more. Where
    // the directory did not get to removing it, the old one counts.
    const made = back
      .filter(({ state, sid }) => state === 'removed' && sid === null)
      .map((person) => ({ person, password: madePassword(ownerOf(person, deps), directory) }))
    await seal(made, true, deps)
    const waiting = await patched(back, () => active, deps)
    const passwords = made.map(({ person, password }) => ({ login: person.login, password }))
    return { back: seen(back, deps), already, passwords, waiting }
  }),
]

/** All of them, or none if one is unknown or an administrator for the platform. */
function chosen(logins: readonly Login[], deps: Deps): readonly Person[] {
  schoolOf(deps)
  const people = peopleCalled(logins, deps.ledger)
  refuseAdministrators(deps.caller, ...people.map(({ role }) => role))
  return people
}

async function patched(
  people: readonly Person[],
  fields: (person: Person) => Partial<Omit<Person, 'id' | 'revision'>>,
  deps: Deps,
): Promise<string | null> {
  if (people.length === 0) return null
  deps.ledger.transaction(() => {
    for (const person of people) deps.ledger.people.patch(person.id, fields(person))
  })
  return broughtTo(deps, loginsOf(people))
}

/** @param told whoever asks has chosen them or is told them: they are kept for the accounts only, and for no letter. */
async function seal(
  made: readonly { readonly person: Person; readonly password: string }[],
  told: boolean,
  { system, ledger }: Deps,
): Promise<void> {
  if (made.length === 0) return
  const sealing = await openSeal(system)
  const now = system.clock.now()
  ledger.transaction(() => {
    for (const { person, password } of made) {
      ledger.firstPasswords.put(person.id, sealing.close(password, person.id), now, told ? now : undefined)
    }
  })
}

function ownerOf(person: Person, { ledger }: Deps): ReturnType<typeof passwordOwner> {
  return passwordOwner(
    person,
    ledger.groups.of(person.id).map(({ group }) => group),
  )
}

const loginsOf = (people: readonly Person[]): Login[] => people.map(({ login }) => login)

const seen = (people: readonly Person[], deps: Deps) =>
  people.map((person) => viewed(deps.ledger.people.byId(person.id) ?? person, deps))
