import t, { type Test } from 'tap'
import { sealPlan } from '../../agent/accounts/plan/sealed.ts'
import { openSeal } from '../../agent/accounts/seal.ts'
import { accountAdd, accountEdit, accountPassword } from '../../agent/contract/account.ts'
import { groupAdd, groupRemove } from '../../agent/contract/group.ts'
import { importPlan } from '../../agent/contract/import-plan.ts'
import { importApply, importStatus, importUndo } from '../../agent/contract/import-job.ts'
import type { ImportPlan, PersonChange, SealedPlan } from '../../agent/model/import-plan.ts'
import { startPeopleAgent } from '../support/people-agent.ts'
import { carriedOut, planOf, readingsOf } from '../support/people-readings.ts'
import { schildPupils, schildTeachers } from '../support/people-files.ts'
import { generatedPeople, nextYear, type People } from '../support/people.ts'

/** A small school is imported, comes into its next year and goes back, on a real directory and a real disk. */

t.setTimeout(600_000)

/** What happens while the directory is asked. */
const meanwhile: { act?: () => unknown } = {}
const { box, engine, root, platform, ledger, imports, signsIn } = await startPeopleAgent(t, (system) => ({
  ...system,
  directory: {
    ...system.directory,
    search: async (query) => {
      await meanwhile.act?.()
      return system.directory.search(query)
    },
  },
}))
const seal = await openSeal(box.system)
const stop = new AbortController()
const tending = imports.tend(stop.signal)
t.teardown(async () => {
  stop.abort()
  await tending
})

const thisYear = generatedPeople({ size: 400 })
const plan = (readings: Parameters<typeof planOf>[0], more: Parameters<typeof planOf>[2] = {}): SealedPlan =>
  sealPlan(planOf(readings, ledger.register.snapshot(), { state: engine.state(), ...more }).plan, seal)

async function finished() {
  let seen = await root.call(importStatus, {})
  while (seen.import?.ended === null) seen = await root.call(importStatus, { after: seen.revision })
  return seen.import
}

const directoryHas = async (filter: string, attribute: string): Promise<readonly string[]> =>
  (
    await box.system.directory.search({
      base: 'OU=School,DC=schule,DC=lan',
      scope: 'sub',
      filter,
      attributes: ['sAMAccountName', attribute],
    })
  )
    .map(({ attributes }) => (attributes[attribute] ?? []).join(' '))
    .toSorted()

/** What must be the same in register and directory. */
async function agree(t: Test): Promise<void> {
  const { people, groups, memberships } = ledger.register.snapshot()
  const accounts = people.filter(({ state }) => state !== 'removed')
  t.strictSame(await directoryHas('(employeeType=*)', 'sAMAccountName'), accounts.map(({ login }) => login).toSorted())
  const living = groups.filter(({ ended }) => ended === null)
  t.strictSame(
    await directoryHas('(objectClass=group)', 'sAMAccountName'),
    living.map(({ name }) => String(name)).toSorted(),
  )
  const logins = new Map(accounts.map(({ id, login }) => [id, login]))
  for (const { id, name } of living.filter(({ kind }) => kind === 'class')) {
    const members = memberships.filter(({ group }) => group === id).flatMap(({ person }) => logins.get(person) ?? [])
    const found = await directoryHas(`(memberOf=CN=${name},OU=Groups,OU=School,DC=schule,DC=lan)`, 'sAMAccountName')
    t.strictSame(found, members.toSorted(), name)
  }
  t.strictSame([ledger.people.pending(1), ledger.groups.pending(1)], [[], []], 'nothing waits')
  const homes = await box.system.files.list('/var/srv/homes')
  t.strictSame(
    homes,
    accounts
      .filter(({ role }) => role !== 'parent')
      .map(({ login }) => String(login))
      .toSorted(),
  )
}
const first = plan(readingsOf(thisYear))

t.test('a plan that does not fit is refused, and nothing happens', async (t) => {
  const revision = ledger.register.revision()
  const call = (changes: Partial<ImportPlan>) => {
    const { seal: _, ...rest } = first
    return root.call(importApply, { plan: sealPlan({ ...rest, ...changes }, seal) })
  }
  await t.rejects(call({ base: revision + 1 }), { code: 'PLAN_OLD' })
  await t.rejects(call({ rules: 'of another state' }), { code: 'PLAN_OLD', message: /other rules/ })
  const question = { file: 'a.csv', line: 2, given: 'Eva', surname: 'Muster', birth: null, candidates: [] }
  await t.rejects(call({ proposals: [question] }), { code: 'PLAN_OPEN' })
  await t.rejects(call({ renames: [{ before: '5a', after: '6a', moved: 3, of: 30 }] }), { code: 'PLAN_OPEN' })
  const gone = { kind: 'leaving', role: 'pupil', state: 'tolerated', reason: '' } as const
  const leaving = first.people.map(({ id, login }) => ({ ...gone, id, login }))
  await t.rejects(call({ people: leaving, managed: 400 }), { code: 'LEAVING_MANY' })
  const altered = { known: 400, people: 41, roles: 0, reasons: ['41 haben einen anderen Nachnamen'] }
  await t.rejects(call({ altered }), { code: 'CHANGES_MANY' })
  await t.rejects(root.call(importUndo, {}), { code: 'IMPORT_NONE' })
  t.match(await root.call(importApply, { plan: first, dryRun: true }), { import: null, counts: { new: 400 } })
  t.equal(ledger.register.revision(), revision)
  t.strictSame(ledger.people.list(), [])
})

t.test('everybody of the files has account, groups and home', async (t) => {
  const before = ledger.register.snapshot()
  const begun = await root.call(importApply, { plan: first })
  t.match(begun, { already: false, import: { state: 'running', number: 1 }, counts: { new: 400 } })
  await t.rejects(root.call(importUndo, {}), { code: 'IMPORT_RUNNING' })
  t.match(await finished(), { state: 'done', problem: null, refused: [] })
  await agree(t)
  const plain = (register: typeof before) =>
    register.people.map(({ id, login, given, surname, role, mail }) => ({ id, login, given, surname, role, mail }))
  const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id)
  t.strictSame(
    plain(ledger.register.snapshot()).toSorted(byId),
    plain(carriedOut(before, first)).toSorted(byId),
    'as the plan said',
  )
  const numbers = ledger.people.list().map(({ number }) => number)
  t.equal(new Set(numbers).size, 400)
})

t.test('the same plan again does nothing, and the same files have nothing to say', async (t) => {
  const revision = ledger.register.revision()
  t.match(await root.call(importApply, { plan: first }), { already: true, import: { number: 1 } })
  const again = plan(readingsOf(thisYear))
  t.strictSame([again.people, again.groups, again.memberships], [[], [], []])
  t.match(await root.call(importApply, { plan: again }), { import: null, already: false })
  t.equal(ledger.register.revision(), revision)
})

t.test('a new school year: classes pass their names on, people stay who they are; and back', async (t) => {
  const was = ledger.register.snapshot()
  const { school } = nextYear(thisYear)
  const next = plan(readingsOf(school, { successors: thisYear }), {
    allowedLeaving: 400,
    answers: { lines: new Map(), exact: false, renames: { titles: new Map(), others: 'take' } },
  })
  t.ok(
    next.groups.some(({ kind }) => kind === 'renamed'),
    'classes are renamed',
  )
  t.strictSame([next.proposals, next.renames], [[], []])
  await root.call(importApply, { plan: next })
  t.match(await finished(), { number: 2, state: 'done', problem: null, refused: [] })
  await agree(t)
  const sids = new Map(was.people.map(({ id, sid }) => [id, sid]))
  for (const { id, login, sid } of ledger.people.list()) {
    if (sids.has(id)) t.equal(sid, sids.get(id), `${login} is the same person`)
  }
  const renamed = next.groups.find((group) => group.kind === 'renamed')
  t.ok(renamed)
  const before = was.groups.find(({ id }) => id === renamed?.id)
  t.match(
    ledger.groups.list().find(({ id }) => id === renamed?.id),
    { sid: before?.sid, number: before?.number },
  )

  t.match(await root.call(importUndo, { dryRun: true }), { import: { state: 'done' } })
  await root.call(importUndo, {})
  t.match(await finished(), { number: 2, state: 'undone', problem: null, refused: [] })
  await agree(t)
  const now = ledger.register.snapshot()
  const known = ({ people, groups, memberships }: typeof was) => ({
    people: people.filter(({ state }) => state !== 'removed').map((one) => ({ ...one, revision: 0, since: 0 })),
    groups: groups
      .filter(({ ended, kind }) => ended === null && kind !== 'role')
      .map(({ id, name, title, number }) => ({ id, name, title, number })),
    memberships,
  })
  const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  t.strictSame(sorted(known(now).people), sorted(known(was).people))
  t.strictSame(sorted(known(now).groups), sorted(known(was).groups))
  t.strictSame(sorted(known(now).memberships), sorted(known(was).memberships))
  await t.rejects(root.call(importUndo, {}), { code: 'UNDO_LATE' })
})

t.test('who has signed in is not taken back', async (t) => {
  const { school } = nextYear(thisYear)
  const next = plan(readingsOf(school, { successors: thisYear }), {
    allowedLeaving: 400,
    answers: { lines: new Map(), exact: false, renames: { titles: new Map(), others: 'take' } },
  })
  await root.call(importApply, { plan: next })
  await finished()
  const somebody = next.people.find(({ kind }) => kind === 'new' || kind === 'returning')
  t.ok(somebody)
  if (somebody === undefined) return
  const { password } = await root.call(accountPassword, { login: somebody.login })
  t.match(await root.call(importUndo, { dryRun: true }), { import: { state: 'done' } })
  t.ok(await signsIn(somebody.login, password ?? ''), 'over the network, as pupils do at the wireless network')
  await t.rejects(root.call(importUndo, {}), { code: 'UNDO_LATE', message: new RegExp(somebody.login) })
})

const file = (name: string, text: string) => ({ name, content: Buffer.from(text).toString('base64') })
/** The school as it is by now, with some of its people changed. */
const thisSchool = nextYear(thisYear).school
const withChanges = (changes: ReadonlyMap<string, Partial<People['people'][number]>>): People => ({
  ...thisSchool,
  people: thisSchool.people.map((one) => ({ ...one, ...changes.get(one.id) })),
})
const filesOf = (school: People) => [
  file('schueler.csv', schildPupils(school)),
  file('lehrer.csv', schildTeachers(school)),
]
const one = (role: string, index: number) => {
  const found = thisSchool.people.filter((somebody) => somebody.role === role)[index]
  const [person] = ledger.people.byOrigin({ source: 'schild', id: found?.id ?? '' })
  if (found === undefined || person === undefined) throw new Error('the school is larger')
  return { ...found, person }
}

t.test('a plan is carried out as this box has made it, or not at all', async (t) => {
  const teacher = one('teacher', 0)
  const made = plan(readingsOf(withChanges(new Map([[teacher.id, { surname: 'Neumann' }]]))))
  const [change] = made.people
  t.match(made.people, [{ kind: 'changed', id: teacher.person.id }])
  if (change?.kind !== 'changed') return
  const group = ledger.groups.byName('teachers' as never)?.id
  const question = { file: 'a.csv', line: 2, given: 'Eva', surname: 'Muster', birth: null, candidates: [] }
  const forged: { readonly [Field in keyof SealedPlan]: readonly SealedPlan[Field][] } = {
    version: [],
    source: ['untis'],
    made: [made.made + 1],
    base: [made.base + 1],
    rules: ['x'],
    files: [[]],
    covers: [[]],
    managed: [100_000],
    emptied: [[{ role: 'pupil', class: null, leaving: 1, of: 2 }]],
    allowedLeaving: [400],
    altered: [{ ...made.altered, people: 0 }],
    allowedChanges: [400],
    unchanged: [0],
    people: [
      [],
      [{ ...change, after: { ...change.after, role: 'administrator' } }],
      [{ ...change, id: one('teacher', 1).person.id }],
      [{ kind: 'new', id: change.id, login: 'neu' as never, fields: change.after, wishedPassword: false, reason: '' }],
      [{ kind: 'leaving', id: change.id, login: change.login, role: 'teacher', state: 'disabled', reason: '' }],
    ],
    groups: [[{ kind: 'ended', id: group ?? ('' as never), name: 'teachers' as never, reason: '' }]],
    memberships: [[{ kind: 'join', group: group ?? ('' as never), person: change.id, part: 'leader' }]],
    proposals: [[question]],
    renames: [[{ before: '5a', after: '6a', moved: 3, of: 30 }]],
    remarks: [['x']],
    seal: ['', `${made.seal.slice(0, -1)}${made.seal.endsWith('A') ? 'E' : 'A'}`],
  }
  const revision = ledger.register.revision()
  for (const [field, values] of Object.entries(forged)) {
    for (const value of values) {
      const lie = { ...made, [field]: value }
      await t.rejects(root.call(importApply, { plan: lie }), { code: 'PLAN_FOREIGN' }, field)
      await t.rejects(platform.call(importApply, { plan: lie }), { code: /PLAN_FOREIGN|AGENT_REFUSED/ }, field)
    }
  }
  t.equal(ledger.register.revision(), revision)
  const { seal: _, ...plain } = made
  const reordered = Object.fromEntries(Object.entries(made).toReversed()) as SealedPlan
  t.match(await platform.call(importApply, { plan: reordered, dryRun: true }), { counts: { changed: 1 } })
  t.strictSame(sealPlan(plain, seal), made)
})

t.test('the platform touches no administrator by a plan, nor by taking one back', async (t) => {
  const { id, person } = one('teacher', 0)
  ledger.people.patch(person.id, { role: 'administrator' })
  const renamed = plan(readingsOf(withChanges(new Map([[id, { surname: 'Neumann' }]]))))
  t.match(renamed.people, [{ kind: 'changed', id: person.id, after: { role: 'administrator' } }])
  await t.rejects(platform.call(importApply, { plan: renamed }), { code: 'AGENT_REFUSED' })
  const gone = plan(
    readingsOf(thisSchool).map((reading) => ({
      ...reading,
      people: reading.people.map((record) => (record.id === id ? { ...record, left: true } : record)),
    })),
  )
  t.match(gone.people, [{ kind: 'leaving', id: person.id }])
  await t.rejects(platform.call(importApply, { plan: gone }), { code: 'AGENT_REFUSED' })

  await root.call(importApply, { plan: renamed })
  await finished()
  await t.rejects(platform.call(importUndo, {}), { code: 'AGENT_REFUSED' })
  await root.call(importUndo, {})
  await finished()
  t.match(ledger.people.byId(person.id), { surname: person.surname, role: 'administrator' })
  ledger.people.patch(person.id, { role: 'teacher' })
})

t.test('the platform is told no birth date that it does not know, and can carry out what it has planned', async (t) => {
  const [older, mailed, asked] = [one('pupil', 0), one('pupil', 1), one('pupil', 2)]
  const files = filesOf(
    withChanges(
      new Map([
        [older.id, { birth: '2001-02-03' }],
        [mailed.id, { mail: 'anders@example.org' }],
        [asked.id, { id: 'another' }],
      ]),
    ),
  )
  const request = { files, source: 'schild', page: true } as const
  const told = await platform.call(importPlan, request)
  const known = await root.call(importPlan, request)
  const changed = (id: string, { plan: { people } }: typeof told): PersonChange | undefined =>
    people.find((change) => change.id === id)
  t.match(changed(older.person.id, known), { before: { birth: older.birth } })
  t.match(changed(older.person.id, told), { before: { birth: null }, after: { birth: '2001-02-03' } })
  t.match(changed(mailed.person.id, told), { before: { birth: null }, after: { birth: null } })
  t.match(known.plan.proposals, [{ candidates: [{ birth: asked.birth }] }])
  t.match(told.plan.proposals, [{ candidates: [{ birth: null }] }])
  const german = older.birth?.split('-').toReversed().join('.') ?? '-'
  t.ok(JSON.stringify(known).includes(german))
  t.notOk(JSON.stringify(told).includes(german), 'nor in a reason, nor on the page')

  const { plan: answered } = await platform.call(importPlan, { ...request, exact: true })
  await platform.call(importApply, { plan: answered })
  t.match(await finished(), { state: 'done', refused: [] })
  t.match(ledger.people.byId(older.person.id), { birth: '2001-02-03' })
  t.match(ledger.people.byId(mailed.person.id), { birth: mailed.birth, mail: 'anders@example.org' })
  t.match(ledger.people.byId(asked.person.id), { birth: asked.birth, origin: { id: 'another' } })
})

t.test('passwords that another plan wished for are given to nobody', async (t) => {
  const wished = 'zebu-kamu-99'
  const head = 'Import-ID;Vorname;Nachname;Klasse/Information;Account;Passwort;Email;Geburtsdatum;Gruppen'
  const files = [file('liste.csv', [head, `4711;Quirin;Zwölfer;5a;;${wished};;01.02.2010;`].join('\r\n'))]
  const request = { files, source: 'liste' }
  const withWish = await root.call(importPlan, request)
  const without = await root.call(importPlan, { ...request, columns: { Passwort: 'ignore' } })
  const [somebody] = without.plan.people
  t.match(withWish.plan.people, [{ id: somebody?.id, wishedPassword: true }])
  t.match(without.plan.people, [{ wishedPassword: false }])
  await root.call(importApply, { plan: without.plan })
  t.match(await finished(), { state: 'done', refused: [] })
  const [kept] = ledger.firstPasswords.list(somebody === undefined ? [] : [somebody.id])
  t.type(seal.open(kept?.sealed ?? '', somebody?.id as never), 'string')
  t.not(seal.open(kept?.sealed ?? '', somebody?.id as never), wished)
})

t.test('what somebody has done since the import is not undone with it', async (t) => {
  const { id, person } = one('pupil', 3)
  ledger.people.patch(person.id, { mail: 'alt@example.org' })
  const { groups } = ledger.register.snapshot()
  const title = thisSchool.people.find((somebody) => somebody.id === id)?.classes[0] ?? ''
  const named = (titles: readonly string[]) => titles.map((one) => (one === title ? '9z' : one))
  const renaming = withChanges(
    new Map(
      thisSchool.people.map((somebody) => [
        somebody.id,
        {
          classes: named(somebody.classes),
          leads: named(somebody.leads),
          ...(somebody.id === id ? { mail: 'neu@example.org' } : {}),
        },
      ]),
    ),
  )
  const next = plan(readingsOf(renaming), {
    answers: { lines: new Map(), exact: true, renames: { titles: new Map([[title, '9z']]), others: 'leave' } },
  })
  const renamed = next.groups.find((group) => group.kind === 'renamed')
  t.ok(renamed)
  await root.call(importApply, { plan: next })
  t.match(await finished(), { state: 'done', refused: [] })

  const hand = { given: 'Ida', surname: 'Neu', role: 'staff', birth: null, mail: 'alt@example.org' } as const
  const { login } = await root.call(accountAdd, hand)
  await t.rejects(root.call(importUndo, {}), { code: 'UNDO_LATE', message: /alt@example.org now belongs/ })
  await root.call(accountEdit, { login, mail: null })

  const name = renamed?.kind === 'renamed' ? renamed.before.name : undefined
  await root.call(groupAdd, { title, kind: 'class', name: name as never })
  await t.rejects(root.call(importUndo, {}), { code: 'UNDO_LATE', message: new RegExp(`${name} now belongs`) })
  await root.call(groupRemove, { name: name as never })

  meanwhile.act = () => {
    delete meanwhile.act
    ledger.people.patch(person.id, { given: 'Zwischendurch' })
  }
  await t.rejects(root.call(importUndo, {}), {
    code: 'UNDO_LATE',
    message: new RegExp(`${person.login} changed since`),
  })
  t.equal(ledger.people.byId(person.id)?.given, 'Zwischendurch')
  t.equal(groups.find((group) => group.id === renamed?.id)?.name, name)
})
