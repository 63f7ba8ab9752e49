import { BoxError, isBoxError, type Problem } from '../../errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import { doublesAmong } from './doubles.ts'
import { exportAnew } from './finding.ts'
import type { Format, ReadOptions } from './format.ts'
import { formats } from './formats.ts'
import { isZip, type Part, partOf } from './part.ts'
import { mostPeople } from './person.ts'
import { lacking } from './lacking.ts'
import type { Reading } from './record.ts'
import { foreignFile, noneEmpty, refused, spreadsheet, unknown } from './refuse.ts'
import { childrenFound, roleHeard } from './together.ts'

export interface PeopleFile {
  /** As the user named it. */
  readonly file: string
  readonly bytes: Uint8Array
}

/** 20,000 people with everything that SchILD can say of one. */
const largestFile = 16 * 1024 * 1024

/** Of a file of memberships, which is the longest of all; people are far fewer. */
const mostLines = 200_000

/**
 * Reads files of other programs, all at once, since some make sense together only. What is wrong in them stands in
 * `problems` of the readings; a file that is none we know is a reading without people. In the order of the files.
 * @throws `USAGE` for a format that does not exist and for two files of one name, `ZIP_PASSWORD` where it is missing or wrong.
 */
export async function readPeople(files: readonly PeopleFile[], options: ReadOptions): Promise<readonly Reading[]> {
  const wanted = options.format === undefined ? undefined : formatNamed(options.format)
  const opened = (await Promise.all(files.map((file) => open(file, options.password)))).flat()
  refuseNamesakes(opened.map((one) => ('refusal' in one ? one.refusal.file : one.part.file)))
  const sorted = opened.map((one) => ('refusal' in one ? one : sort(one.part, wanted, options)))
  const known = sorted.flatMap((one) => ('refusal' in one ? [] : [one]))
  const readings = new Map<Part, Reading>()
  const byFormat = Map.groupBy(known, (one) => one.format)
  for (const format of formats) {
    const group = byFormat.get(format) ?? []
    if (group.length === 0) continue
    const read = format.read(
      group.map(({ part }) => part),
      options,
      [...readings.values()],
    )
    for (const [index, { part }] of group.entries())
      readings.set(part, mapped(limited(read[index] ?? unknown(part, formats)), options))
  }
  const inOrder = sorted.flatMap((one) => ('refusal' in one ? one.refusal : (readings.get(one.part) ?? [])))
  return noneEmpty(roleHeard(childrenFound(doublesAmong(inOrder.map(lacking))), options.role))
}

const peopleOnly = 'Is this the list of people? Export these only, with the columns that are needed.'

/** Questions and messages name a line by the name of its file, without the folder. */
function refuseNamesakes(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return
  throw new BoxError('USAGE', `Two of the files are called ${twice}`, {
    hint: 'Lines are told by the name of their file, whatever the folder: rename one of the two.',
  })
}

/** A file that is none of people, with what is to be said of it. */
interface Refused {
  readonly refusal: Reading
}

function formatNamed(name: string): Format {
  const format = formats.find((one) => one.name === name)
  if (format !== undefined) return format
  const names = formats.map((one) => one.name)
  throw new BoxError('USAGE', `There is no format "${name}".${didYouMean(name, names)}`, {
    hint: `Known are ${names.join(', ')}.`,
  })
}

/** A file as text, or each file of a ZIP. */
async function open(
  { file, bytes }: PeopleFile,
  password?: string,
): Promise<readonly ({ readonly part: Part } | Refused)[]> {
  if (bytes.length > largestFile) return [{ refusal: tooLarge(file, bytes) }]
  const foreign = foreignFile(file, bytes)
  if (foreign !== undefined) return [{ refusal: foreign }]
  if (!isZip(bytes)) return [{ part: partOf(file, file, bytes) }]
  try {
    // Loaded where there is a ZIP: the library is the largest part of all this.
    const { unzip } = await import('./zip.ts')
    const inner = await unzip(file, bytes, password)
    if (inner.length === 0) return [{ refusal: refused(file, 'the ZIP is empty', { hint: exportAnew }) }]
    const sheet = spreadsheet(
      file,
      inner.map(({ name }) => name),
    )
    if (sheet !== undefined) return [{ refusal: sheet }]
    return inner.map((one) => {
      const label = `${file}: ${one.name}`
      if (!/\.(csv|txt|tsv|dat|dif|xml|json)$/i.test(one.name)) {
        return {
          refusal: refused(label, 'it is left out: no table, XML or JSON', {
            severity: 'warning',
            hint: 'If people are in it, save it as CSV (UTF-8).',
          }),
        }
      }
      return one.bytes.length > largestFile
        ? { refusal: tooLarge(label, one.bytes) }
        : { part: partOf(label, one.name, one.bytes) }
    })
  } catch (error) {
    if (!isBoxError(error, 'PEOPLE_INVALID')) throw error
    return [{ refusal: refused(file, error.message, { hint: error.hint ?? exportAnew }) }]
  }
}

function sort(
  part: Part,
  wanted: Format | undefined,
  { columns = {} }: ReadOptions,
): { readonly part: Part; readonly format: Format } | Refused {
  const lines = part.text.split('\n').length
  if (lines > mostLines)
    return { refusal: refused(part.file, `it has ${lines} lines; at most ${mostLines} are read`, { hint: peopleOnly }) }
  const told = part.kind === 'table' && Object.keys(columns).length > 0 ? formats.at(-1) : undefined
  const format = wanted ?? formats.find((one) => one.fits(part)) ?? told
  return format === undefined ? { refusal: unknown(part, formats) } : { part, format }
}

function limited(reading: Reading): Reading {
  const count = reading.people.length
  if (count <= mostPeople) return reading
  const problem: Problem = {
    severity: 'error',
    file: reading.file,
    path: '',
    message: `these are ${count} people; at most ${mostPeople} are read`,
    hint: peopleOnly,
  }
  return { ...reading, people: [], problems: [problem, ...reading.problems] }
}

/** Where columns have their places for ever, the user's own mapping is not read; that is not kept quiet. */
function mapped(reading: Reading, { columns = {} }: ReadOptions): Reading {
  const failed = reading.problems.some(({ severity }) => severity === 'error')
  const unread = Object.entries(columns).find(([, field]) => {
    return field !== 'ignore' && !reading.mapped.some((column) => column.field === field)
  })
  if (failed || unread === undefined) return reading
  const problem: Problem = {
    severity: 'warning',
    file: reading.file,
    path: unread[0],
    message: `${unread.join('=')} is not read: the columns of this format have their fixed places`,
    hint: 'Is it another format? Say it: --format',
  }
  return { ...reading, problems: [problem, ...reading.problems] }
}

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024)

function tooLarge(file: string, bytes: Uint8Array): Reading {
  return refused(file, `it has ${mebibytes(bytes.length)} MiB; at most ${mebibytes(largestFile)} are read`, {
    hint: peopleOnly,
  })
}
