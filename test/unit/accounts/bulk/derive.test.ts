import t from 'tap'
import { groupTasks, memberWrites, personTasks, roleJoins } from '../../../../agent/accounts/bulk/derive.ts'
import { personEntry } from '../../../../agent/accounts/bulk/entry.ts'
import { sidText } from '../../../../agent/accounts/bulk/sid.ts'
import { answerIn } from '../../../../agent/accounts/bulk/wire.ts'
import type { Group } from '../../../../agent/model/group.ts'
import { roleGroupEntry, roleGroups } from '../../../../agent/model/role-groups.ts'
import { someGroup, somebody } from '../../../support/register.ts'

const domain = 'schule.lan'
const group = (name: string, fields: Partial<Group> = {}): Group => ({
  ...someGroup(name, 50_100, fields),
  revision: 1,
})
const person = (login: string, fields: Parameters<typeof somebody>[2] = {}) => ({
  ...somebody(login, 100_000, fields),
  revision: 1,
})
const roleSid = (id: string): string => `S-${roleGroups.findIndex((one) => one.id === id)}`

t.test('groups that end free their names, the highest class moves on first, new ones come last', async (t) => {
  const tasks = groupTasks(
    [
      group('klasse-5a'),
      group('klasse-6a', { sid: 'S-6' }),
      group('klasse-11a', { sid: 'S-11' }),
      group('abi', { sid: 'S-13', ended: 7 }),
      group('nie', { ended: 7 }),
    ],
    domain,
  )
  t.strictSame(
    tasks.map(({ group: { name }, write: { op } }) => `${op} ${name}`),
    ['remove abi', 'change klasse-11a', 'change klasse-6a', 'add klasse-5a'],
  )
})

t.test('names that the directory has no room for are shortened in it, by whole letters', async (t) => {
  const { attributes } = personEntry(
    person('lang', { given: `${'Ä'.repeat(63)}𝒜b`, surname: `${'von '.repeat(16)}Heide`, birth: null }),
    domain,
  )
  t.strictSame(attributes['givenName'], ['Ä'.repeat(63)], 'half a letter is none')
  t.strictSame(attributes['sn'], ['von '.repeat(16).trim()])
  t.strictSame(attributes['displayName'], [`${'Ä'.repeat(63)}𝒜b ${'von '.repeat(16)}Heide`])
  const longest = personEntry(person('x', { given: 'a'.repeat(200), surname: 'b'.repeat(200) }), domain)
  t.strictSame(longest.attributes['displayName'], [`${'a'.repeat(200)} ${'b'.repeat(55)}`])
  t.strictSame(personEntry(person('x', { surname: '' }), domain).attributes['sn'], [])
})

t.test('people: who is removed, who changes with the group of the role, who is new with a password', async (t) => {
  const tasks = personTasks(
    [
      person('neu'),
      person('alt', { sid: 'S-1', role: 'teacher', state: 'tolerated' }),
      person('zu', { sid: 'S-2', state: 'disabled' }),
      person('gesperrt', { sid: 'S-3', locked: true }),
      person('weg', { sid: 'S-4', state: 'removed' }),
      person('lange-weg', { state: 'removed' }),
    ],
    domain,
    roleSid,
    ({ login }) => ({ password: `geheim-${login}`, group: 'S-1' }),
  )
  t.strictSame(
    tasks.map(({ person: { login }, write: { op } }) => `${op} ${login}`),
    ['remove weg', 'change alt', 'change zu', 'change gesperrt', 'add neu'],
  )
  const control = tasks.flatMap(({ write }) =>
    'attributes' in write ? [write.attributes['userAccountControl']?.[0]] : [],
  )
  t.strictSame(control, ['512', '514', '514', '512'])
  const [, alt] = tasks
  t.match(alt?.write, { op: 'change', groups: { 'S-0': false, 'S-2': true } })
  t.match(tasks.at(-1)?.write, {
    dn: 'CN=neu,OU=People,OU=School,DC=schule,DC=lan',
    password: 'geheim-neu',
    group: 'S-1',
    attributes: { userPrincipalName: ['neu@schule.lan'], mail: [], homeDirectory: ['\\\\dc1.schule.lan\\home'] },
  })
})

t.test('new people join the groups of their roles in one write each', async (t) => {
  const joins = roleJoins(
    [
      { person: person('a'), sid: 'S-a' },
      { person: person('b', { role: 'teacher' }), sid: 'S-b' },
      { person: person('c'), sid: 'S-c' },
    ],
    roleSid,
  )
  t.strictSame(
    joins.map(({ sid, join }) => [sid, join]),
    [
      ['S-0', ['S-a', 'S-c']],
      ['S-2', ['S-b']],
    ],
  )
})

t.test('members are those who have an account; the groups of roles are left to the roles', async (t) => {
  const [pupils] = roleGroups
  t.ok(pupils)
  if (pupils === undefined) return
  const known = person('a', { sid: 'S-a' })
  const writes = memberWrites(
    [{ ...roleGroupEntry(pupils, 'de'), sid: 'S-0', revision: 1 }, group('klasse-5a', { sid: 'S-5' })],
    () => [known.id, person('b').id],
    (id) => (id === known.id ? known.sid : null),
  )
  t.strictSame([...writes.keys()], [{ op: 'members', sid: 'S-5', exactly: ['S-a'] }])
})

t.test('a SID as Windows writes it', async (t) => {
  const bytes = Buffer.from('010500000000000515000000c1ac560db14cd3fc659770c64f040000', 'hex')
  t.equal(sidText(bytes), 'S-1-5-21-223784129-4241706161-3329267557-1103')
})

t.test('answers of the program, and what is none', async (t) => {
  t.strictSame(answerIn('{"samba": "4.22.11"}'), { samba: '4.22.11' })
  t.match(answerIn('{"done": [{"n": 0, "sid": "S-1", "guid": "x"}]}'), { done: [{ n: 0, sid: 'S-1' }] })
  t.equal(answerIn('python3: a warning'), undefined)
  t.throws(() => answerIn('{"done": [{"n": "0"}]}'))
})
