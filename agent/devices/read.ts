import { BoxError, type Problem } from '../errors.ts'
import { decode, type Encoding } from '../tables/bytes.ts'
import { type Format, type FormatName, type FormatReading } from './format.ts'
import { headered } from './headered.ts'
import { linuxmuster } from './linuxmuster.ts'
import { byPlace } from './record.ts'
import { type Delimiter, readTable } from '../tables/table.ts'
import { ucs } from './ucs.ts'

/** In the order in which a file is tried. */
const formats: readonly Format[] = [headered, linuxmuster, ucs]

/** Ten times a school of 2,000 devices. */
export const largestFile = 4 * 1024 * 1024

export interface DeviceFile extends FormatReading {
  readonly format: Format
  readonly encoding: Encoding
  readonly delimiter: Delimiter
}

/** @throws `DEVICES_INVALID` when the file is none of the kinds known, or too large. Problems of rows are returned. */
export function readDevices(file: string, bytes: Uint8Array, wanted?: FormatName): DeviceFile {
  if (bytes.length > largestFile) {
    throw refusal(
      file,
      `${Math.ceil(bytes.length / 1024)} KiB; a list of devices has at most ${largestFile / 1024} KiB`,
    )
  }
  const { text, encoding } = decode(bytes)
  const table = readTable(text)
  const format = formats.find((one) => (wanted === undefined ? one.fits(table) : one.name === wanted))
  if (format === undefined)
    throw refusal(file, table.rows.length === 0 ? 'the file holds no rows' : 'no kind of file we know')
  const reading = format.read(table)
  return {
    ...reading,
    problems: [...table.problems, ...reading.problems].toSorted(byPlace),
    format,
    encoding,
    delimiter: table.delimiter,
  }
}

function refusal(file: string, message: string): BoxError {
  const problem: Problem = { severity: 'error', file, line: 1, path: '', message }
  return new BoxError('DEVICES_INVALID', `${file} cannot be read as a list of devices`, {
    hint:
      'Known are linuxmuster devices.csv, UCS@school import_computer, and any table whose header names at least ' +
      'the columns name and mac (room, network, address, internet and comment are read too).',
    problems: [problem],
  })
}
