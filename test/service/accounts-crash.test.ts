import { once } from 'node:events'
import t from 'tap'
import { accountAdd, accountLock, accountPassword, accountShow } from '../../agent/contract/account.ts'
import { BoxError } from '../../agent/errors.ts'
import { Login } from '../../agent/model/person.ts'
import type { Directory } from '../../agent/system/system.ts'
import { until } from '../../cli/lab/until.ts'
import { startPeopleAgent } from '../support/people-agent.ts'

/** A directory that goes away at any write: nothing is half done for long, and nobody is made twice. */

t.setTimeout(600_000)

/** Writes until the directory is gone. Before or after the last of them: a power cut knows no difference. */
const fate = { writes: Number.POSITIVE_INFINITY, done: true }

const gone = () => new BoxError('DIRECTORY_UNREACHABLE', 'The directory does not answer (cut)')

function dying(directory: Directory): Directory {
  const write = async (act: () => Promise<void>): Promise<void> => {
    if (fate.writes <= 0) throw gone()
    fate.writes -= 1
    if (fate.writes > 0) return act()
    if (fate.done) await act()
    throw gone()
  }
  return {
    search: (search) => directory.search(search),
    add: (dn, attributes) => write(() => directory.add(dn, attributes)),
    modify: (dn, changes) => write(() => directory.modify(dn, changes)),
    rename: (dn, to) => write(() => directory.rename(dn, to)),
    remove: (dn) => write(() => directory.remove(dn)),
  }
}

const agent = await startPeopleAgent(t, (system) => ({ ...system, directory: dying(system.directory) }))
const { root, ledger, registrar } = agent
const { directory } = agent.box.system

const objectsOf = (login: string) =>
  directory.search({
    base: 'DC=schule,DC=lan',
    scope: 'sub',
    filter: `(sAMAccountName=${login})`,
    attributes: ['adminDescription', 'memberOf'],
  })

await registrar.bring()

t.test('whichever write is the last one, the account is whole in the end and there once', async (t) => {
  for (const done of [false, true]) {
    for (let writes = 1; writes <= 2; writes += 1) {
      Object.assign(fate, { writes, done })
      const given = `Cut${writes}${done ? 'after' : 'before'}`
      const password = 'Regenbogen-77'
      const answer = await root.call(accountAdd, { given, surname: 'Off', role: 'pupil', password })
      t.match(answer.waiting, /cut/, `${given}: told that it waits`)
      const login = answer.login
      t.ok(ledger.people.isPending(ledger.people.byLogin(login)?.id as never))
      fate.writes = Number.POSITIVE_INFINITY

      const stop = new AbortController()
      const tending = registrar.tend(stop.signal)
      await until(async () => !ledger.people.isPending(ledger.people.byLogin(login)?.id as never), {
        what: `${login} to be in the directory`,
      })
      stop.abort()
      await tending
      const found = await objectsOf(login)
      t.equal(found.length, 1, `${given}: one object`)
      t.strictSame(found[0]?.attributes['memberOf'], ['CN=pupils,OU=Groups,OU=School,DC=schule,DC=lan'])
      t.ok(await agent.signsIn(login, password), `${given}: with the password that was given`)
    }
  }
})

t.test('while the directory is away nobody is half made, and passwords say why not', async (t) => {
  const [one] = ledger.people.list()
  const login = Login.parse(one?.login)
  fate.writes = 0
  await t.rejects(root.call(accountPassword, { login, password: 'Sonnenblume-4' }), { code: 'DIRECTORY_UNREACHABLE' })
  const locked = await root.call(accountLock, { logins: [login] })
  t.match(locked, { people: [{ login, locked: true, waiting: true }], waiting: /cut/ })
  t.match(await root.call(accountShow, { login }), { person: { waiting: true } })
  fate.writes = Number.POSITIVE_INFINITY
  t.match(await registrar.bring(), { people: 1, refused: [] })
  t.notOk(await agent.signsIn(login, 'Regenbogen-77'), 'the lock is in force')
})

t.test('what somebody has chosen is on no letter, and forgotten once the account is there', async (t) => {
  fate.writes = 0
  const chosen = { given: 'Ada', surname: 'Selbst', role: 'administrator' as const, password: 'Regenbogen-77-Wolke' }
  const { login } = await root.call(accountAdd, chosen)
  const id = ledger.people.byLogin(login)?.id as never
  t.type(ledger.firstPasswords.get(id)?.printed, 'number', 'told already')
  const mistaken = { given: 'Bea', surname: 'Selbst', role: 'teacher' as const, password: 'Regenbogen-77-Lehrer' }
  const other = await root.call(accountAdd, mistaken)
  await t.rejects(root.call(accountPassword, { login: other.login }), { code: 'DIRECTORY_UNREACHABLE' })
  const otherId = ledger.people.byLogin(other.login)?.id as never
  t.equal(ledger.firstPasswords.get(otherId)?.printed, null, 'one that nobody was told waits for a letter')
  fate.writes = Number.POSITIVE_INFINITY
  await registrar.bring()
  t.equal(ledger.firstPasswords.get(id), undefined)
  t.type(ledger.firstPasswords.get(otherId), 'object')
  t.ok(await agent.signsIn(login, chosen.password))
})

t.test('the loop ends at the signal', async (t) => {
  const stop = new AbortController()
  const tending = registrar.tend(stop.signal)
  const ended = once(stop.signal, 'abort')
  stop.abort()
  await ended
  await t.resolves(tending)
})
