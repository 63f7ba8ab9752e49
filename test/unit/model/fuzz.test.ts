import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { stringify } from 'yaml'
import { BoxError } from '../../../agent/errors.ts'
import type { StateDocument } from '../../../agent/model/document.ts'
import { readState } from '../../../agent/model/read.ts'
import { SchoolState, type SchoolStateInput } from '../../../agent/model/state.ts'
import { exampleInput, exampleText } from '../../support/school.ts'
import { fc } from '../../support/property.ts'

/** The texts are read, or refused in words; with the problems of a refusal. */
function problemsOf(documents: readonly StateDocument[]): BoxError['problems'] {
  try {
    readState(documents)
    return []
  } catch (error) {
    if (!(error instanceof BoxError)) throw error
    if (error.code === 'STATE_INVALID' && error.problems.length === 0)
      throw new Error('refused without a reason', { cause: error })
    return error.problems
  }
}

const one = (text: string): readonly StateDocument[] => [{ file: 'school.yaml', text }]

const words = 'name mac room true 1 ~ 10.0.0.1/8 " \' | > &a *a !!str << __proto__ : , { } [ ] # - ? --- ...'.split(' ')
const blanks = [': ', '- ', ' #', '%YAML 1.1', '\n', '\n  ', '\n    ', '\r\n', '\t', ' ', '\u0000', '\ufeff', '€']
const scraps = [...Object.keys(SchoolState.shape), ...words, ...blanks]

/** What people type in names and comments, and what YAML might stumble over. */
const letter = fc.constantFrom(...'abzäß€é漢 019:#-,{}[]"\'|>&*!%@`~?\\./'.split(''), '😀')

t.test('any text is read or refused in words', async (t) => {
  const text = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((codes) => String.fromCharCode(...codes)),
    fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((parts) => parts.join('')),
    fc.anything().map((value) => JSON.stringify(value) ?? ''),
  )
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (texts) => {
      problemsOf(texts.map((part, index) => ({ file: `${index}`, text: part })))
    }),
    { numRuns: 150 },
  )
  t.pass('nothing else was thrown')
})

t.test('any content of any section is read or refused in words', async (t) => {
  const content = fc.anything({
    withNullPrototype: false,
    values: [fc.string(), fc.integer(), fc.boolean(), fc.constantFrom(...scraps)],
  })
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(SchoolState.shape)), content, (section, value) => {
      problemsOf(one(JSON.stringify({ ...exampleInput(), [section]: value })))
    }),
    { numRuns: 100 },
  )
  t.pass('nothing else was thrown')
})

const name = fc.string({ unit: fc.constantFrom(...'abcxyz0123456789'.split('')), minLength: 1, maxLength: 10 })
const line = fc.string({ unit: letter, minLength: 1, maxLength: 30 }).filter((text) => !/\p{C}/u.test(text))

/** Schools in order, with few or many rooms and devices. */
const school: fc.Arbitrary<SchoolStateInput> = fc
  .record({
    title: line,
    rooms: fc.uniqueArray(name, { maxLength: 8 }),
    devices: fc.uniqueArray(name, { maxLength: 20 }),
    comment: line,
  })
  .map(({ title, rooms, devices, comment }) => ({
    ...exampleInput(),
    school: { name: title, domain: 'schule.lan' },
    rooms: rooms.map((room) => ({ name: room, network: 'school', title })),
    devices: devices.map((device, index) => ({
      name: device,
      mac: `52:54:00:00:00:${index.toString(16).padStart(2, '0')}`,
      ...(rooms[index % 9] === undefined ? { network: 'school' } : { room: rooms[index % 9] }),
      ...(index % 2 === 0 ? { address: `10.20.1.${index + 1}`, comment } : { internet: index % 3 === 0 }),
    })),
    forwards: [],
  }))

/** Three ways a person or a program writes the same. */
const spellings: readonly ((input: SchoolStateInput) => readonly string[])[] = [
  (input) => [stringify(input)],
  (input) => [JSON.stringify(input)],
  ({ devices, rooms, ...rest }) => [
    `${stringify(rest)}---\n${JSON.stringify({ rooms })}`,
    stringify({ devices }, { collectionStyle: 'flow' }),
  ],
]

t.test('a state comes back as it was written', async (t) => {
  fc.assert(
    fc.property(school, fc.constantFrom(...spellings), (input, spell) => {
      const documents = spell(input).map((text, index) => ({ file: `${index}`, text }))
      return isDeepStrictEqual(readState(documents).state, SchoolState.parse(input))
    }),
    { numRuns: 60 },
  )
  t.pass('for any of them')
})

t.test('a value spoilt is found on its line', async (t) => {
  const lines = exampleText().split('\n')
  // But for what the school is called, which may be anything.
  const targets = lines.flatMap((text, index) =>
    text.includes('Gymnasium')
      ? []
      : [...text.matchAll(/\b(name|mac|room|network|address|protocol|ipv4|domain|port): ("[^"]*"|[^,}#\s]+)/g)].map(
          (found) => ({ index, found }),
        ),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...targets),
      fc.constantFrom('"!"', '[]', '{}', '~', '"ß x"'),
      ({ index, found }, spoilt) => {
        const [whole, key] = found
        const changed = lines.with(index, lines[index]!.replace(whole, `${key}: ${spoilt}`))
        const problems = problemsOf(one(changed.join('\n')))
        return problems.some(({ line: at, severity }) => at === index + 1 && severity === 'error')
      },
    ),
    { numRuns: 60 },
  )
  t.pass('for any of them')
})

t.test('a key spoilt is found on its line', async (t) => {
  const lines = exampleText().split('\n')
  const targets = lines.flatMap((text, index) =>
    text.startsWith('#')
      ? []
      : [...text.matchAll(/(?<=[{,]\s|^\s*-?\s*)[a-zA-Z0-9]{4,}(?=:(\s|$))/g)].map(({ 0: key }) => ({ index, key })),
  )
  fc.assert(
    fc.property(fc.constantFrom(...targets), ({ index, key }) => {
      const misspelt = `${key.slice(0, -2)}${key.at(-1)}${key.at(-2)}x`
      const changed = lines.with(index, lines[index]!.replace(`${key}:`, `${misspelt}:`))
      const problems = problemsOf(one(changed.join('\n')))
      return problems.some(({ line: at, message }) => at === index + 1 && message.includes(`unknown key "${misspelt}"`))
    }),
    { numRuns: 60 },
  )
  t.pass('for any of them')
})
