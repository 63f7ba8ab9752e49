import t from 'tap'
import { formatNames } from '../../../agent/devices/format.ts'
import { preview } from '../../../agent/devices/preview.ts'
import { type DeviceFile, readDevices } from '../../../agent/devices/read.ts'
import { readTable } from '../../../agent/tables/table.ts'
import { BoxError } from '../../../agent/errors.ts'
import { exampleSchool } from '../../support/school.ts'
import { fc } from '../../support/property.ts'

/** The file as read; undefined when it is refused in words. */
function read(bytes: Uint8Array, format?: (typeof formatNames)[number]): DeviceFile | undefined {
  try {
    return readDevices('file', bytes, format)
  } catch (error) {
    if (error instanceof BoxError && error.problems.length > 0) return undefined
    throw error
  }
}

const scraps = [
  'name',
  'mac',
  'raum',
  'ip',
  'windows',
  '52:54:00:14:07:01',
  '10.20.14.7/28',
  'DHCP',
  'ja',
  'r214',
  '#',
  '"',
  '""',
  '\n',
  '\r\n',
  ';',
  ';',
  '\t',
  ',',
  '|',
  'ä',
  '\u0000',
  ' ',
]
const text = fc.array(fc.constantFrom(...scraps), { maxLength: 80 }).map((parts) => parts.join(''))
const header = fc.constantFrom(
  '',
  'name;mac;room;ip\n',
  'a;b;c;52:54:00:00:00:01;10.0.0.1\n',
  'windows\tx\t52:54:00:00:00:01\tm\t10.0.0.1\n',
)
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.tuple(header, text).map(([first, rest]) => new TextEncoder().encode(first + rest)),
  fc.tuple(header, text).map(([first, rest]) => Buffer.from(`\ufeff${first}${rest}`, 'utf16le')),
)

t.test('any bytes are read or refused in words, every mistake at a place that exists', async (t) => {
  const school = exampleSchool()
  fc.assert(
    fc.property(bytes, fc.constantFrom(undefined, ...formatNames), (file, format) => {
      const found = read(file, format)
      if (found === undefined) return true
      const { problems } = preview(found.records, school)
      return [...found.problems, ...problems].every(({ line = 0, column = 1 }) => line >= 1 && column >= 1)
    }),
    { numRuns: 500 },
  )
  t.pass('for any bytes')
})

t.test('a table comes back as it was written, each row on its line', async (t) => {
  const cell = fc.string({ maxLength: 8 }).map((content) => content.trim())
  const quoted = (content: string): string => `"${content.replaceAll('"', '""')}"`
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, lineEnd) => {
      const written = table.map((cells) => cells.map(quoted).join(';')).join(lineEnd)
      const found = readTable(`;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;${lineEnd}${written}`).rows
      const expected = table.flatMap((cells, index) =>
        cells.some((content) => content !== '') ? [[index + 2, ...cells]] : [],
      )
      return (
        JSON.stringify(found.map(({ line, cells }) => [line, ...cells.map((one) => one.text)])) ===
        JSON.stringify(expected)
      )
    }),
  )
  t.pass('for any table')
})
