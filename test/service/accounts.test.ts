import t from 'tap'
import {
  accountAdd,
  accountChanges,
  accountEdit,
  accountList,
  accountLock,
  accountPassword,
  accountRemove,
  accountRename,
  accountRestore,
  accountSearch,
  accountShow,
  accountUnlock,
} from '../../agent/contract/account.ts'
import {
  groupAdd,
  groupJoin,
  groupLeave,
  groupList,
  groupRemove,
  groupRename,
  groupRestore,
  groupShow,
} from '../../agent/contract/group.ts'
import { GroupName } from '../../agent/model/group.ts'
import { Login } from '../../agent/model/person.ts'
import { lockingSchool } from '../support/directory.ts'
import { startPeopleAgent } from '../support/people-agent.ts'

/** Accounts one by one, over the agent's sockets, in a real directory. */

t.setTimeout(600_000)

const { box, root, platform, ledger, signsIn } = await startPeopleAgent(t)
const { directory } = box.system

const login = (text: string) => Login.parse(text)
const name = (text: string) => GroupName.parse(text)

const attributesOf = async (sid: string | null, ...attributes: readonly string[]) => {
  const [entry] = await directory.search({ base: `<SID=${sid}>`, scope: 'base', filter: '(objectClass=*)', attributes })
  return { dn: entry?.dn, ...entry?.attributes }
}

t.test('somebody gets an account, signs in, and is in the group of the role', async (t) => {
  const added = await root.call(accountAdd, {
    given: 'Jörg',
    surname: 'Müller',
    role: 'teacher',
    mail: 'j.m@schule.lan',
  })
  t.match(added, { login: 'joerg.mueller', waiting: null, person: { number: 100_000, waiting: false } })
  const made = added.password ?? ''
  t.ok(made.length >= 10, 'as long as the rule for teachers wants it')
  t.ok(await signsIn('joerg.mueller', made))
  t.equal(ledger.firstPasswords.get(added.person?.id as never), undefined, 'what was told is not kept')
  const seen = await attributesOf(
    added.person?.sid ?? null,
    'sAMAccountName',
    'displayName',
    'mail',
    'uidNumber',
    'gidNumber',
    'employeeType',
    'adminDescription',
    'memberOf',
  )
  t.match(seen, {
    dn: 'CN=joerg.mueller,OU=People,OU=School,DC=schule,DC=lan',
    displayName: ['Jörg Müller'],
    mail: ['j.m@schule.lan'],
    uidNumber: ['100000'],
    gidNumber: ['50002'],
    employeeType: ['teacher'],
    adminDescription: [`iserv:${added.person?.id}`],
    memberOf: ['CN=teachers,OU=Groups,OU=School,DC=schule,DC=lan'],
  })
  const again = await root.call(accountAdd, { given: 'Jörg', surname: 'Müller', role: 'teacher', dryRun: true })
  t.match(again, { login: 'joerg.mueller2', person: null, password: null })
  t.equal(ledger.people.byLogin('joerg.mueller2'), undefined, 'a dry run makes nobody')
  await t.rejects(root.call(accountAdd, { given: 'A', surname: 'B', role: 'guest', mail: 'J.M@schule.lan' }), {
    code: 'PERSON_EXISTS',
  })
  await t.rejects(root.call(accountAdd, { given: 'A', surname: 'B', role: 'guest', login: login('krbtgt') }), {
    code: 'PERSON_EXISTS',
  })
  await t.rejects(root.call(accountAdd, { given: 'A', surname: 'B', role: 'guest', login: login('service-reader') }), {
    code: 'PERSON_EXISTS',
    message: /something else in the directory/,
  })
})

t.test('weak passwords are refused before the directory is asked', async (t) => {
  const given = { given: 'Ida', surname: 'Koch', role: 'pupil' } as const
  for (const [password, why] of [
    ['kurz-7', /has 6 characters; pupils need at least 8/],
    ['ida.koch2026', /holds a name of its owner/],
    ['passwort123', /tried first/],
    ['12345678', /tried first/],
    [' blank am rand', /blank/],
  ] as const) {
    await t.rejects(root.call(accountAdd, { ...given, password }), { code: 'PASSWORD_WEAK', message: why })
  }
  t.equal(ledger.people.byLogin('ida.koch'), undefined)
  const added = await root.call(accountAdd, { ...given, password: 'Regenbogen-Ä' })
  t.match(added, { login: 'ida.koch', password: null, waiting: null })
  t.ok(await signsIn('ida.koch', 'Regenbogen-Ä'))

  await root.call(groupJoin, { name: name('primary-pupils'), logins: [login('ida.koch')] })
  await root.call(accountPassword, { login: login('ida.koch'), password: 'Haus' })
  t.ok(await signsIn('ida.koch', 'Haus'), 'who is at the primary level may have a short word')
  await t.rejects(root.call(groupJoin, { name: name('primary-pupils'), logins: [login('joerg.mueller')] }), {
    code: 'AGENT_REFUSED',
    message: /only a pupil/,
  })
  for (const agent of [root, platform]) {
    for (const dryRun of [true, false]) {
      const guest = { given: 'Gerd', surname: 'Ast', role: 'guest' as const, groups: [name('primary-pupils')], dryRun }
      await t.rejects(agent.call(accountAdd, { ...guest, password: 'Haus' }), {
        code: 'AGENT_REFUSED',
        message: 'gerd.ast is a guest; only a pupil can be in primary-pupils',
      })
    }
  }
  await root.call(accountEdit, { login: login('ida.koch'), role: 'parent' })
  t.strictSame((await root.call(accountShow, { login: login('ida.koch') })).person.groups, [])
  await t.rejects(root.call(accountPassword, { login: login('ida.koch'), password: 'Haus' }), { code: 'PASSWORD_WEAK' })
  await root.call(accountEdit, { login: login('ida.koch'), role: 'pupil' })
  await t.rejects(root.call(accountPassword, { login: login('ida.koch'), password: 'Haus' }), { code: 'PASSWORD_WEAK' })
  const generated = await root.call(accountPassword, { login: login('ida.koch') })
  t.ok(await signsIn('ida.koch', generated.password ?? ''))
  t.notOk(await signsIn('ida.koch', 'Haus'))
})

t.test('a child of the primary level has a short password from the beginning, and after coming back', async (t) => {
  const child = login('mia.lang')
  const groups = [name('primary-pupils')]
  const added = await root.call(accountAdd, {
    given: 'Mia',
    surname: 'Lang',
    role: 'pupil',
    groups,
    password: 'Haus',
  })
  t.match(added, { login: child, waiting: null })
  t.ok(await signsIn(child, 'Haus'))
  t.match(await attributesOf(added.person?.sid ?? null, 'memberOf', 'userAccountControl'), {
    memberOf: { length: 2 },
    userAccountControl: ['512'],
  })
  ledger.people.patch(added.person?.id as never, { state: 'removed' })
  await root.call(accountEdit, { login: child, given: 'Mia Luisa' })
  t.notOk(await signsIn(child, 'Haus'))
  const back = await root.call(accountRestore, { logins: [child] })
  t.match(back, { passwords: [{ login: child, password: /^.{4,7}$/ }], waiting: null })
  t.ok(await signsIn(child, back.passwords[0]?.password ?? ''))
  ledger.people.patch(added.person?.id as never, { state: 'removed' })
  await root.call(accountEdit, { login: child, given: 'Mia' })
})

t.test('who is renamed stays the same to the directory', async (t) => {
  const before = await root.call(accountShow, { login: login('ida.koch') })
  await root.call(accountPassword, { login: login('ida.koch'), password: 'Sonnenblume-4' })
  const { person, changed } = await root.call(accountRename, { login: login('ida.koch'), to: login('ida.koch-meier') })
  t.ok(changed)
  t.equal(person.sid, before.person.sid)
  t.equal(person.number, before.person.number)
  t.ok(await signsIn('ida.koch-meier', 'Sonnenblume-4'), 'with the same password')
  t.notOk(await signsIn('ida.koch', 'Sonnenblume-4'))
  await t.rejects(root.call(accountShow, { login: login('ida.koch') }), {
    code: 'PERSON_UNKNOWN',
    message: /now called ida.koch-meier/,
  })
  await t.rejects(root.call(accountAdd, { given: 'I', surname: 'K', role: 'pupil', login: login('ida.koch') }), {
    code: 'PERSON_EXISTS',
  })
  const edited = await root.call(accountEdit, { login: login('ida.koch-meier'), surname: 'Koch-Meier', mail: null })
  t.match(edited, { changed: true, waiting: null })
  t.match(await attributesOf(person.sid, 'displayName', 'sn'), { displayName: ['Ida Koch-Meier'], sn: ['Koch-Meier'] })
  t.match(await root.call(accountEdit, { login: login('ida.koch-meier'), surname: 'Koch-Meier' }), { changed: false })
  await root.call(accountRename, { login: login('ida.koch-meier'), to: login('ida.koch') })
  t.ok(await signsIn('ida.koch', 'Sonnenblume-4'), 'and back')
})

t.test('another role is another group and another rule', async (t) => {
  await root.call(accountEdit, { login: login('ida.koch'), role: 'staff' })
  const { person } = await root.call(accountShow, { login: login('ida.koch') })
  t.match(await attributesOf(person.sid, 'memberOf', 'gidNumber'), {
    memberOf: ['CN=staff,OU=Groups,OU=School,DC=schule,DC=lan'],
    gidNumber: ['50003'],
  })
  await root.call(accountEdit, { login: login('ida.koch'), role: 'pupil' })
})

t.test('locks by hand, and where the school wants it after wrong passwords', async (t) => {
  await root.call(accountLock, { logins: [login('ida.koch')] })
  t.notOk(await signsIn('ida.koch', 'Sonnenblume-4'))
  t.match(await root.call(accountLock, { logins: [login('ida.koch')] }), { changed: 0 })
  t.match(await root.call(accountUnlock, { logins: [login('ida.koch')] }), { changed: 1, waiting: null })
  t.ok(await signsIn('ida.koch', 'Sonnenblume-4'))

  for (let wrong = 0; wrong < 12; wrong += 1) await signsIn('ida.koch', 'falsch')
  t.ok(await signsIn('ida.koch', 'Sonnenblume-4'), 'nobody else closes an account')
  await box.engine.enact(lockingSchool())
  for (let wrong = 0; wrong < 10; wrong += 1) await signsIn('ida.koch', 'falsch')
  t.match(await root.call(accountShow, { login: login('ida.koch') }), { signIn: { lockedOut: true } })
  t.notOk(await signsIn('ida.koch', 'Sonnenblume-4'))
  t.match(await root.call(accountUnlock, { logins: [login('ida.koch')] }), { changed: 1 })
  t.ok(await signsIn('ida.koch', 'Sonnenblume-4'))
  t.match((await root.call(accountShow, { login: login('ida.koch') })).signIn, { lockedOut: false })
})

t.test('the way out and back', async (t) => {
  const one = login('ida.koch')
  const { person } = await root.call(accountShow, { login: one })
  t.match(await root.call(accountRemove, { logins: [one], dryRun: true }), { leaving: [{ state: 'tolerated' }] })
  t.equal(ledger.people.byLogin(one)?.state, 'active')
  const out = await root.call(accountRemove, { logins: [one] })
  t.match(out, { leaving: [{ state: 'tolerated', next: { state: 'disabled' } }], already: [], waiting: null })
  t.ok(await signsIn(one, 'Sonnenblume-4'), 'tolerated')
  t.match(await root.call(accountRemove, { logins: [one] }), { leaving: [], already: [one] })

  ledger.people.patch(person.id, { state: 'disabled' })
  await root.call(accountEdit, { login: one, given: 'Ida Marie' })
  t.notOk(await signsIn(one, 'Sonnenblume-4'), 'disabled')
  t.match(await root.call(accountRestore, { logins: [one] }), { back: [{ state: 'active' }], passwords: [] })
  t.ok(await signsIn(one, 'Sonnenblume-4'), 'back with the same password')
  t.equal((await root.call(accountShow, { login: one })).person.sid, person.sid)

  ledger.people.patch(person.id, { state: 'removed' })
  await root.call(accountEdit, { login: one, given: 'Ida' })
  t.match(ledger.people.byLogin(one), { sid: null, number: person.number })
  t.match(await attributesOf(person.sid), { dn: undefined })
  await t.rejects(root.call(accountPassword, { login: one }), { code: 'AGENT_REFUSED' })
  await t.rejects(root.call(accountAdd, { given: 'I', surname: 'K', role: 'pupil', login: one }), {
    code: 'PERSON_EXISTS',
    message: /who is removed/,
  })
  const back = await root.call(accountRestore, { logins: [one] })
  t.match(back, { back: [{ state: 'active', number: person.number }], passwords: [{ login: one }], waiting: null })
  t.ok(await signsIn(one, back.passwords[0]?.password ?? ''))
})

t.test('who comes back before the directory got to removing the account has the old password', async (t) => {
  const one = login('ida.koch')
  const { person } = await root.call(accountShow, { login: one })
  ledger.people.patch(person.id, { state: 'removed' })
  t.match(await root.call(accountRestore, { logins: [one] }), { passwords: [], waiting: null })
  t.equal((await root.call(accountShow, { login: one })).person.sid, person.sid)
})

t.test('groups', async (t) => {
  const { group } = await root.call(groupAdd, { title: '5 A', kind: 'class' })
  t.match(group, { name: 'klasse-5a', title: '5 A', number: 50_100, waiting: false })
  const joined = await root.call(groupJoin, { name: name('klasse-5a'), logins: [login('ida.koch')] })
  t.match(joined, { changed: ['ida.koch'], unchanged: [], group: { members: 1 }, waiting: null })
  await root.call(groupJoin, { name: name('klasse-5a'), logins: [login('joerg.mueller')], leader: true })
  t.match(await root.call(groupJoin, { name: name('klasse-5a'), logins: [login('ida.koch')] }), {
    changed: [],
    unchanged: ['ida.koch'],
  })
  const shown = await root.call(groupShow, { name: name('klasse-5a') })
  t.strictSame(
    shown.members.map((member) => [member.login, member.part, member.classes]),
    [
      ['joerg.mueller', 'leader', ['5 A']],
      ['ida.koch', 'member', ['5 A']],
    ],
  )
  const members = async () => ((await attributesOf(group?.sid ?? null, 'member'))['member' as never] ?? []) as string[]
  t.equal((await members()).length, 2)
  const six = await root.call(groupRename, { name: name('klasse-5a'), title: '6a' })
  t.match(six, { group: { name: 'klasse-6a', sid: group?.sid, number: 50_100 }, waiting: null })
  t.equal((await members()).length, 2, 'a renamed group keeps its members')
  await root.call(groupLeave, { name: name('klasse-6a'), logins: [login('ida.koch')] })
  t.equal((await members()).length, 1)

  await t.rejects(root.call(groupAdd, { title: 'X', name: name('ida.koch') }), { code: 'GROUP_EXISTS' })
  await t.rejects(root.call(groupAdd, { title: 'X', name: name('klasse-6a') }), { code: 'GROUP_EXISTS' })
  await t.rejects(root.call(groupJoin, { name: name('teachers'), logins: [login('ida.koch')] }), {
    code: 'AGENT_REFUSED',
  })
  await t.rejects(root.call(groupShow, { name: name('klasse-6b') }), { code: 'GROUP_UNKNOWN', message: /klasse-6a/ })
  await t.rejects(root.call(groupRemove, { name: name('pupils') }), { code: 'AGENT_REFUSED' })
  await root.call(groupRemove, { name: name('klasse-6a') })
  t.match(await attributesOf(group?.sid ?? null), { dn: undefined })
  const { groups } = await root.call(groupList, {})
  t.ok(groups.every((one) => one.kind === 'role'))
  t.equal(groups.find((one) => one.name === 'teachers')?.members, 1)
  t.match(await root.call(groupList, { ended: true }), { groups: [{ name: 'klasse-6a' }] })

  const again = await root.call(groupRestore, { name: name('klasse-6a') })
  t.match(again, { group: { id: group?.id, number: 50_100, members: 1, ended: null }, waiting: null })
  t.match(await attributesOf(again.group.sid, 'member'), { member: { length: 1 } }, 'with those who were in it')
  await t.rejects(root.call(groupRestore, { name: name('klasse-6a') }), { code: 'GROUP_EXISTS' })
  await t.rejects(root.call(groupRestore, { name: name('klasse-7a') }), { code: 'GROUP_UNKNOWN' })
  await root.call(groupRemove, { name: name('klasse-6a') })
  t.match(await root.call(groupAdd, { title: '6a', kind: 'class' }), { name: 'klasse-6a', group: { number: 50_101 } })
})

t.test('a course with its people is made whole or not at all, and never twice by mistake', async (t) => {
  const robots = { title: 'Robotik', kind: 'course' as const }
  const people = { leaders: [login('joerg.mueller')], members: [login('ida.koch')] }
  await t.rejects(root.call(groupAdd, { ...robots, leaders: [login('joerg.muler')] }), { code: 'PERSON_UNKNOWN' })
  await t.rejects(root.call(groupAdd, { ...robots, leaders: [login('joerg.muler')], dryRun: true }), {
    code: 'PERSON_UNKNOWN',
  })
  t.match(await root.call(groupAdd, { ...robots, ...people }), {
    name: 'kurs-robotik',
    group: { members: 2, leaders: ['joerg.mueller'] },
    waiting: null,
  })
  await t.rejects(root.call(groupAdd, robots), { code: 'GROUP_EXISTS', message: /kurs-robotik/ })
  const second = { ...robots, name: name('kurs-robotik-abends') }
  t.match(await root.call(groupAdd, second), { name: 'kurs-robotik-abends' }, 'who names it means it')
  await t.rejects(root.call(groupRename, { name: name('klasse-6a'), title: '6a', to: name('kurs-robotik') }), {
    code: 'GROUP_EXISTS',
  })
  t.match(await root.call(groupRename, { name: name('kurs-robotik'), title: 'Robotik II' }), {
    group: { name: 'kurs-robotik-ii', kind: 'course' },
    waiting: null,
  })
  for (const one of ['kurs-robotik-ii', 'kurs-robotik-abends']) await root.call(groupRemove, { name: name(one) })
})

t.test('the platform can do what a school needs and not become administrator', async (t) => {
  const admin = await root.call(accountAdd, { given: 'Ada', surname: 'Admin', role: 'administrator' })
  const one = admin.login
  const refusals: readonly (() => Promise<unknown>)[] = [
    () => platform.call(accountAdd, { given: 'E', surname: 'Vil', role: 'administrator' }),
    () => platform.call(accountEdit, { login: login('ida.koch'), role: 'administrator' }),
    () => platform.call(accountEdit, { login: one, role: 'pupil' }),
    () => platform.call(accountPassword, { login: one, password: 'Angreifer-2026-xyz' }),
    () => platform.call(accountRename, { login: one, to: login('ada.x') }),
    () => platform.call(accountLock, { logins: [login('ida.koch'), one] }),
    () => platform.call(accountUnlock, { logins: [one] }),
    () => platform.call(accountRemove, { logins: [one] }),
    () => platform.call(accountRestore, { logins: [one] }),
  ]
  for (const refused of refusals) {
    await t.rejects(refused(), { code: 'AGENT_REFUSED', message: /administrators/ })
  }
  t.equal(ledger.people.byLogin('ida.koch')?.locked, false, 'none of several when one is refused')
  t.ok(await signsIn(one, admin.password ?? ''))
  await root.call(accountEdit, { login: login('ida.koch'), birth: '2014-03-31' })
  t.equal((await root.call(accountShow, { login: login('ida.koch') })).person.birth, '2014-03-31')
  t.equal((await platform.call(accountShow, { login: login('ida.koch') })).person.birth, null)
  t.match(await platform.call(accountSearch, { words: 'koch id' }), { people: [{ login: 'ida.koch' }] })
  t.match(await platform.call(accountList, { role: 'teacher' }), { people: [{ login: 'joerg.mueller' }], total: 1 })
  t.match(await platform.call(accountList, { group: name('pupils'), search: 'koch' }), { total: 1 })
  const { revision } = await platform.call(accountChanges, { since: 0 })
  t.strictSame(await platform.call(accountChanges, { since: revision }), { revision, people: [], groups: [] })
  await platform.call(groupJoin, { name: name('klasse-6a'), logins: [login('ida.koch')] })
  t.match(await platform.call(accountChanges, { since: revision }), { people: [], groups: [{ name: 'klasse-6a' }] })
})
