import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { takeRuns } from '../../../agent/model/entries.ts'
import type { Path } from '../../../agent/model/document.ts'
import { readWhole, readYaml, type YamlReading } from '../../../agent/model/yaml.ts'
import { designDocuments } from '../../support/school.ts'
import { fc } from '../../support/property.ts'

const lines = (
  count: number,
  line = (index: number) => `  - { name: pc${index}, mac: "52:54:00:00:00:01", address: 10.0.0.1, internet: true }`,
) => Array.from({ length: count }, (_, index) => line(index))

t.test('plain lists of one entry a line are taken out, and nothing else', async (t) => {
  const text = [
    'version: 1',
    'devices: # all',
    ...lines(20),
    '  # comment',
    '',
    ...lines(2),
    'rooms:',
    ...lines(19),
    '',
  ].join('\n')
  const { runs, rest } = takeRuns(text)
  t.match(runs, [{ key: 'devices', line: 2 }])
  t.equal(runs[0]?.entries.length, 22)
  t.strictSame(runs[0]?.entries[20], {
    line: 25,
    value: { name: 'pc0', mac: '52:54:00:00:00:01', address: '10.0.0.1', internet: true },
  })
  t.equal(rest.split('\n').length, text.split('\n').length)
  t.match(rest, /^version: 1\ndevices: # all\n{21} {2}# comment\n/)
})

t.test('a list with one line that is not plain is left to the YAML package', async (t) => {
  const odd = [
    '  - { name: 0214 }',
    '  - { name: yes }',
    '  - { name: "a\\tb" }',
    '  - { name: a, name: b }',
    '  - { name: *a }',
    '  - { name: a, tags: [b] }',
    '   - { name: a }',
    '  - name: a',
    '    mac: b',
    '- { name: a }',
    "  - { name: 'a' }",
    '  - { name: a, }',
    '  - { name: a } b',
  ]
  for (const line of odd) {
    t.strictSame(takeRuns(['devices:', ...lines(15), line, ...lines(15)].join('\n')).runs, [], line)
  }
})

const someWhere: readonly Path[] = [
  [],
  ['devices'],
  ['rooms'],
  ...[0, 1, 19, 20, 40].flatMap((index) =>
    ['devices', 'rooms'].flatMap((key): Path[] => [
      [key, index],
      [key, index, 'name'],
    ]),
  ),
]

/** Everything that can be asked of what was read. */
const shown = ({ parts, problems, broken }: YamlReading): unknown => ({
  problems,
  broken,
  parts: parts.map(({ file, value, lineOf, spelling }) => ({
    file,
    value,
    lines: someWhere.map(lineOf),
    spellings: someWhere.map(spelling),
  })),
})

t.test('the design school is read alike both ways, and half of it the quick one', async (t) => {
  for (const document of designDocuments()) t.strictSame(shown(readYaml(document)), shown(readWhole(document)))
  t.equal(takeRuns(designDocuments()[1]?.text ?? '').runs[0]?.entries.length, 2000)
})

t.test('any text is read alike both ways', async (t) => {
  const word = fc.constantFrom(
    'pc1',
    'r214',
    'true',
    'False',
    'null',
    '0214',
    '1e5',
    '0x1f',
    '10.20.14.7',
    '1.2.3',
    '52:54:00:14:07:01',
    '12:30:45',
    'a:b',
    'a.b-c_d',
    '"x: y"',
    '"#"',
    "'q'",
    '',
    '~',
    'no',
    '-',
    '5254.0014.0701',
    '.inf',
    '&a x',
    '*a',
    '!!str x',
    '|',
    'a b',
    'ä',
  )
  const key = fc.constantFrom('name', 'mac', 'room', 'internet', '__proto__', '"name"')
  const body = fc
    .array(fc.tuple(key, word), { maxLength: 3 })
    .map((pairs) => pairs.map(([name, value]) => `${name}: ${value}`).join(', '))
  const entry = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('  - { name: a }', '  - { name: a } # b', '  - {name: a, room: r1}', '', '  # c'),
    },
    body.map((inside) => `  - { ${inside} }`),
  )
  const other = fc.constantFrom(
    'version: 1',
    'rooms:',
    'devices:',
    'devices: &x',
    'x: |',
    '---',
    '...',
    '%YAML 1.1',
    '"a',
    'b"',
    '{',
    '  - name: b',
    '    mac: c',
    '- { name: a }',
    'time: { servers: [a] }',
    'devices: []',
    '  x',
    '\t',
  )
  const run = fc.array(entry, { minLength: 20, maxLength: 24 })
  const block = fc.oneof(
    other.map((line) => [line]),
    fc
      .tuple(fc.constantFrom('devices:', 'rooms: # r', 'other:', 'devices: |', ' devices:'), run)
      .map(([head, rest]) => [head, ...rest]),
  )
  const text = fc
    .tuple(fc.array(block, { maxLength: 5 }), fc.constantFrom('\n', '\r\n'))
    .map(([blocks, lineEnd]) => blocks.flat().join(lineEnd))
  fc.assert(
    fc.property(text, (content) =>
      isDeepStrictEqual(shown(readYaml({ file: 'x', text: content })), shown(readWhole({ file: 'x', text: content }))),
    ),
    { numRuns: 400 },
  )
  t.pass('for any text')
})
