import { type Format, looksLikeMac, mostly } from './format.ts'
import { type DeviceRecord, type Finding, recordOf } from './record.ts'
import type { Row } from '../tables/table.ts'

/**
 * `devices.csv` of linuxmuster.net: fifteen fields without a header, of which we read room (1), host name (2), MAC
 * address (4), IPv4 address or DHCP (5), role (9) and comment (15). Real files are often shorter.
 */
export const linuxmuster: Format = {
  name: 'linuxmuster',
  title: 'linuxmuster devices.csv',
  fits: ({ delimiter, rows }) => delimiter === ';' && mostly(rows, ({ cells }) => looksLikeMac(cells[3]?.text)),
  read({ rows }) {
    const records: DeviceRecord[] = []
    const problems: Finding[] = []
    for (const row of rows) {
      // Switched off, also with blanks before the mark.
      if (row.cells[0]?.text.startsWith('#') === true) continue
      if (isOldServer(row)) {
        problems.push(leftOut(row))
        continue
      }
      const [room, name, , mac, address] = row.cells
      const reading = recordOf(row.line, { name, mac, room, address, comment: row.cells[14] })
      if ('record' in reading) records.push(reading.record)
      else problems.push(...reading.problems)
    }
    return { records, problems, ignored: [] }
  },
}

/** The line of the server that this box takes the place of. */
function isOldServer({ cells }: Row): boolean {
  return cells[8]?.text.toLowerCase() === 'addc' || cells[1]?.text.toLowerCase() === 'server'
}

function leftOut({ line, cells }: Row): Finding {
  const message = `${cells[1]?.text} is the old server, which this box takes the place of; left out`
  return { severity: 'warning', line, column: cells[1]?.column ?? 1, path: 'name', message }
}
