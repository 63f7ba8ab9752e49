import type { ReadOptions } from '../../agent/accounts/read/format.ts'
import { type PeopleFile, readPeople } from '../../agent/accounts/read/read.ts'
import type { Reading } from '../../agent/accounts/read/record.ts'

/** Small files of people, written down in the test itself. */

/** The day on which the tests read: in the summer holidays. */
const now = Date.parse('2026-08-19T09:41:00+02:00')

export function readFiles(
  files: readonly PeopleFile[],
  options: Partial<ReadOptions> = {},
): Promise<readonly Reading[]> {
  return readPeople(files, { now, ...options })
}

/** One file of these lines, or bytes. */
export async function read(
  lines: readonly string[] | Uint8Array,
  options: Partial<ReadOptions> = {},
  file = 'liste.csv',
): Promise<Reading> {
  const bytes = lines instanceof Uint8Array ? lines : Buffer.from(lines.map((line) => `${line}\n`).join(''))
  const [reading] = await readFiles([{ file, bytes }], options)
  if (reading === undefined) throw new Error('no reading')
  return reading
}

/** What is wrong in its lines; what the whole file lacks stands in none. */
export const inLines = ({ problems }: Reading): Reading['problems'] =>
  problems.filter(({ severity, line }) => severity === 'error' || line !== undefined)

/** What is wrong in its lines, each in one. */
export const told = (reading: Reading): readonly string[] =>
  inLines(reading).map(
    ({ severity, line, column, path, message }) => `${severity} ${line ?? ''}:${column ?? ''} ${path} ${message}`,
  )
