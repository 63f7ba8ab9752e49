import { at } from './samples-people.ts'

/** Results of the commands about accounts, groups and courses, on the example school. */

const pupil = {
  id: '3f0f2a52-5c1e-4d0a-9a63-0c7c9f3f4a11',
  login: 'moritz.mueller',
  given: 'Moritz',
  surname: 'Müller',
  role: 'pupil',
  state: 'active',
  locked: false,
  mail: null,
  classes: ['5a'],
}

const teacher = {
  id: '8a4d7c1e-93f5-4b8e-8d6f-1f2b3c4d5e6f',
  login: 'eva.koch',
  given: 'Eva',
  surname: 'Koch',
  role: 'teacher',
  state: 'active',
  locked: false,
  mail: 'eva.koch@schule.lan',
  classes: ['5a', '7b'],
}

const view = {
  ...pupil,
  birth: '2015-11-02',
  origin: { source: 'schild', id: '10417' },
  otherIds: { untis: 'Mül' },
  since: at('08:05'),
  next: null,
  groups: [
    { name: 'kurs-robotik', title: 'Robotik', part: 'member' },
    { name: 'klasse-5a', title: '5a', part: 'member' },
  ],
  number: 100_417,
  sid: 'S-1-5-21-1004336348-1177238915-682003330-1733',
  waiting: false,
}

const silent = 'The directory does not answer (connect ECONNREFUSED)'
const day = 86_400_000

const leaving = {
  ...view,
  state: 'tolerated',
  since: at('09:41'),
  next: { state: 'disabled', at: at('09:41') + 30 * day },
}

const group = {
  id: '5d2f7a90-1b3c-4c55-8a7e-6f0d9c8b7a61',
  name: 'klasse-5a',
  title: '5a',
  kind: 'class',
  members: 27,
  leaders: ['eva.koch'],
  ended: null,
}

const course = { ...group, name: 'kurs-englisch-e1', title: 'Englisch E1', kind: 'course', members: 2 }

const groupView = {
  ...group,
  origin: { source: 'schild', id: null },
  number: 50_104,
  sid: 'S-1-5-21-1004336348-1177238915-682003330-1201',
  waiting: false,
}

const courseView = { ...groupView, ...course, origin: null }
const members = [
  { ...teacher, part: 'leader' },
  { ...pupil, part: 'member' },
]
const moved = { changed: ['moritz.mueller'], unchanged: ['eva.koch'], waiting: null, dryRun: false }

export const accountSamples: Readonly<Record<string, unknown>> = {
  'account list': { people: [teacher, { ...pupil, state: 'tolerated', locked: true }], total: 2 },
  'account list nobody': { people: [], total: 0 },
  'account show': { person: view, signIn: { last: at('07:58'), password: at('07:40'), lockedOut: false } },
  'account show leaving': {
    person: { ...leaving, locked: true, waiting: true, origin: null, otherIds: {}, sid: null },
    signIn: null,
  },
  'account add': { login: 'moritz.mueller', person: view, password: 'kamu-refi-73', waiting: null },
  'account add dry run': { login: 'moritz.mueller2', person: null, password: null, waiting: null },
  'account edit': { person: view, changed: true, waiting: null },
  'account rename': { person: { ...view, login: 'moritz.koch' }, changed: true, waiting: null },
  'account lock': { people: [{ ...view, locked: true }], changed: 1, waiting: silent },
  'account unlock': { people: [view], changed: 1, waiting: null },
  'account password': { login: 'moritz.mueller', password: null },
  'account password made': { login: 'moritz.mueller', password: 'kamu-refi-73' },
  'account remove': { leaving: [leaving], already: ['jan.weber'], waiting: null, dryRun: false },
  'account restore': {
    back: [view],
    already: [],
    passwords: [{ login: 'moritz.mueller', password: 'kamu-refi-73' }],
    waiting: null,
    dryRun: false,
  },
  'group list': { groups: [group, { ...group, name: 'klasse-5b', title: '5b', leaders: [], members: 25 }] },
  'group show': { group: groupView, members },
  'group add': { name: 'klasse-5a', group: groupView, waiting: null },
  'group edit': { group: { ...groupView, title: '5a Musik' }, changed: true, waiting: null },
  'group rename': { group: { ...groupView, name: 'klasse-6a', title: '6a' }, changed: true, waiting: null },
  'group remove': { group: { ...groupView, ended: at('09:41') }, waiting: null },
  'group remove dry run': { group: groupView, waiting: null },
  'group restore': { group: groupView, waiting: null },
  'group restore dry run': { group: { ...groupView, ended: at('09:41') }, waiting: null },
  'group join': { ...moved, group: groupView },
  'group leave': { ...moved, group: groupView, dryRun: true },
  'course list': { groups: [course] },
  'course show': { group: courseView, members },
  'course add': { name: course.name, group: courseView, waiting: null },
  'course remove': { group: { ...courseView, ended: at('09:41') }, waiting: null },
  'course restore': { group: courseView, waiting: null },
  'course join': { ...moved, group: courseView },
  'course leave': { ...moved, group: courseView },
}
