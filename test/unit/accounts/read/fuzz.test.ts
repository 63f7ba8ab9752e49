import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import t from 'tap'
import { formats } from '../../../../agent/accounts/read/formats.ts'
import { readFiles } from '../../../support/people-lines.ts'
import { isBoxError } from '../../../../agent/errors.ts'
import type { GroupRecord, PersonRecord } from '../../../../agent/accounts/read/record.ts'
import { Group } from '../../../../agent/model/group.ts'
import { PersonFields } from '../../../../agent/model/import-plan.ts'
import { Login, Origin } from '../../../../agent/model/person.ts'
import { Line } from '../../../../agent/model/scalars.ts'
import { bytesOf, samples } from '../../../support/people-samples.ts'
import { fc } from '../../../support/property.ts'

/** Whatever the bytes, reading ends in a reading, or in words. */

interface Outcome {
  readonly people: number
  /** What no reading may hold; undefined: it is in order. */
  readonly wrong: string | undefined
}

async function outcomeOf(file: string, bytes: Uint8Array, format?: string, password?: string): Promise<Outcome> {
  try {
    const readings = await readFiles([{ file, bytes }], {
      ...(format === undefined ? {} : { format }),
      ...(password === undefined ? {} : { password }),
    })
    const people = readings.flatMap((reading) => reading.people)
    const problems = readings.flatMap((reading) => reading.problems)
    const badPlace = problems.find(({ line = 1, column = 1, message }) => line < 1 || column < 1 || message === '')
    const badPerson = people.find((person) => !fitsPlan(person))
    const badGroup = readings.flatMap((reading) => reading.groups).find((group) => !titlesFit(group))
    const silent =
      people.length === 0 &&
      problems.length === 0 &&
      readings.some((one) => one.groups.length === 0 && one.timetable === undefined && one.format === 'unknown')
    const wrong =
      badPlace?.message ??
      (badPerson === undefined ? undefined : JSON.stringify(badPerson)) ??
      (badGroup === undefined ? undefined : JSON.stringify(badGroup)) ??
      (silent ? 'nothing is said' : undefined)
    return { people: people.length, wrong }
  } catch (error) {
    return { people: 0, wrong: isBoxError(error) ? undefined : String(error instanceof Error ? error.stack : error) }
  }
}

/** Whatever is read, a plan may hold: else it would refuse the whole, where nobody knows any line. */
function fitsPlan(person: PersonRecord): boolean {
  const { given, surname, birth, role, id, mail, wishedLogin, year = '', classes, groups, leads, place } = person
  const fields = {
    given,
    surname,
    birth: birth ?? null,
    role,
    origin: { source: 'a', id: id ?? null },
    mail: mail ?? null,
  }
  return (
    place.line >= 1 &&
    PersonFields.safeParse(fields).success &&
    Login.optional().safeParse(wishedLogin).success &&
    [year, ...classes, ...leads].every((title) => Line.safeParse(title).success) &&
    groups.every(titlesFit)
  )
}

function titlesFit({ title, id, year, successor }: Partial<GroupRecord>): boolean {
  const line = Line.optional()
  return (
    Group.shape.title.safeParse(title).success &&
    Origin.shape.id.safeParse(id ?? null).success &&
    [year, successor].every((one) => line.safeParse(one).success)
  )
}

/** Throws, so that the smallest such bytes are looked for. */
async function inOrder(file: string, bytes: Uint8Array, format?: string, password?: string): Promise<void> {
  const { wrong } = await outcomeOf(file, bytes, format, password)
  if (wrong !== undefined) throw new Error(wrong)
}

const formatName = fc.constantFrom(undefined, ...formats.map(({ name }) => name))
const sample = fc.constantFrom(...samples)

t.test('any bytes, as any format', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), formatName, async (bytes, format) => {
      await inOrder('x.csv', bytes, format)
    }),
    { numRuns: 300 },
  )
  t.pass('always in order')
})

t.test('each sample cut off anywhere, or with bytes changed, as any format', async (t) => {
  const change = fc.record({ at: fc.nat(), byte: fc.nat(255) })
  await fc.assert(
    fc.asyncProperty(
      sample,
      fc.nat(),
      fc.array(change, { maxLength: 6 }),
      formatName,
      async (one, end, changes, format) => {
        const whole = bytesOf(one)
        const bytes = Uint8Array.from(whole.subarray(0, 1 + (end % whole.length)))
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte
        await inOrder(one.file, bytes, format)
      },
    ),
    { numRuns: 1000 },
  )
  t.pass('always in order')
})

t.test('scraps of what means something', async (t) => {
  const scraps = [
    'Vorname',
    'Nachname',
    'Klasse',
    'Interne ID-Nummer',
    'sourcedId',
    '"',
    '""',
    ';',
    ';',
    ',',
    '\t',
    '|',
    '\n',
    '\n',
    '#',
    '5a',
    '31.02.2014',
    'Müller',
    'Ã¼',
    'A',
    '\u0000',
    '\uD83D',
    '<enterprise>',
    '<person>',
    '</person>',
    '<![CDATA[',
    '{"personen":[',
    '"personenkontexte":',
    ']}',
    'PK\u0003\u0004',
    '1E+9',
  ]
  const text = fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.constantFrom('utf8', 'utf16le', 'latin1'),
      formatName,
      async (content, encoding, format) => {
        await inOrder('x', Buffer.from(content, encoding), format)
      },
    ),
    { numRuns: 700 },
  )
  t.pass('always in order')
})

t.test('a sample that is cut off never reads as more people than it has', async (t) => {
  for (const one of samples) {
    const whole = bytesOf(one)
    const step = Math.max(1, Math.floor(whole.length / 25))
    for (let end = whole.length - 1; end > 0; end -= step) {
      const { people, wrong } = await outcomeOf(one.file, whole.subarray(0, end))
      if (wrong !== undefined || people > Math.max(one.people.length, 3))
        t.fail(`${one.file} at ${end}: ${wrong ?? people}`)
    }
  }
  t.pass('for all samples')
})

t.test('a ZIP with bytes changed or cut off, protected and not', async (t) => {
  const change = fc.record({ at: fc.nat(), byte: fc.nat(255) })
  const archives = await Promise.all([zipped(), zipped('geheim')])
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...archives),
      fc.nat(),
      fc.array(change, { maxLength: 4 }),
      async (whole, end, changes) => {
        const bytes = Uint8Array.from(end % 4 === 0 ? whole.subarray(0, 1 + (end % whole.length)) : whole)
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte
        await inOrder('x.zip', bytes, undefined, 'geheim')
      },
    ),
    { numRuns: 100 },
  )
  t.pass('always in order')
})

async function zipped(password?: string): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    useWebWorkers: false,
    ...(password === undefined ? {} : { password }),
  })
  for (const one of samples.slice(0, 3)) await writer.add(one.file, new Uint8ArrayReader(bytesOf(one)))
  return writer.close()
}
