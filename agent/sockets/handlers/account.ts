import type { z } from 'zod'
import { isForeignName, signInOf } from '../../accounts/account-entry.ts'
import { passwordOwner, refuseMail, refuseTaken } from '../../accounts/hand-made.ts'
import { loginsFor } from '../../accounts/login/make.ts'
import { takenNames } from '../../accounts/names-taken.ts'
import { madePassword, refuseWeak } from '../../accounts/password.ts'
import { openSeal } from '../../accounts/seal.ts'
import { memberships, overview, personLine, personView, wholeOverview } from '../../accounts/views.ts'
import {
  accountAdd,
  accountChanges,
  accountEdit,
  accountList,
  accountRename,
  accountSearch,
  accountShow,
} from '../../contract/account.ts'
import { BoxError, isBoxError } from '../../errors.ts'
import { type Login, type Person, PersonId } from '../../model/person.ts'
import { type Deps, defineHandler, type Handler } from '../handler.ts'
import { broughtTo, groupCalled, joinable, personCalled, refuseAdministrators, schoolOf } from './people.ts'

export const accountHandlers: readonly Handler[] = [
  defineHandler(accountList, ({ role, state, group: name, search, limit }, { ledger }) => {
    const { people, groups, memberships: made } = ledger.register.snapshot()
    const inGroup =
      name === undefined
        ? undefined
        : new Set(
            memberships(people, made)
              .get(groupCalled(name, ledger).id)
              ?.map(({ person }) => person),
          )
    const among = state === 'removed' ? state : 'others'
    const found = search === undefined ? ledger.people.list() : ledger.people.search(search, people.length, among)
    const wanted = found.filter(
      (person) =>
        (role === undefined || person.role === role) &&
        (state === undefined ? person.state !== 'removed' : person.state === state) &&
        inGroup?.has(person.id) !== false,
    )
    const view = wholeOverview(groups, made)
    return { people: wanted.slice(0, limit).map((person) => personLine(person, view)), total: wanted.length }
  }),

  defineHandler(accountSearch, ({ words, limit }, { ledger }) => {
    const view = overview(ledger)
    return { people: ledger.people.search(words, limit).map((person) => personLine(person, view)) }
  }),

  defineHandler(accountChanges, ({ since }, { ledger }) => {
    const changed = ledger.register.changedSince(since)
    const view = overview(ledger)
    const members = Map.groupBy(changed.memberships, ({ group }) => group)
    return {
      revision: changed.revision,
      people: changed.people.map((person) => personLine(person, view)),
      groups: changed.groups.map(({ id, name, title, kind, ended }) => ({
        id,
        name,
        title,
        kind,
        ended: ended !== null,
        members: (members.get(id) ?? []).map(({ person, part }) => ({ person, part })),
      })),
    }
  }),

  defineHandler(accountShow, async ({ login }, deps) => {
    const person = personCalled(login, deps.ledger)
    return { person: viewed(person, deps), signIn: await signIn(person, deps) }
  }),

  defineHandler(accountAdd, add),

  defineHandler(accountEdit, async ({ login, ...fields }, deps) => {
    const { ledger, caller } = deps
    schoolOf(deps)
    const person = personCalled(login, ledger)
    refuseAdministrators(caller, person.role, fields.role ?? person.role)
    refuseMail(fields.mail, ledger, person.id)
    return changedTo(person, fields, deps)
  }),

  defineHandler(accountRename, async ({ login, to }, deps) => {
    const { ledger, caller, system } = deps
    const { school } = schoolOf(deps)
    const person = personCalled(login, ledger)
    refuseAdministrators(caller, person.role)
    if (to !== login) {
      refuseTaken(to, ledger, person.id)
      if (await isForeignName(system.directory, school.domain, to)) throw foreign(to)
      refuseTaken(to, ledger, person.id)
    }
    return changedTo(person, { login: to }, deps)
  }),
]

export function viewed(person: Person, { ledger, engine, caller }: Deps): ReturnType<typeof personView> {
  return personView(person, ledger, engine.state().accounts.leaving, caller.audience === 'root')
}

type Addition = z.output<typeof accountAdd.request>

async function add({ login: wanted, password, groups, dryRun, ...fields }: Addition, deps: Deps) {
  const { ledger, caller, system, registrar } = deps
  const { school, directory, accounts } = schoolOf(deps)
  refuseAdministrators(caller, fields.role)
  const [ruled] = loginsFor(accounts.login, [fields], takenNames(ledger))
  const login = wanted ?? ruled
  if (login === undefined) throw new TypeError('one newcomer, one login')
  const joined = groups.map((name) => joinable(name, ledger, [{ login, role: fields.role }]).id)
  const mayBe = (): void => {
    refuseTaken(login, ledger)
    refuseMail(fields.mail, ledger)
  }
  mayBe()
  const owner = passwordOwner({ ...fields, login }, joined)
  if (password !== undefined) refuseWeak(password, owner, directory)
  if (dryRun) return { login, person: null, password: null, waiting: null }

  if (await isForeignName(system.directory, school.domain, login)) throw foreign(login)
  const id = PersonId.parse(crypto.randomUUID())
  const [seal, numbers] = await Promise.all([openSeal(system), registrar.take({ people: [id], groups: [] })])
  const made = password ?? madePassword(owner, directory)
  const now = system.clock.now()
  const person = ledger.transaction(() => {
    // Somebody may have been quicker meanwhile.
    mayBe()
    const [number = 0] = numbers.people
    // Whoever asked chooses it or is told it below: until the account is there it is kept, for that alone.
    ledger.firstPasswords.put(id, seal.close(made, id), now, now)
    const put = ledger.people.put({
      ...fields,
      id,
      login,
      number,
      origin: null,
      state: 'active',
      since: now,
      locked: false,
      sid: null,
    })
    ledger.groups.join(joined.map((group) => ({ group, person: id, part: 'member', source: null })))
    return put
  })
  const waiting = await broughtTo(deps, [login, ...groups])
  const after = ledger.people.byId(id) ?? person
  return { login, person: viewed(after, deps), password: password === undefined ? made : null, waiting }
}

async function changedTo(person: Person, fields: Partial<Omit<Person, 'id' | 'revision'>>, deps: Deps) {
  const before: Readonly<Record<string, unknown>> = { ...person }
  const differs = Object.entries(fields).some(([name, value]) => before[name] !== value)
  if (!differs) return { person: viewed(person, deps), changed: false, waiting: null }
  const after = deps.ledger.people.patch(person.id, fields) ?? person
  const waiting = await broughtTo(deps, [after.login])
  return { person: viewed(deps.ledger.people.byId(person.id) ?? after, deps), changed: true, waiting }
}

function foreign(login: Login): BoxError {
  return new BoxError(
    'PERSON_EXISTS',
    `"${login}" is something else in the directory: a computer or an account made by hand`,
  )
}

/** Whoever asks about somebody gets an answer, even while the directory gives none. */
async function signIn({ sid }: Person, { system, engine }: Deps) {
  if (sid === null || engine.state().directory === undefined) return null
  try {
    return (await signInOf(system.directory, sid)) ?? null
  } catch (error) {
    if (isBoxError(error)) return null
    throw error
  }
}
