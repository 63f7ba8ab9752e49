import t from 'tap'
import { project } from '../../agent/accounts/bulk/project.ts'
import { ensureRoleGroups } from '../../agent/accounts/roles.ts'
import { openSeal } from '../../agent/accounts/seal.ts'
import type { Person } from '../../agent/model/person.ts'
import { passwordValue } from '../support/directory-people.ts'
import { lockingSchool, startDirectory } from '../support/directory.ts'
import { ledgerUnder, somebody } from '../support/register.ts'
import { byKerberos, byLdap, byNtlm, changesOwn, readyToSignIn, ticketKinds } from '../support/signing-in.ts'
import { workstationOn } from '../support/workstation.ts'

/** Accounts whose keys the agent has made, before the real directory and a real workstation. */

t.setTimeout(600_000)

const box = await startDirectory(t, { school: lockingSchool() })
const { system, school } = box
const ledger = ledgerUnder(t, t.testdir())
const seal = await openSeal(system)
ensureRoleGroups(ledger, 'de')

/** Enough people at once for the fast way, each with a first password. */
function enrol(names: readonly string[], fields: Partial<Person> = {}): readonly Person[] {
  return ledger.transaction(() =>
    names.map((login) => {
      const person = ledger.people.put(somebody(login, ledger.people.highestNumber() + 1, fields))
      ledger.firstPasswords.put(person.id, seal.close(`Anfang-${login}-9`, person.id), 0)
      return person
    }),
  )
}
const first = (login: string): string => `Anfang-${login}-9`
const letters = 'a b c d e f g h i j'.split(' ')
enrol(letters.filter((letter) => letter !== 'd').map((letter) => `p.${letter}`))
const longName = { given: `${'Ä'.repeat(63)}𝒜${'b'.repeat(100)}`, surname: '𝒜'.repeat(100) }
enrol(['p.long'], longName)
// Parents have no password policy of their own, so the domain's counts for them.
enrol(['p.d'], { role: 'parent' })
const projected = await project({ system, ledger, state: school })

const workstation = await workstationOn(await box.device('r214-pc07', 7))
await readyToSignIn(workstation, (await system.files.read('/var/lib/iserv/certificates/ca.pem')) ?? '')

const entry = async (login: string, attributes: readonly string[]) =>
  (
    await system.directory.search({
      base: 'DC=schule,DC=lan',
      scope: 'sub',
      filter: `(sAMAccountName=${login})`,
      attributes,
    })
  )[0]?.attributes ?? {}

t.test('this Samba takes keys of ours, tried once', async (t) => {
  t.strictSame(projected.refused, [])
  const { stdout } = await system.processes.run(['python3', '-c', 'import samba; print(samba.version)'])
  t.match(ledger.sambaTrials.get(stdout.trim()), { works: true, why: '' })
  t.strictSame(await entry('iserv-probe', ['cn']), {}, 'nothing is left of the trial')
})

t.test('such accounts sign in by Kerberos, NTLM and LDAP, and nobody with another password', async (t) => {
  t.equal(await byKerberos(workstation, 'p.a', first('p.a')), true)
  t.equal(await ticketKinds(workstation), 'aes256-cts-hmac-sha1-96, aes256-cts-hmac-sha1-96')
  t.equal(await byNtlm(workstation, 'p.a', first('p.a')), true)
  t.equal(await byLdap(workstation, 'p.a', first('p.a')), true)
  for (const way of [byKerberos, byNtlm, byLdap]) t.equal(await way(workstation, 'p.a', first('p.b')), false)
})

t.test('they are what the plain way makes, attribute by attribute', async (t) => {
  const [plain] = enrol(['p.plain'])
  await project({ system, ledger, state: school })
  const names = ['objectClass', 'userAccountControl', 'sAMAccountType', 'primaryGroupID', 'gidNumber', 'employeeType']
  const more = ['memberOf', 'accountExpires', 'instanceType', 'objectCategory', 'badPwdCount', 'homeDrive']
  t.strictSame(await entry('p.c', [...names, ...more]), await entry('p.plain', [...names, ...more]))
  const set = async (login: string) => Number((await entry(login, ['pwdLastSet']))['pwdLastSet']?.[0])
  // Ten million steps of Windows' clock are a second.
  t.ok(Math.abs((await set('p.plain')) - (await set('p.c'))) < 600 * 1e7, 'the password was set just now')
  t.equal(typeof plain?.number, 'number')
})

t.test('names longer than the directory takes are shortened there, whichever way they come', async (t) => {
  enrol(['p.longer'], longName)
  t.strictSame((await project({ system, ledger, state: school })).refused, [])
  for (const login of ['p.long', 'p.longer']) {
    const { given, surname } = longName
    t.strictSame(await entry(login, ['givenName', 'sn', 'displayName']), {
      givenName: ['Ä'.repeat(63)],
      sn: ['𝒜'.repeat(32)],
      displayName: [`${given} ${surname}`.slice(0, 256)],
    })
    t.match(ledger.people.byLogin(login), longName, 'the register has them whole')
  }
})

t.test('they change their own password, and the history keeps the first one', async (t) => {
  await system.processes.run(['samba-tool', 'domain', 'passwordsettings', 'set', '--history-length=3'])
  t.equal(await changesOwn(workstation, 'p.d', first('p.d'), 'Neuanfang-77'), true)
  t.equal(await byKerberos(workstation, 'p.d', first('p.d')), false)
  for (const way of [byKerberos, byNtlm, byLdap]) t.equal(await way(workstation, 'p.d', 'Neuanfang-77'), true)
  t.equal(await changesOwn(workstation, 'p.d', 'Neuanfang-77', first('p.d')), false, 'not the old one again')
})

t.test('they are locked out after wrong tries like others, and let in again', async (t) => {
  // The tenth wrong password of a pupil is one too many.
  for (let tries = 0; tries < 10; tries += 1) await byLdap(workstation, 'p.e', `falsch-${tries}`)
  t.equal(await byLdap(workstation, 'p.e', first('p.e')), false)
  await system.directory.modify(`CN=p.e,OU=People,OU=School,DC=schule,DC=lan`, [
    { kind: 'replace', attribute: 'lockoutTime', values: ['0'] },
  ])
  t.equal(await byLdap(workstation, 'p.e', first('p.e')), true)
})

t.test('under another name they keep identity and password, whose keys hold the old name', async (t) => {
  const before = ledger.people.byLogin('p.f')
  t.ok(before?.sid)
  for (const letter of letters.slice(5)) {
    const person = ledger.people.byLogin(`p.${letter}`)
    if (person !== undefined)
      ledger.people.patch(
        person.id,
        somebody(`neu.${letter}`, person.number, { ...person, login: `neu.${letter}` as Person['login'] }),
      )
  }
  t.strictSame((await project({ system, ledger, state: school })).refused, [])
  t.equal(ledger.people.byLogin('neu.f')?.sid, before?.sid)
  for (const way of [byKerberos, byNtlm, byLdap]) t.equal(await way(workstation, 'neu.f', first('p.f')), true)
  t.equal(await byKerberos(workstation, 'p.f', first('p.f')), false, 'the old name is gone')
  t.equal(await changesOwn(workstation, 'neu.g', first('p.g'), 'Neuanfang-78'), true)
  t.equal(await byKerberos(workstation, 'neu.g', 'Neuanfang-78'), true)
})

t.test('an administrator sets their password as any other', async (t) => {
  await system.directory.modify(`CN=neu.h,OU=People,OU=School,DC=schule,DC=lan`, [
    { kind: 'replace', attribute: 'unicodePwd', values: [passwordValue('Gesetzt-79')] },
  ])
  for (const way of [byKerberos, byNtlm, byLdap]) t.equal(await way(workstation, 'neu.h', 'Gesetzt-79'), true)
})

t.test('who is switched off does not get in, and the groups of roles follow', async (t) => {
  const person = ledger.people.byLogin('p.b')
  t.ok(person)
  if (person === undefined) return
  ledger.people.patch(person.id, { state: 'disabled', role: 'teacher' })
  await project({ system, ledger, state: school })
  t.equal(await byLdap(workstation, 'p.b', first('p.b')), false)
  t.match(await entry('p.b', ['memberOf']), { memberOf: [/^CN=teachers,/] })
  ledger.people.patch(person.id, { state: 'active' })
  await project({ system, ledger, state: school })
  t.equal(await byLdap(workstation, 'p.b', first('p.b')), true, 'back with the same password')
  t.equal(ledger.people.byLogin('p.b')?.sid, person.sid)
})

t.test('what carries our mark is adopted, whatever a crash has forgotten; what does not is left alone', async (t) => {
  const known = ledger.people.byLogin('p.c')
  t.ok(known)
  if (known === undefined) return
  ledger.people.patch(known.id, { given: 'Anna' })
  ledger.people.projected(known.id, 0, null)
  await system.directory.add('CN=fremd,CN=Users,DC=schule,DC=lan', { objectClass: ['user'], sAMAccountName: ['fremd'] })
  enrol(['fremd', ...letters.map((letter) => `q.${letter}`)])
  const { refused } = await project({ system, ledger, state: school })
  t.strictSame(
    refused.map(({ name }) => name),
    ['fremd'],
  )
  t.match(refused[0]?.why, /not ours/)
  t.equal(ledger.people.byLogin('p.c')?.sid, known.sid)
  t.strictSame((await entry('p.c', ['givenName']))['givenName'], ['Anna'])
  t.equal(await byLdap(workstation, 'q.j', first('q.j')), true, 'the others came')
  await system.directory.remove('CN=fremd,CN=Users,DC=schule,DC=lan')
  t.strictSame(
    (await project({ system, ledger, state: school })).refused,
    [],
    'and so does this one, once the name is free',
  )
})

t.test('an account that was begun when the power failed gets its password by either way', async (t) => {
  for (const [login, others] of [
    ['halb.1', []],
    ['halb.2', letters.map((letter) => `s.${letter}`)],
  ] as const) {
    const [person] = enrol([login, ...others])
    await system.directory.add(`CN=${login},OU=People,OU=School,DC=schule,DC=lan`, {
      objectClass: ['user'],
      sAMAccountName: [login],
      userAccountControl: ['514'],
      adminDescription: [`iserv:${person?.id}`],
    })
    t.strictSame((await project({ system, ledger, state: school })).refused, [])
    for (const way of [byKerberos, byNtlm, byLdap]) t.equal(await way(workstation, login, first(login)), true, login)
  }
})

t.test('a password that is refused takes back what was made for it, and nobody who was there', async (t) => {
  const [begun, fresh] = enrol(['kurz.1', 'kurz.2'])
  for (const person of [begun, fresh]) {
    if (person !== undefined) ledger.firstPasswords.put(person.id, seal.close('zu', person.id), 0)
  }
  await system.directory.add('CN=kurz.1,OU=People,OU=School,DC=schule,DC=lan', {
    objectClass: ['user'],
    sAMAccountName: ['kurz.1'],
    userAccountControl: ['514'],
    adminDescription: [`iserv:${begun?.id}`],
  })
  const { objectGUID: known } = await entry('kurz.1', ['objectGUID'])
  t.ok(known)
  const { refused } = await project({ system, ledger, state: school })
  t.strictSame(refused.map(({ name }) => name).toSorted(), ['kurz.1', 'kurz.2'])
  t.match(
    refused.map(({ why }) => why),
    [/password/i, /password/i],
  )
  t.strictSame((await entry('kurz.1', ['objectGUID']))['objectGUID'], known, 'the same object')
  t.strictSame(await entry('kurz.2', ['cn']), {})
  for (const person of [begun, fresh]) {
    if (person !== undefined) ledger.firstPasswords.put(person.id, seal.close(first(person.login), person.id), 0)
  }
  t.strictSame((await project({ system, ledger, state: school })).refused, [])
  t.strictSame((await entry('kurz.1', ['objectGUID']))['objectGUID'], known)
  for (const login of ['kurz.1', 'kurz.2']) t.equal(await byKerberos(workstation, login, first(login)), true, login)
})

t.test('a group of a role that somebody has deleted costs nobody the account, and gets its people back', async (t) => {
  enrol(['lehr.a', 'lehr.b'], { role: 'teacher' })
  await project({ system, ledger, state: school })
  const known = new Map(ledger.people.list().map(({ login, sid }) => [login, sid]))
  for (const edited of [letters.map((letter) => `q.${letter}`), ['q.a']]) {
    await system.directory.remove('CN=teachers,OU=Groups,OU=School,DC=schule,DC=lan')
    await box.engine.tend()
    for (const login of edited) {
      const person = ledger.people.byLogin(login)
      if (person !== undefined) ledger.people.patch(person.id, { given: `${person.given}a` })
    }
    t.match((await project({ system, ledger, state: school })).refused, [{ why: /there is no group/ }])
    // First the group is found anew, then its people join it.
    for (const _round of [1, 2]) t.strictSame((await project({ system, ledger, state: school })).refused, [])
    t.strictSame(ledger.people.pending(1), [])
    t.strictSame(new Map(ledger.people.list().map(({ login, sid }) => [login, sid])), known)
    const { memberOf } = await entry('lehr.b', ['memberOf'])
    t.match(memberOf, [/^CN=teachers,/])
  }
})
