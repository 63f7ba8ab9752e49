import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { createNumbers } from '../../agent/accounts/numbers.ts'
import { takeBack } from '../../agent/accounts/job/enter.ts'
import { ensureRoleGroups } from '../../agent/accounts/roles.ts'
import { GroupId, GroupName } from '../../agent/model/group.ts'
import { Login, PersonId } from '../../agent/model/person.ts'
import { filesUnder } from '../../agent/system/files.ts'
import { roleGroups } from '../../agent/model/role-groups.ts'
import { openLedger } from '../../agent/engine/ledger.ts'
import { migrations } from '../../agent/engine/migrations.ts'
import { ledgerIn } from '../support/engine.ts'
import { ledgerUnder, someGroup, somebody } from '../support/register.ts'

t.test('people come back as they went in, and every change has a revision of its own', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  const eva = ledger.people.put(somebody('e.muster', 100_000, { mail: 'e.muster@schule.lan', birth: null }))
  const from = { source: 'schild', id: '17' }
  const jan = ledger.people.put(somebody('j.weber', 100_001, { given: 'Jan', surname: 'Weber', origin: from }))
  t.strictSame(ledger.people.byId(eva.id), eva)
  t.strictSame(ledger.people.byLogin('j.weber'), jan)
  t.strictSame(ledger.people.byMail('E.Muster@Schule.LAN'), eva)
  t.strictSame(ledger.people.byOrigin(from), [jan])
  t.strictSame(ledger.people.byOrigin({ source: 'untis', id: '17' }), [])
  t.equal(jan.revision, eva.revision + 1)

  const before = ledger.register.revision()
  const changed = ledger.people.patch(eva.id, { surname: 'Muster-Weber' })
  t.match(changed, { surname: 'Muster-Weber', revision: before + 1 })
  t.strictSame(ledger.register.changedSince(before).people, [changed])
  t.equal(ledger.people.patch(somebody('x', 1).id, { surname: 'X' }), undefined)
  t.equal(ledger.register.revision(), before + 1, 'nobody changed, so nothing did')
  t.strictSame(
    ledger.register.snapshot().people.toSorted((a, b) => a.number - b.number),
    [changed, jan],
  )
  t.strictSame(ledger.people.logins().toSorted(), ['e.muster', 'j.weber'])
  t.equal(ledger.people.highestNumber(), 100_001)

  ledger.people.patch(eva.id, { login: Login.parse('e.weber') })
  t.strictSame(ledger.people.logins().toSorted(), ['e.muster', 'e.weber', 'j.weber'], 'a login is given once')
  t.equal(ledger.people.formerOwner('e.muster'), eva.id)
  t.strictSame(ledger.register.snapshot().formerLogins, ['e.muster'])
  ledger.people.patch(eva.id, { login: Login.parse('e.muster') })
  t.strictSame(ledger.register.snapshot().formerLogins, ['e.weber'], 'but whoever had it can have it back')
})

t.test('nobody gets the login, number or mail of somebody else, and half a change is none', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  ledger.people.put(somebody('e.muster', 100_000, { mail: 'e.muster@schule.lan', state: 'removed' }))
  const revision = ledger.register.revision()
  for (const other of [
    somebody('e.muster', 100_001),
    somebody('e.muster2', 100_000),
    somebody('e.muster2', 100_001, { mail: 'E.Muster@schule.lan' }),
  ]) {
    t.throws(() =>
      ledger.transaction(() => {
        ledger.people.put(somebody('j.weber', 100_005))
        ledger.people.put(other)
      }),
    )
    t.equal(ledger.people.byLogin('j.weber'), undefined)
    t.equal(ledger.register.revision(), revision)
  }
})

t.test('each source has its own id for somebody, until an import is taken back', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  const jan = ledger.people.put(somebody('j.weber', 100_000, { origin: { source: 'schild', id: '17' } }))
  t.match(ledger.people.patch(jan.id, { otherIds: { untis: 'We', asv: '9' } }), { otherIds: { untis: 'We' } })
  t.strictSame(ledger.people.byId(jan.id)?.otherIds, { untis: 'We', asv: '9' })
  const added = { people: [], groups: [], memberships: [] }
  takeBack({ people: [jan], groups: [], memberships: [], added }, ledger, 0)
  const { revision: _, ...back } = ledger.people.byId(jan.id) ?? jan
  const { revision: __, ...before } = jan
  t.strictSame(back, before)
})

t.test('search finds names in every spelling, those who begin so first', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  const people = [
    ['Moritz', 'Müller', 'm.mueller'],
    ['Ida', 'Mueller', 'i.mueller'],
    ['Can', 'Şamülik', 'c.samuelik'],
    ['Łukasz', 'Wiśniewski', 'l.wisniewski'],
    ['Müjde', 'Yılmaz', 'm.yilmaz'],
  ] as const
  people.forEach(([given, surname, login], at) => ledger.people.put(somebody(login, 100_000 + at, { given, surname })))
  const gone = ledger.people.put(somebody('g.mueller', 100_010, { surname: 'Müller' }))
  const found = (words: string, limit = 20): readonly string[] =>
    ledger.people.search(words, limit).map(({ login }) => login)
  t.strictSame(found('Müller'), ['i.mueller', 'g.mueller', 'm.mueller'], 'by surname, then by given name')
  ledger.people.patch(gone.id, { state: 'removed' })
  t.strictSame(found('mueller').toSorted(), ['i.mueller', 'm.mueller'])
  t.strictSame(
    ledger.people.search('mueller', 20, 'removed').map(({ login }) => login),
    ['g.mueller'],
    'who comes back is found again',
  )
  t.strictSame(found('mul').toSorted(), ['c.samuelik', 'm.mueller'])
  t.strictSame(found('mül').slice(-1), ['c.samuelik'], 'who only has it inside comes last')
  t.strictSame(found('ül mor'), ['m.mueller'], 'every word counts')
  t.strictSame(found('WISN luk'), ['l.wisniewski'])
  t.strictSame(found('wiśniewski'), ['l.wisniewski'])
  t.strictSame(found('yilmaz'), ['m.yilmaz'])
  t.strictSame(found('i.mue'), ['i.mueller'], 'also logins')
  t.equal(found('mu', 2).length, 2)
  t.strictSame(found('  '), [])
  t.strictSame(found("' or 1=1 --"), [])
  t.strictSame(found('mul" NOT "weber'), [], 'a search is no language')
})

t.test('search follows every change of a name, in a ledger of before too', async (t) => {
  const folder = t.testdir()
  const path = join(folder, 'ledger.sqlite')
  const old = new DatabaseSync(path)
  for (const migration of migrations.slice(0, 4)) old.exec(migration)
  old.exec(`insert into people values ('${randomUUID()}', 'e.muster', 'Eva', 'Muster', null, 'pupil', null, null, null,
    'active', 0, 0, 100000, null, 1, 0, ' muster eva e.muster'); pragma user_version = 4`)
  old.close()
  const { ledger } = openLedger(path, Date.now())
  t.teardown(() => ledger.close())
  const found = (words: string) => ledger.people.search(words, 9).map(({ login }) => login)
  t.strictSame(found('must'), ['e.muster'])
  const eva = ledger.people.byLogin('e.muster')
  if (eva === undefined) throw new TypeError('she was there')
  ledger.people.patch(eva.id, { surname: 'Özdemir' })
  t.strictSame([found('oezd'), found('ust')], [['e.muster'], ['e.muster']])
  ledger.people.patch(eva.id, { login: Login.parse('e.oezdemir') })
  t.strictSame([found('ozdemir'), found('ust')], [['e.oezdemir'], []])
})

const primary = roleGroups.find(({ name }) => name === 'primary-pupils')

t.test('nobody but pupils is in the group of primary pupils, whoever writes', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  ensureRoleGroups(ledger, 'de')
  t.ok(primary)
  if (primary === undefined) return
  const child = ledger.people.put(somebody('m.klein', 100_000))
  const guest = ledger.people.put(somebody('g.ast', 100_001, { role: 'guest' }))
  const course = ledger.groups.put(someGroup('kurs-x', 50_100))
  const join = (person: typeof child, group = primary.id) =>
    ledger.groups.join([{ group, person: person.id, part: 'member', source: null }])
  join(child)
  join(child, course.id)
  const revision = ledger.register.revision()
  t.throws(() => join(guest), {
    code: 'AGENT_REFUSED',
    message: 'g.ast is a guest; only a pupil can be in primary-pupils',
  })
  t.equal(ledger.register.revision(), revision)
  t.equal(ledger.groups.members(primary.id).length, 1)
  ledger.people.patch(child.id, { surname: 'Groß' })
  t.equal(ledger.groups.members(primary.id).length, 1, 'another name is no other role')
  const before = ledger.register.revision()
  ledger.people.patch(child.id, { role: 'parent' })
  t.strictSame(ledger.groups.members(primary.id), [])
  t.equal(ledger.groups.members(course.id).length, 1, 'other groups are for all')
  t.match(ledger.register.changedSince(before).groups, [{ id: primary.id }], 'and the directory hears of it')
})

t.test('whom an older agent let into it is out of it', async (t) => {
  const path = join(t.testdir(), 'ledger.sqlite')
  const old = new DatabaseSync(path)
  for (const migration of migrations.slice(0, 9)) old.exec(migration)
  const put = (number: number, role: string) => {
    const id = randomUUID()
    old.exec(`insert into people values ('${id}', 'p${number}', 'A', 'B', null, '${role}', null, null, null, 'active', 0, 0,
      ${number}, null, 1, 1, ' b a'); insert into memberships values ('${primary?.id}', '${id}', 'member', null)`)
    return id
  }
  old.exec(`insert into groups values ('${primary?.id}', 'primary-pupils', 'P', 'role', null, null, null, 50001, null, 1, 1);
    update register set revision = 7; pragma user_version = 9`)
  const child = put(100_000, 'pupil')
  put(100_001, 'guest')
  old.close()
  const { ledger } = openLedger(path, Date.now())
  t.teardown(() => ledger.close())
  const { memberships, revision } = ledger.register.snapshot()
  t.match(memberships, [{ person: child }])
  t.equal(memberships.length, 1)
  t.equal(revision, 8)
  t.match(ledger.groups.pending(9), [{ name: 'primary-pupils', revision: 8 }])
})

t.test('groups pass their names on in chains and rings', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  const [five, six, seven] = (['klasse-5a', 'klasse-6a', 'klasse-7a'] as const).map((name, at) =>
    ledger.groups.put(someGroup(name, 50_100 + at)),
  )
  if (five === undefined || six === undefined || seven === undefined) throw new TypeError('three groups')
  const to = (group: { readonly id: typeof five.id }, name: string) => ({
    id: group.id,
    name: GroupName.parse(name),
    title: name,
  })
  const before = ledger.register.revision()
  ledger.groups.rename([to(five, 'klasse-6a'), to(six, 'klasse-7a'), to(seven, 'klasse-5a')])
  t.equal(ledger.groups.byName('klasse-6a')?.id, five.id)
  t.equal(ledger.groups.byName('klasse-7a')?.id, six.id)
  t.equal(ledger.groups.byName('klasse-5a')?.id, seven.id)
  t.equal(ledger.register.changedSince(before).groups.length, 3)

  ledger.groups.patch(six.id, { ended: 1 })
  t.equal(ledger.groups.byName('klasse-7a'), undefined, 'one that has ended has left its name')
  ledger.groups.put(someGroup('klasse-7a', 50_110))
  t.throws(() => ledger.groups.patch(six.id, { ended: null }), 'and cannot come back while another has it')
  t.throws(() => ledger.groups.put(someGroup('klasse-8a', 50_110)), 'a number is given once')
})

t.test('joining and leaving change the group, and what a hand has made stays a hand’s', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  const group = ledger.groups.put(someGroup('klasse-5a', 50_100)).id
  const other = ledger.groups.put(someGroup('klasse-5b', 50_101)).id
  const eva = ledger.people.put(somebody('e.muster', 100_000)).id
  const jan = ledger.people.put(somebody('j.weber', 100_001)).id
  const before = ledger.register.revision()
  ledger.groups.join([
    { group, person: eva, part: 'member', source: null },
    { group, person: jan, part: 'member', source: 'schild' },
  ])
  ledger.groups.join([{ group, person: eva, part: 'leader', source: 'schild' }])
  t.strictSame(ledger.groups.of(eva), [{ group, person: eva, part: 'leader', source: null }])
  const changed = ledger.register.changedSince(before)
  t.strictSame(
    changed.groups.map(({ id }) => id),
    [group],
  )
  t.equal(changed.memberships.length, 2, 'all members of a group that has changed')

  ledger.groups.leave([
    { group, person: jan },
    { group: other, person: jan },
  ])
  t.strictSame(
    ledger.groups.members(group).map(({ person }) => person),
    [eva],
  )
  t.throws(() => ledger.groups.join([{ group, person: somebody('x', 1).id, part: 'member', source: null }]))
})

t.test('what the directory does not have yet is pending, also when it changed meanwhile', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  const eva = ledger.people.put(somebody('e.muster', 100_000))
  const group = ledger.groups.put(someGroup('klasse-5a', 50_100))
  t.strictSame(ledger.people.pending(10), [eva])
  t.strictSame(ledger.groups.pending(10), [group])
  const revision = ledger.register.revision()
  const later = ledger.people.patch(eva.id, { locked: true })
  ledger.people.projected(eva.id, eva.revision, 'S-1-5-21-1')
  t.strictSame(ledger.people.pending(10), [{ ...later, sid: 'S-1-5-21-1' }], 'changed while it was written')
  ledger.people.projected(eva.id, later?.revision ?? 0, 'S-1-5-21-1')
  ledger.groups.projected(group.id, group.revision, 'S-1-5-21-2')
  t.strictSame([...ledger.people.pending(10), ...ledger.groups.pending(10)], [])
  t.equal(ledger.register.revision(), revision + 1, 'a SID is no change of the register')
})

t.test('a register that was restored tells everything to whoever saw a newer one', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  ledger.people.put(somebody('e.muster', 100_000))
  t.equal(ledger.register.changedSince(1).people.length, 0)
  t.equal(ledger.register.changedSince(400).people.length, 1)
})

t.test('role groups are the same on every box, in the language of the school', async (t) => {
  const ledger = ledgerUnder(t, t.testdir())
  ensureRoleGroups(ledger, 'de')
  t.match(ledger.groups.byName('teachers'), { number: 50_002, title: 'Lehrkräfte', kind: 'role' })
  const revision = ledger.register.revision()
  ensureRoleGroups(ledger, 'de')
  t.equal(ledger.register.revision(), revision)
  ensureRoleGroups(ledger, 'en')
  t.match(ledger.groups.byName('teachers'), { number: 50_002, title: 'Teachers' })
  t.equal(ledger.groups.highestNumber(), 50_099, 'the first group of the school is 50100')
})

const wanting = (people: number, groups = 0) => ({
  people: Array.from({ length: people }, () => PersonId.parse(randomUUID())),
  groups: Array.from({ length: groups }, () => GroupId.parse(randomUUID())),
})

t.test('numbers are never given again, not even after an older ledger was restored', async (t) => {
  const root = t.testdir()
  const files = filesUnder(root)
  mkdirSync(dirname(ledgerIn(root)), { recursive: true })
  const first = openLedger(ledgerIn(root), 0).ledger
  const take = createNumbers({ system: { files }, ledger: first })
  t.strictSame(await take(wanting(2, 1)), { people: [100_000, 100_001], groups: [50_100] })
  first.people.put(somebody('e.muster', 100_000))
  const backup = join(root, 'backup.sqlite')
  first.close()
  copyFileSync(ledgerIn(root), backup)

  const second = openLedger(ledgerIn(root), 0).ledger
  const takeMore = createNumbers({ system: { files }, ledger: second })
  const several = await Promise.all([1, 2, 3].map(() => takeMore(wanting(1))))
  second.close()
  t.strictSame(new Set(several.flatMap(({ people }) => people)), new Set([100_002, 100_003, 100_004]))

  for (const suffix of ['-wal', '-shm']) rmSync(`${ledgerIn(root)}${suffix}`, { force: true })
  copyFileSync(backup, ledgerIn(root))
  const restored = openLedger(ledgerIn(root), 0).ledger
  t.teardown(() => restored.close())
  t.equal(restored.people.highestNumber(), 100_000)
  const again = createNumbers({ system: { files }, ledger: restored })
  t.strictSame(await again(wanting(1, 1)), { people: [100_005], groups: [50_101] })

  writeFileSync(join(root, 'var/srv/.numbers'), 'half a li')
  await t.rejects(again(wanting(1)), { code: 'FILE_UNREADABLE' })
  rmSync(join(root, 'var/srv/.numbers'))
  restored.people.put(somebody('j.weber', 100_009))
  t.strictSame(await again(wanting(1)), { people: [100_010], groups: [] }, 'or the register knows more')
  t.match(readFileSync(join(root, 'var/srv/.numbers'), 'utf8'), /"people":100010/)
})

t.test('who was forgotten by a restore has the same number again, unless somebody else has it', async (t) => {
  const root = t.testdir()
  const ledger = ledgerUnder(t, root)
  ledger.people.put(somebody('e.muster', 100_003))
  const { people, groups } = wanting(4, 1)
  const [late, robbed, beyond] = people
  const had = {
    people: { [String(late)]: 100_007, [String(robbed)]: 100_003, [String(beyond)]: 100_999 },
    groups: { [String(groups[0])]: 50_150 },
  }
  mkdirSync(join(root, 'var/srv'), { recursive: true })
  writeFileSync(join(root, 'var/srv/.numbers'), JSON.stringify({ people: 100_010, groups: 50_160, had }))
  const take = createNumbers({ system: { files: filesUnder(root) }, ledger })
  t.strictSame(await take({ people, groups }), { people: [100_007, 100_011, 100_012, 100_013], groups: [50_150] })
  t.match(JSON.parse(readFileSync(join(root, 'var/srv/.numbers'), 'utf8')), { people: 100_013, groups: 50_160, had })
})
