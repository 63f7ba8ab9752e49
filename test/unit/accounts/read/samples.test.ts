import t from 'tap'
import { formats } from '../../../../agent/accounts/read/formats.ts'
import { partOf } from '../../../../agent/accounts/read/part.ts'
import { readFiles } from '../../../support/people-lines.ts'
import type { GroupRecord, PersonRecord } from '../../../../agent/accounts/read/record.ts'
import { bytesOf, samples } from '../../../support/people-samples.ts'

/** A person in one line, as the samples tell it. */
function line(person: PersonRecord): string {
  const { role, id = '-', given, surname, birth = '', classes, year, groups, leads, mail = '', children } = person
  const parts = [
    role,
    id,
    given,
    surname,
    birth,
    classes.join('+'),
    year === undefined ? '' : `year ${year}`,
    ...groups.map(({ kind, title }) => `${kind} ${title}`),
    leads.length === 0 ? '' : `leads ${leads.join('+')}`,
    children.length === 0 ? '' : `children ${children.join('+')}`,
    mail,
    person.wishedLogin === undefined ? '' : `login ${person.wishedLogin}`,
    person.wishedPassword === undefined ? '' : 'password',
    person.left ? 'left' : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function groupLine({ kind, title, successor, leaders }: GroupRecord): string {
  const next = successor === undefined ? '' : ` → ${successor}`
  return `${kind} ${title}${next}${leaders.length === 0 ? '' : ` (${leaders.join()})`}`
}

for (const sample of samples) {
  const { format, file, encoding = 'UTF-8', role } = sample
  t.test(`${file} is read as ${format}`, async (t) => {
    const [reading] = await readFiles([{ file, bytes: bytesOf(sample) }], role === undefined ? {} : { role })
    t.match(reading, { file, format, encoding: encoding.replace(' with a mark', '') })
    t.strictSame(
      reading?.problems.filter(({ severity }) => severity === 'error'),
      [],
    )
    t.strictSame(reading?.people.map(line), sample.people)
    t.strictSame(reading?.groups.map(groupLine), sample.groups ?? [])
  })
}

t.test('each file is of one kind only', async (t) => {
  for (const sample of samples) {
    const part = partOf(sample.file, sample.file, bytesOf(sample))
    const fitting = formats.filter((format) => format.fits(part)).map(({ name }) => name)
    // The last format takes any table that names people, after the others.
    t.strictSame(
      fitting.filter((name) => name !== 'iserv' || sample.format === 'iserv'),
      [sample.format],
      sample.file,
    )
  }
})

t.test('every format has a sample', async (t) => {
  t.strictSame(new Set(samples.map(({ format }) => format)), new Set(formats.map(({ name }) => name)))
})

t.test('files are also recognised in the other encodings, but for letters that these have not', async (t) => {
  for (const sample of samples) {
    for (const encoding of ['UTF-8', 'UTF-8 with a mark', 'UTF-16LE'] as const) {
      const bytes = bytesOf({ ...sample, encoding })
      const [reading] = await readFiles(
        [{ file: sample.file, bytes }],
        sample.role === undefined ? {} : { role: sample.role },
      )
      t.strictSame(reading?.people.map(line), sample.people, `${sample.file} as ${encoding}`)
    }
  }
})

t.test('places, columns, roles and what is not read', async (t) => {
  const [schild] = samples
  const file = schild?.file ?? ''
  const [reading] = await readFiles(schild === undefined ? [] : [{ file, bytes: bytesOf(schild) }])
  t.match(reading, {
    title: 'SchILD-NRW, Textexport',
    delimiter: ';',
    header: true,
    ignored: ['Klassenlehrer', 'Geschlecht', 'E-Mail (privat)', 'Straße', 'Externe ID-Nummer'],
    covers: ['pupil'],
    problems: [{ severity: 'warning', line: 5, message: 'Nils Neu is on the waiting list, and left out' }],
  })
  t.match(reading?.people[1], { place: { file: 'schueler.csv', line: 3 }, columns: { id: 1, surname: 6, given: 18 } })
})

t.test('the manual promises every field that is read', async (t) => {
  for (const sample of samples) {
    const options = sample.role === undefined ? {} : { role: sample.role }
    const [reading] = await readFiles([{ file: sample.file, bytes: bytesOf(sample) }], options)
    const told = new Set<string>(formats.find(({ name }) => name === sample.format)?.reads.map(([field]) => field))
    t.strictSame(
      reading?.mapped.map(({ field }) => field).filter((field) => !told.has(field)),
      [],
      sample.file,
    )
  }
})
