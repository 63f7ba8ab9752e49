import { type Format, looksLikeMac, mostly } from './format.ts'
import { recordOf } from './record.ts'

const types = ['windows', 'macos', 'linux', 'ubuntu', 'ipmanagedclient', 'thinclient', 'mobileclient', 'memberserver']

/**
 * `import_computer` of UCS@school: tab-separated type, name, MAC address, school, IPv4 address with or without mask (or
 * the subnet in place of an address), inventory numbers. Rooms are not part of it.
 */
export const ucs: Format = {
  name: 'ucs',
  title: 'UCS@school import_computer',
  fits: ({ delimiter, rows }) =>
    delimiter === '\t' &&
    mostly(rows, ({ cells }) => types.includes(cells[0]?.text.toLowerCase() ?? '') && looksLikeMac(cells[2]?.text)),
  read({ rows }) {
    const readings = rows.map(({ line, cells: [, name, mac, , address] }) => recordOf(line, { name, mac, address }))
    return {
      records: readings.flatMap((reading) => ('record' in reading ? [reading.record] : [])),
      problems: readings.flatMap((reading) => ('problems' in reading ? reading.problems : [])),
      ignored: rows.some(({ cells }) => (cells[5]?.text ?? '') !== '') ? ['inventory numbers'] : [],
    }
  },
}
