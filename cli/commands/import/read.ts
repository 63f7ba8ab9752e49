import { z } from 'zod'
import { formats } from '../../../agent/accounts/read/formats.ts'
import { readPeople } from '../../../agent/accounts/read/read.ts'
import { fields, type Place, type Reading, type Timetable as Raw } from '../../../agent/accounts/read/record.ts'
import { Problem } from '../../../agent/contract/failure.ts'
import { exitStatus } from '../../../agent/errors.ts'
import { Role } from '../../../agent/model/person.ts'
import { type Block, defineCommand } from '../../command.ts'
import { countText, problemBlocks } from '../../problems.ts'
import { sourceInput, sourcesOf } from './sources.ts'

const place = { line: z.int(), number: z.string().meta({ description: 'Of the lesson, as the source counts.' }) }
const taught = { classes: z.array(z.string()), teacher: z.string(), subject: z.string(), room: z.string() }
const Terms = z.array(z.strictObject({ line: z.int(), short: z.string(), title: z.string() }))
const Timetable = z.strictObject({
  lessons: z.array(
    z.strictObject({
      ...place,
      ...taught,
      day: z.int().meta({ description: '1 Monday … 7.' }),
      hour: z.int(),
      minutes: z.int().nullable().meta({ description: 'Null: as long as an hour of the school is.' }),
    }),
  ),
  teaching: z.array(
    z.strictObject({ ...place, ...taught, hours: z.number().nullable().meta({ description: 'A week.' }) }),
  ),
  rooms: Terms,
  subjects: Terms,
})

const FileRead = z.strictObject({
  file: z.string(),
  format: z.string().meta({ description: 'Kind of file; unknown: none that is read.' }),
  title: z.string(),
  encoding: z.string(),
  delimiter: z.string().nullable().meta({ description: 'Null: no table.' }),
  header: z
    .boolean()
    .nullable()
    .meta({ description: 'Whether the first line names the columns; null: no such question.' }),
  mapped: z
    .array(z.strictObject({ name: z.string(), field: z.enum(fields) }))
    .meta({ description: 'Columns that are read.' }),
  ignored: z.array(z.string()).meta({ description: 'Columns that nobody reads.' }),
  roles: z.array(z.strictObject({ role: Role, people: z.int() })),
  left: z.int().meta({ description: 'How many of the people have left, says the file.' }),
  classes: z.array(z.strictObject({ title: z.string(), pupils: z.int() })),
  groups: z.int().meta({ description: 'Classes and groups that the file itself describes.' }),
  timetable: Timetable.nullable().meta({ description: 'Raw data of the timetable; null: the file holds none.' }),
  covers: z.array(Role).meta({ description: 'Roles of which the file is a full list: who is missing, is leaving.' }),
})
type FileRead = z.infer<typeof FileRead>

function timetableOf({ lessons, teaching, rooms, subjects }: Raw): z.infer<typeof Timetable> {
  const plain = <Entry extends { readonly place: Place }>({ place, ...rest }: Entry) => ({ line: place.line, ...rest })
  return {
    lessons: lessons.map((one) => ({ ...plain(one), classes: [...one.classes] })),
    teaching: teaching.map((one) => ({ ...plain(one), classes: [...one.classes] })),
    rooms: rooms.map(plain),
    subjects: subjects.map(plain),
  }
}

function timetableText(timetable: z.infer<typeof Timetable> | null): string {
  const entries = Object.entries(timetable ?? {}).filter(([, list]) => list.length > 0)
  const named = (what: string, count: number): string => {
    const word = what === 'teaching' ? 'lines of teaching' : what
    return count === 1 ? word.replace(/s( |$)/, '$1') : word
  }
  return entries.map(([what, { length }]) => `${length.toLocaleString('en')} ${named(what, length)}`).join(', ')
}

export const importRead = defineCommand({
  description:
    'Reads files of other programs as people, classes and groups, and says what was understood and everything that is wrong, with\n' +
    'line and column. Needs no box and no agent, and changes nothing.\n' +
    `Known are: ${formats.map(({ title, name }) => `${title} (${name})`).join('; ')}. What is read of each: iserv-ctl guide show import-formats`,
  input: z.strictObject(sourceInput),
  positionals: ['file'],
  output: z.strictObject({
    valid: z.boolean().meta({ description: 'No errors; warnings do not count.' }),
    files: z.array(FileRead),
    problems: z.array(Problem),
  }),
  examples: [
    { line: 'import read schueler.csv', tells: 'What kind of file it is, and what is in it.' },
    { line: 'import read liste.csv --map 1=surname --map 2=given --map 3=class', tells: 'A table without a header.' },
    { line: 'import read export.zip', tells: 'Asks for the password of the ZIP, if it has one.' },
  ],
  async run(input, context) {
    const { files, options } = await sourcesOf(input, context)
    const readings = await readPeople(files, options)
    const problems = readings.flatMap((reading) => reading.problems)
    const valid = problems.every(({ severity }) => severity !== 'error')
    return { valid, files: readings.map(summary), problems: [...problems] }
  },
  present: ({ valid, files, problems }) => [
    ...files.flatMap(fileBlocks),
    { kind: 'lines', lines: [{ text: sentence(countText(problems)), tone: valid ? 'good' : 'bad' }] },
    ...problemBlocks(problems),
  ],
  status: ({ valid }) => (valid ? exitStatus.ok : exitStatus.input),
})

function summary(reading: Reading): FileRead {
  const { file, format, title, encoding, delimiter = null, header = null, people } = reading
  const byRole = Map.groupBy(people, ({ role }) => role)
  const pupils = byRole.get('pupil') ?? []
  const byClass = Map.groupBy(
    pupils.flatMap((pupil) => pupil.classes),
    (title_) => title_,
  )
  const order = new Intl.Collator('de', { numeric: true })
  return {
    file,
    format,
    title,
    encoding,
    delimiter,
    header,
    mapped: [...reading.mapped],
    ignored: [...reading.ignored],
    roles: [...byRole].map(([role, all]) => ({ role, people: all.length })),
    left: people.filter(({ left }) => left).length,
    classes: [...byClass]
      .map(([name, all]) => ({ title: name, pupils: all.length }))
      .toSorted((a, b) => order.compare(a.title, b.title)),
    groups: reading.groups.length,
    timetable: reading.timetable === undefined ? null : timetableOf(reading.timetable),
    covers: [...reading.covers],
  }
}

const sentence = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`

function fileBlocks(file: FileRead): readonly Block[] {
  if (file.format === 'unknown') return []
  const rows: readonly (readonly [string, string])[] = [
    ['people', file.roles.map(({ role, people }) => plural(people, role)).join(', ')],
    ['complete', completeness(file)],
    ['left', file.left === 0 ? '' : `${file.left} of them, says the file`],
    [
      'classes',
      file.classes.length === 0
        ? ''
        : `${file.classes.length}: ${file.classes.map(({ title, pupils }) => `${title} ${pupils}`).join(', ')}`,
    ],
    ['described', file.groups === 0 ? '' : `${file.groups} classes and groups`],
    ['timetable', timetableText(file.timetable)],
    ['read', file.mapped.map(({ name, field }) => `${name} → ${field}`).join(', ')],
    ['not read', file.ignored.join(', ')],
  ]
  return [{ kind: 'fields', title: headline(file), fields: rows.filter(([, value]) => value !== '') }]
}

const delimiters: Readonly<Record<string, string>> = { '\t': 'tabs', ';': '";"', ',': '","', '|': '"|"' }

function headline({ file, title, encoding, delimiter, header }: FileRead): string {
  const parts = [
    encoding,
    delimiter === null ? '' : (delimiters[delimiter] ?? delimiter),
    header === null ? '' : header ? 'with a header' : 'without a header',
  ]
  return `${file}: ${title} (${parts.filter((part) => part !== '').join(', ')})`
}

/** What being missing from the file means. */
function completeness({ roles, covers }: FileRead): string {
  if (roles.length === 0) return ''
  if (covers.length === 0) return 'no: it tells a part or what has changed; nobody leaves by being missing'
  return `all ${covers.map((role) => plural(2, role).slice(2)).join(', ')}: who is missing is leaving`
}

function plural(count: number, role: string): string {
  const several = role === 'staff' ? 'staff' : `${role}s`
  return `${count.toLocaleString('en')} ${count === 1 ? role : several}`
}
