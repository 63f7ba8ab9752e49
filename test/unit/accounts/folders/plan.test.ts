import t from 'tap'
import { derive } from '../../../../agent/accounts/folders/derive.ts'
import { plan } from '../../../../agent/accounts/folders/plan.ts'
import { rightsText } from '../../../../agent/accounts/folders/rights.ts'
import { linesOf } from '../../../../agent/accounts/folders/settle.ts'
import type { Actual, Desired, Entry, FolderStep, Place } from '../../../../agent/accounts/folders/schema.ts'
import { Shares } from '../../../../agent/model/shares.ts'
import { registerOf, somebody, someGroup } from '../../../support/files-people.ts'
import { exampleSchool } from '../../../support/school.ts'

const now = Date.parse('2026-08-01T10:00:00Z')
const school = exampleSchool()

/** A disk on which these entries lie with the rights they are to have; fixed folders are all there. */
function disk(desired: Desired, entries: Partial<Record<Place, readonly Entry[]>>, more: Partial<Actual> = {}): Actual {
  const rights = new Map(desired.fixed.map((one) => [one.path, rightsText(one.rights)]))
  for (const [place, list] of Object.entries(entries)) {
    for (const { name, owner, group } of list) {
      const number = place === 'homes' ? owner : group
      const living = desired.living.find((one) => one.place === place && one.number === number)
      if (living === undefined) continue
      rights.set(`/var/srv/${place}/${name}`, rightsText(living.rights))
      for (const room of living.rooms) rights.set(`/var/srv/${place}/${name}/${room.name}`, rightsText(room.rights))
    }
  }
  const none = { homes: [], classes: [], courses: [] }
  return {
    entries: { ...none, ...entries },
    archive: none,
    closed: {},
    templates: {},
    rights,
    free: 2 ** 40,
    ...more,
  }
}

const home = (name: string, owner: number): Entry => ({ name, owner, group: 50_000, folder: true })
const folder = (name: string, group: number): Entry => ({ name, owner: 0, group, folder: true })
const told = (steps: readonly FolderStep[]): readonly string[] => linesOf(steps)
const codes = (found: ReturnType<typeof plan>): readonly string[] => found.remarks.map(({ code }) => code)

t.test('equal states give no steps', async (t) => {
  const desired = derive(registerOf([somebody('ada', 100_001)], [someGroup('5a', 50_100)]), school)
  const actual = disk(desired, { homes: [home('ada', 100_001)], classes: [folder('5a', 50_100)] })
  t.strictSame(plan(desired, actual, now), { steps: [], remarks: [], bytes: 0 })
})

t.test('who is new gets a folder, whole; parents get none', async (t) => {
  const people = [somebody('ada', 100_001), somebody('bob', 100_002, 'parent')]
  const desired = derive(registerOf(people, [someGroup('5a', 50_100), someGroup('Englisch', 50_101, 'course')]), school)
  const { steps } = plan(desired, disk(desired, {}), now)
  t.strictSame(
    steps.map((step) =>
      step.kind === 'make' ? [step.making.path, ...step.making.contents.map(({ path }) => path)] : [],
    ),
    [
      ['/var/srv/homes/ada'],
      ['/var/srv/classes/5a', 'Material', 'Abgabe', 'Austausch'],
      ['/var/srv/courses/Englisch', 'Material', 'Abgabe', 'Austausch'],
    ],
  )
})

t.test('a folder follows its number, not its name', async (t) => {
  const desired = derive(
    registerOf(
      [somebody('ada.new', 100_001), somebody('eve', 100_002)],
      [someGroup('6a', 50_100), someGroup('7a', 50_101), someGroup('5a', 50_102)],
    ),
    school,
  )
  const actual = disk(desired, {
    homes: [home('ada', 100_001), home('eve', 100_002)],
    classes: [folder('5a', 50_100), folder('6a', 50_101), folder('7a', 50_102)],
  })
  t.strictSame(told(plan(desired, actual, now).steps), [
    '~ rename homes/ada → homes/ada.new',
    '~ rename classes/7a → classes/5a',
    '~ rename classes/6a → classes/7a',
    '~ rename classes/.moving-5a → classes/6a',
  ])
})

t.test('who has left goes to the archive, and comes back whole', async (t) => {
  const gone = derive(
    registerOf(
      [somebody('ada', 100_001, 'pupil', { state: 'removed' })],
      [someGroup('10a', 50_100, 'class', { ended: 5 })],
    ),
    school,
  )
  const actual = disk(gone, { homes: [home('ada', 100_001)], classes: [folder('10a', 50_100)] })
  t.strictSame(told(plan(gone, actual, now).steps), [
    '~ archive homes/ada → archive/homes/ada-100001-2026-08-01',
    '~ archive classes/10a → archive/classes/10a-50100-2026-08-01',
  ])
  const back = derive(registerOf([somebody('ada', 100_001)]), school)
  const archive = {
    homes: [home('ada-100001-2026-08-01', 100_001), home('ada-100001-2025-02-01', 100_001)],
    classes: [],
    courses: [],
  }
  t.strictSame(told(plan(back, disk(back, {}, { archive }), now).steps), [
    '~ restore archive/homes/ada-100001-2026-08-01 → homes/ada',
    '- delete archive/homes/ada-100001-2025-02-01',
  ])
})

t.test('an archive that was being deleted is only swept: not deleted twice, and never brought back', async (t) => {
  const half = { homes: [home('.going-ada-100001-2024-01-01', 100_001)], classes: [], courses: [] }
  for (const state of ['removed', 'active'] as const) {
    const desired = derive(registerOf([somebody('ada', 100_001, 'pupil', { state })]), school)
    const { steps } = plan(desired, disk(desired, {}, { archive: half }), now)
    t.strictSame(
      steps.map((step) => [step.kind, 'path' in step ? step.path : '']),
      [['sweep', '/var/srv/archive/homes/.going-ada-100001-2024-01-01'], ...(state === 'active' ? [['make', '']] : [])],
    )
  }
})

t.test('the archive is emptied after the days declared, and never of what nobody knows', async (t) => {
  const state = { ...school, shares: Shares.parse({ archive: '30d' }) }
  const desired = derive(registerOf([somebody('ada', 100_001, 'pupil', { state: 'removed' })]), state)
  const archive = {
    homes: [
      home('ada-100001-2026-07-02', 100_001),
      home('ada-100001-2026-07-01', 100_001),
      home('old-100009-2020-01-01', 100_009),
      home('by-hand', 100_001),
    ],
    classes: [],
    courses: [],
  }
  t.strictSame(told(plan(desired, disk(desired, {}, { archive }), now).steps), [
    '- delete archive/homes/ada-100001-2026-07-01',
  ])
})

t.test('by a clock that is not believed nothing is too old, and what is put away gets its day later', async (t) => {
  const state = { ...school, shares: Shares.parse({ archive: '30d' }) }
  const people = [somebody('ada', 100_001), somebody('bob', 100_002)]
  const gone = derive(registerOf(people.map((one) => ({ ...one, state: 'removed' as const }))), state)
  const none = { classes: [], courses: [] }
  const archive = { ...none, homes: [home('ada-100001-2020-01-01', 100_001)] }
  const doubted = plan(gone, disk(gone, { homes: [home('bob', 100_002)] }, { archive }), undefined)
  t.strictSame(told(doubted.steps), ['~ archive homes/bob → archive/homes/bob-100002-undated'])

  const undated = { archive: { ...none, homes: [home('bob-100002-undated', 100_002)] } }
  t.strictSame(told(plan(gone, disk(gone, {}, undated), undefined).steps), [])
  t.strictSame(told(plan(gone, disk(gone, {}, undated), now).steps), [
    '~ rename archive/homes/bob-100002-undated → archive/homes/bob-100002-2026-08-01',
  ])
  const back = derive(registerOf(people.slice(1)), state)
  const older = { archive: { ...none, homes: [home('bob-100002-2026-07-30', 100_002), ...undated.archive.homes] } }
  t.match(told(plan(back, disk(back, {}, older), undefined).steps), [
    '~ restore archive/homes/bob-100002-undated → homes/bob',
  ])
})

t.test('an empty register takes nothing away', async (t) => {
  const desired = derive(registerOf([]), school)
  const actual = disk(desired, { homes: [home('ada', 100_001)], classes: [folder('5a', 50_100)] })
  const found = plan(desired, actual, now)
  t.strictSame(found.steps, [])
  t.strictSame(codes(found), ['folder-unknown', 'folder-unknown'])
})

t.test('who is in the way steps aside, visibly; who is not stays', async (t) => {
  const desired = derive(registerOf([somebody('ada', 100_001)], [someGroup('5a', 50_100)]), school)
  const actual = disk(desired, {
    homes: [home('ada', 0), home('other', 0)],
    classes: [folder('5A', 0), folder('5a (älter)', 0), folder('6b', 50_100)],
  })
  const found = plan(desired, actual, now)
  t.strictSame(told(found.steps), [
    '+ 1 folder',
    '~ aside homes/ada → homes/ada (älter)',
    '~ aside classes/5A → classes/5A (älter 2)',
    '~ rename classes/6b → classes/5a',
  ])
  t.strictSame(codes(found), ['folder-aside', 'folder-unknown', 'folder-aside', 'folder-unknown'])
})

t.test('of two folders of one number the rightly named serves', async (t) => {
  const desired = derive(registerOf([], [someGroup('5a', 50_100)]), school)
  const actual = disk(desired, { classes: [folder('5', 50_100), folder('5a', 50_100), folder('5b', 50_100)] })
  const found = plan(desired, actual, now)
  t.strictSame(found.steps, [])
  t.strictSame(codes(found), ['folder-twice', 'folder-twice'])
})

t.test('remains of a run that was cut off are swept away', async (t) => {
  const desired = derive(registerOf([somebody('ada', 100_001)]), school)
  const archive = { homes: [home('.going-eve-100002-2020-01-01', 100_002)], classes: [], courses: [] }
  const found = plan(desired, disk(desired, { homes: [home('.new-ada', 0)] }, { archive }), now)
  t.strictSame(
    found.steps.map((step) => ('path' in step ? `${step.kind} ${step.path}` : step.kind)),
    ['sweep /var/srv/homes/.new-ada', 'sweep /var/srv/archive/homes/.going-eve-100002-2020-01-01', 'make'],
  )
})

t.test('rooms that are missing are made, and renamed when the school changes its language', async (t) => {
  const desired = derive(registerOf([], [someGroup('5a', 50_100)]), {
    ...school,
    school: { ...school.school, language: 'en' },
  })
  const german = derive(registerOf([], [someGroup('5a', 50_100)]), school)
  const actual = disk(german, { classes: [folder('5a', 50_100)] })
  t.strictSame(told(plan(desired, actual, now).steps), [
    '~ rename classes/5a/Abgabe → classes/5a/Hand-in',
    '~ rename classes/5a/Austausch → classes/5a/Exchange',
  ])
  const rights = new Map([...actual.rights].filter(([path]) => !path.endsWith('/Abgabe')))
  t.match(plan(german, { ...actual, rights }, now).steps, [{ kind: 'add', path: '/var/srv/classes/5a/Abgabe' }])
})

t.test('rights that somebody has changed are set again', async (t) => {
  const desired = derive(registerOf([somebody('ada', 100_001, 'teacher')]), school)
  const actual = disk(desired, { homes: [home('ada', 100_001)] })
  const rights = new Map([...actual.rights, ['/var/srv/homes/ada', '# owner: 100001\n# group: 50000\nuser::rwx']])
  t.strictSame(told(plan(desired, { ...actual, rights }, now).steps), ['~ rights homes/ada'])
})

t.test('templates are copied into what is new, with the rights of the place', async (t) => {
  const shares = Shares.parse({
    templates: [
      { name: 'start', into: 'homes', roles: ['pupil'] },
      { name: 'unterricht', into: 'classes' },
      { name: 'fehlt', into: 'courses' },
    ],
  })
  const people = [somebody('ada', 100_001), somebody('tom', 100_002, 'teacher')]
  const desired = derive(registerOf(people, [someGroup('5a', 50_100)]), { ...school, shares })
  const templates = {
    start: [
      { path: 'Fächer', kind: 'folder', size: 0 },
      { path: 'Fächer/Lies mich.txt', kind: 'file', size: 10 },
    ],
    unterricht: [
      { path: 'Material', kind: 'folder', size: 0 },
      { path: 'Material/Plan.odt', kind: 'file', size: 20 },
    ],
    fehlt: undefined,
  } as const
  const found = plan(desired, disk(desired, {}, { templates }), now)
  const contents = found.steps.flatMap((step) =>
    step.kind === 'make'
      ? step.making.contents.map(({ path, from, rights }) =>
          [path, from ?? '', rightsText(rights).split('\n').slice(0, 4)].flat(),
        )
      : [],
  )
  t.strictSame(contents, [
    ['Fächer', '', '# owner: 100001', '# group: 50000', 'user::rwx', 'group::---'],
    [
      'Fächer/Lies mich.txt',
      '/var/srv/templates/start/Fächer/Lies mich.txt',
      '# owner: 100001',
      '# group: 50000',
      'user::rw-',
      'group::---',
    ],
    ['Material', '', '# owner: 0', '# group: 50100', 'user::rwx', 'group::---'],
    ['Abgabe', '', '# owner: 0', '# group: 50100', '# flags: --t', 'user::rwx'],
    ['Austausch', '', '# owner: 0', '# group: 50100', 'user::rwx', 'group::---'],
    [
      'Material/Plan.odt',
      '/var/srv/templates/unterricht/Material/Plan.odt',
      '# owner: 0',
      '# group: 50100',
      'user::rw-',
      'group::---',
    ],
  ])
  t.equal(found.bytes, 30)
  t.strictSame(codes(found), ['template-missing'])
})

t.test('a declared folder has the rights of its groups, and tells which it does not know', async (t) => {
  const shares = Shares.parse({
    folders: [
      { name: 'technik', title: 'Technik-AG', read: ['teachers', 'klasse-50100'], write: ['klasse-50100', 'nobody'] },
    ],
  })
  const desired = derive(registerOf([], [someGroup('5a', 50_100)]), { ...school, shares })
  const fixed = desired.fixed.find(({ path }) => path === '/var/srv/shares/technik')
  t.match(fixed && rightsText(fixed.rights), /^group:50002:r-x\ngroup:50100:rwx\nmask::rwx$/m)
  const stray = { closed: { '/var/srv/shares': ['technik', 'teachers', 'forgotten'] } }
  const found = plan(desired, disk(desired, {}, stray), now)
  t.strictSame(
    found.remarks.map(({ code, path }) => `${code} ${path}`),
    ['group-unknown /var/srv/shares/technik', 'folder-unknown /var/srv/shares/forgotten'],
  )
})
