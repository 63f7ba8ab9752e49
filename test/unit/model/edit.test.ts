import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { editDocuments, type Change } from '../../../agent/model/edit.ts'
import { readState } from '../../../agent/model/read.ts'
import { designDocuments, exampleText } from '../../support/school.ts'
import { fc } from '../../support/property.ts'

const edited = (text: string, change: Change, into?: string): string =>
  editDocuments([{ file: 'school.yaml', text }], change, into === undefined ? {} : { into })
    .map((document) => document.text)
    .join('=====\n')

const written = `version: 1
# our devices
devices: # all of them
  - { name: a, mac: x } # the old one
  # kept
  - name: b
    mac: "y"   # from the cupboard

  - name: c
    mac: z
  # nothing below
rooms:
- name: r
`

/** What people type in names and comments, and what YAML might stumble over. */
const letter = fc.constantFrom(...'abzäß€é漢 019:#-,{}[]"\'|>&*!%@`~?\\./'.split(''), '😀')

t.test('an entry is changed where it stands, and a new one follows the last', async (t) => {
  t.equal(
    edited(written, {
      section: 'devices',
      put: [
        { name: 'b', mac: '52:54:00:00:00:01', internet: false },
        { name: 'd', comment: 'on' },
      ],
    }),
    `version: 1
# our devices
devices: # all of them
  - { name: a, mac: x } # the old one
  # kept
  - { name: b, mac: "52:54:00:00:00:01", internet: false }   # from the cupboard

  - name: c
    mac: z
  - { name: d, comment: "on" }
  # nothing below
rooms:
- name: r
`,
  )
})

t.test('an entry is removed with its lines, comments of others stay', async (t) => {
  t.equal(
    edited(written, { section: 'devices', remove: ['a', 'c'] }),
    `version: 1
# our devices
devices: # all of them
  # kept
  - name: b
    mac: "y"   # from the cupboard

  # nothing below
rooms:
- name: r
`,
  )
})

t.test('the indentation of the list is kept', async (t) => {
  t.equal(edited('rooms:\n- name: r', { section: 'rooms', put: [{ name: 's' }] }), 'rooms:\n- name: r\n- { name: s }\n')
  t.equal(
    edited('rooms:\r\n   -   name: r\r\n', { section: 'rooms', put: [{ name: 's' }] }),
    'rooms:\r\n   -   name: r\r\n   - { name: s }\r\n',
  )
})

t.test('lists that are empty, missing or written in brackets', async (t) => {
  const put = [{ name: 'd', mac: '1.2' }]
  t.equal(
    edited('version: 1\ndevices:\n', { section: 'devices', put }),
    'version: 1\ndevices:\n  - { name: d, mac: "1.2" }\n',
  )
  t.equal(edited('devices: []\n', { section: 'devices', put }), 'devices: [\n    { name: d, mac: "1.2" },\n  ]\n')
  t.equal(
    edited('{ devices: [{ name: a, tags: [x, 1] }] }\n', { section: 'devices', put }),
    '{ devices: [\n    { name: a, tags: [x, 1] },\n    { name: d, mac: "1.2" },\n  ] }\n',
  )
  t.equal(edited('devices: [{ name: a }]\n', { section: 'devices', remove: ['a'] }), 'devices: []\n')
  t.match(
    edited('version: 1\n', { section: 'devices', put }),
    /^version: 1\n=====\n# .*\n\ndevices:\n  - \{ name: d, mac: "1\.2" \}\n$/,
  )
})

t.test('new entries go to the last text with such a list, or to the text named', async (t) => {
  const documents = ['devices:\n  - { name: a }\n', 'rooms: []\n', 'devices:\n  - { name: b }\n'].map(
    (text, index) => ({
      file: `${index}`,
      text,
    }),
  )
  const put = [{ name: 'c' }, { name: 'a', mac: 'm' }]
  const texts = (into?: string) =>
    editDocuments(documents, { section: 'devices', put }, into === undefined ? {} : { into }).map(
      ({ file, text }) => `${file} ${text}`,
    )
  t.strictSame(texts(), [
    '0 devices:\n  - { name: a, mac: m }\n',
    '1 rooms: []\n',
    '2 devices:\n  - { name: b }\n  - { name: c }\n',
  ])
  t.strictSame(texts('1')[1], '1 rooms: []\n\ndevices:\n  - { name: c }\n')
  t.match(texts('new')[3], /^new # .*\n\ndevices:\n {2}- \{ name: c \}\n$/)
})

t.test('texts of the same name are told apart', async (t) => {
  const documents = ['devices:\n  - { name: a }\n', 'devices:\n  - { name: b }\n'].map((text) => ({
    file: 'school.yaml',
    text,
  }))
  t.strictSame(
    editDocuments(documents, { section: 'devices', put: [{ name: 'c' }] }).map(({ text }) => text),
    ['devices:\n  - { name: a }\n', 'devices:\n  - { name: b }\n  - { name: c }\n'],
  )
})

t.test('removing nobody changes nothing', async (t) => {
  t.equal(edited(written, { section: 'devices', remove: ['nobody'] }), written)
  t.equal(edited('version: 1\n', { section: 'devices', put: [] }), 'version: 1\n')
})

t.test('whatever is put in or taken out, the state says exactly that', async (t) => {
  const before = readState([{ file: 'school.yaml', text: exampleText() }]).state
  const names = before.devices.map(({ name }) => name as string).filter((name) => name !== 'roof-sensor')
  const comment = fc.string({ maxLength: 40, unit: letter }).filter((text) => text !== '' && !/\p{C}/u.test(text))
  const device = fc.record(
    { name: fc.constantFrom(...names, 'n1', 'n2', 'n3'), comment, internet: fc.boolean() },
    { requiredKeys: ['name'] },
  )
  const change = fc.record({
    put: fc.uniqueArray(device, { maxLength: 6, selector: ({ name }) => name }),
    remove: fc.subarray(names),
    into: fc.constantFrom(undefined, 'new.yaml', 'school.yaml'),
  })
  fc.assert(
    fc.property(change, ({ put, remove, into }) => {
      const entries = put
        .filter(({ name }) => !remove.includes(name))
        .map((entry, index) => ({ mac: `52:54:00:99:99:0${index}`, network: 'school', ...entry }))
      const documents = [{ file: 'school.yaml', text: exampleText() }]
      const after = editDocuments(
        documents,
        { section: 'devices', put: entries, remove },
        into === undefined ? {} : { into },
      )
      const { state } = readState(after)
      const expected = new Map(
        before.devices.filter(({ name }) => !remove.includes(name)).map((one) => [one.name as string, { ...one }]),
      )
      for (const entry of entries) expected.set(entry.name, entry as never)
      const sorted = (devices: Iterable<object>) =>
        [...devices]
          .map((one) => JSON.stringify(Object.entries(one).toSorted(([key], [other]) => (key < other ? -1 : 1))))
          .toSorted()
      const comments = exampleText().match(/#.*/g) ?? []
      const kept = comments.filter((text) => !text.includes('address from') || !remove.includes('librarian'))
      return (
        isDeepStrictEqual(sorted(state.devices), sorted(expected.values())) &&
        kept.every((text) => after[0]?.text.includes(text))
      )
    }),
    { numRuns: 60 },
  )
  t.pass('for any change')
})

t.test('one device in a school of 2,000 changes one line', async (t) => {
  const documents = designDocuments()
  const after = editDocuments(documents, {
    section: 'devices',
    put: [{ name: 'r214-pc07', mac: '52:54:00:14:07:02', room: 'r214' }],
  })
  const lines = (index: number) =>
    [documents[index]?.text.split('\n') ?? [], after[index]?.text.split('\n') ?? []] as const
  t.strictSame(after[0], documents[0])
  const [was, is] = lines(1)
  t.equal(is.length, was.length)
  t.equal(is.filter((line, index) => line !== was[index]).length, 1)
})
