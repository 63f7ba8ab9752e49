import t from 'tap'
import { importApply, importStatus } from '../../agent/contract/import-job.ts'
import { importLetters, importLettersKept } from '../../agent/contract/import-letters.ts'
import { importPlan } from '../../agent/contract/import-plan.ts'
import { iservPupils } from '../support/people-files.ts'
import { exampleTextWithDirectory } from '../support/school.ts'
import { localSystem } from '../../agent/system/local.ts'
import type { System } from '../../agent/system/system.ts'
import { startPeopleAgent } from '../support/people-agent.ts'
import { generatedPeople } from '../support/people.ts'

/** From the file of the office to the paper in a pupil's hand: each step over the agent's socket, on a real directory. */

t.setTimeout(300_000)

const { box, engine, root, platform, folder, ledger, imports, signsIn } = await startPeopleAgent(t)
const stop = new AbortController()
const tending = imports.tend(stop.signal)
t.teardown(async () => {
  stop.abort()
  await tending
})

/** Twenty pupils of two classes; the file wishes a password for the first. */
const wished = 'zebu-kamu-99'
const chosen = generatedPeople()
  .people.filter(({ classes }) => ['5a', '5b'].includes(classes[0] ?? ''))
  .slice(0, 20)
const file = iservPupils({ ...generatedPeople(), people: chosen })
  .split('\r\n')
  .map((row, index) => (index === 1 ? row.replace(';;;', `;;${wished};`) : row))
  .join('\r\n')

/** Login and password of everybody in a table of letters. */
const rowsOf = ({ content }: { content: string }): ReadonlyMap<string, string> =>
  new Map(
    Buffer.from(content, 'base64')
      .toString()
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(';'))
      .map(([, , , login = '', password = '']) => [login, password]),
  )

t.test('whoever holds the letter can sign in', async (t) => {
  const { plan } = await root.call(importPlan, {
    files: [{ name: 'liste.csv', content: Buffer.from(file).toString('base64') }],
  })
  t.equal(plan.people.length, 20)
  t.notOk(JSON.stringify(plan).includes(wished))
  await root.call(importApply, { plan })
  let seen = await root.call(importStatus, {})
  while (seen.import?.ended === null) seen = await root.call(importStatus, { after: seen.revision })
  t.match(seen.import, { state: 'done', refused: [] })

  const letters = await root.call(importLetters, { kind: 'csv' })
  const passwords = rowsOf(letters)
  t.equal(passwords.size, 20)
  t.equal([...passwords.values()].filter((password) => password === wished).length, 1, 'the wished one is kept')
  for (const [login, password] of [...passwords].slice(0, 3)) t.ok(await signsIn(login, password), login)

  t.strictSame(
    rowsOf(await root.call(importLetters, { kind: 'csv' })),
    passwords,
    'an answer that got lost comes again',
  )
  await root.call(importLettersKept, { receipt: letters.receipt })
  await t.rejects(
    platform.call(importLettersKept, { receipt: [] }),
    /does not answer .*import\.kept on this socket/,
    'not for the platform',
  )

  const [lost = ''] = [...passwords.keys()]
  const twice = await root.call(importLetters, { kind: 'letters' })
  t.strictSame([twice.people, twice.printed], [0, 20], 'told once')
  const fresh = await root.call(importLetters, { kind: 'csv', logins: [lost as never], newPasswords: true })
  const renewed = rowsOf(fresh).get(lost) ?? ''
  t.ok(await signsIn(lost, renewed), 'a lost letter is replaced')
  t.notOk(await signsIn(lost, passwords.get(lost) ?? ''), 'and the old one opens nothing')

  const paper = await root.call(importLetters, { kind: 'lists', classes: ['5a'] })
  t.equal(Buffer.from(paper.content, 'base64').subarray(0, 5).toString(), '%PDF-', 'the box has its own fonts')
  await t.rejects(
    platform.call(importLetters, {}),
    /does not answer .*import\.letters on this socket/,
    'the platform gets no passwords',
  )
})

t.test('the same file again: nothing to do', async (t) => {
  const { plan } = await root.call(importPlan, {
    files: [{ name: 'liste.csv', content: Buffer.from(file).toString('base64') }],
  })
  t.strictSame([plan.people, plan.groups, plan.memberships], [[], [], []])
  const { already, import: begun } = await root.call(importApply, { plan })
  t.ok(already || begun === null)
  t.equal(ledger.register.snapshot().people.length >= 20, true)
})

t.test('a child of the primary level has a short password from the first letter on', async (t) => {
  const text = `${exampleTextWithDirectory()}\naccounts: { primary: { years: [1, 2] } }\n`
  await engine.apply({ documents: [{ file: 'school.yaml', text }], by: 'test', reason: '' })
  const children = generatedPeople()
    .people.filter(({ classes }) => classes[0] === '6c')
    .slice(0, 2)
  const names = children.map((one) => ({ ...one, classes: ['2a'] }))
  const list = iservPupils({ ...generatedPeople(), people: names })
  const { plan } = await root.call(importPlan, {
    files: [{ name: 'kinder.csv', content: Buffer.from(list).toString('base64') }],
    source: 'grundschule',
  })
  await root.call(importApply, { plan })
  let seen = await root.call(importStatus, {})
  while (seen.import?.ended === null) seen = await root.call(importStatus, { after: seen.revision })
  const letters = await root.call(importLetters, { kind: 'csv', classes: ['2a'] })
  const passwords = [...rowsOf(letters)]
  t.equal(passwords.length, 2)
  for (const [login, password] of passwords) {
    t.ok(password.length < 8, `${password} is shorter than other pupils may have`)
    t.ok(await signsIn(login, password), login)
  }
})

t.test('no first password stands anywhere in plain words, on the box or in the ledger', async (t) => {
  const search = ({ processes }: Pick<System, 'processes'>, words: string, places: readonly string[]) =>
    processes.run(['grep', '--recursive', '--files-with-matches', '--text', '--fixed-strings', words, ...places], {
      accept: [0, 1, 2],
    })
  const places = ['/var', '/run', '/etc', '/tmp']
  t.equal((await search(box.system, wished, places)).stdout, '')
  // Here the agent's own files lie on this machine.
  t.equal((await search(localSystem(), wished, [folder])).stdout, '')
  const [login = ''] = ledger.people.list().map((person) => person.login)
  t.match((await search(localSystem(), login, [folder])).stdout, 'ledger.sqlite', 'where the rest of them is read')
})
