import type { Format } from './format.ts'
import { type Cells, type Field, fields, type Finding, recordOf } from './record.ts'
import type { Cell, Table } from '../tables/table.ts'

/** A table with a header, as spreadsheets and inventory programs write it. Columns in any order, by name. */
export const headered: Format = {
  name: 'csv',
  title: 'table with a header',
  fits: (table) => {
    const known = columnsOf(table).map(({ field }) => field)
    return known.includes('name') && known.includes('mac')
  },
  read(table) {
    const [header, ...rows] = table.rows
    const columns = columnsOf(table)
    const problems: Finding[] = [...missing(columns, header?.line ?? 1), ...twice(columns, header?.line ?? 1)]
    if (problems.length > 0) return { records: [], problems, ignored: [] }
    const readings = rows.map(({ line, cells }) => {
      const known: Cells = Object.fromEntries(
        columns.flatMap(({ field, index }) => (field === undefined ? [] : [[field, cells[index]]])),
      )
      return recordOf(line, known)
    })
    return {
      records: readings.flatMap((reading) => ('record' in reading ? [reading.record] : [])),
      problems: readings.flatMap((reading) => ('problems' in reading ? reading.problems : [])),
      ignored: columns.flatMap(({ field, cell }) => (field === undefined && cell.text !== '' ? [cell.text] : [])),
    }
  },
}

/** What a column may be called, in letters and digits only. */
const synonyms: Readonly<Record<Field, readonly string[]>> = {
  name: [
    'name',
    'hostname',
    'host',
    'rechner',
    'rechnername',
    'gerät',
    'gerätename',
    'computer',
    'computername',
    'pc',
    'device',
    'devicename',
  ],
  mac: [
    'mac',
    'macadresse',
    'macaddress',
    'macaddr',
    'hwaddr',
    'hardwareadresse',
    'hardwareaddress',
    'physischeadresse',
  ],
  room: ['room', 'raum', 'zimmer', 'raumnummer', 'standort', 'location'],
  network: ['network', 'netz', 'netzwerk'],
  address: ['address', 'adresse', 'ip', 'ipadresse', 'ipaddress', 'ipv4', 'ipv4adresse', 'ipv4address'],
  internet: ['internet', 'internetzugang', 'internetaccess'],
  comment: ['comment', 'kommentar', 'bemerkung', 'notiz', 'beschreibung', 'description'],
}

interface Column {
  readonly cell: Cell
  readonly index: number
  readonly field: Field | undefined
}

function columnsOf({ rows }: Table): readonly Column[] {
  return (rows[0]?.cells ?? []).map((cell, index) => {
    const word = cell.text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
    return { cell, index, field: fields.find((field) => synonyms[field].includes(word)) }
  })
}

function missing(columns: readonly Column[], line: number): readonly Finding[] {
  return (['name', 'mac'] as const)
    .filter((field) => !columns.some((column) => column.field === field))
    .map((field) => {
      const names = synonyms[field].slice(0, 3).join(', ')
      return { severity: 'error', line, path: field, message: `the header names no column for ${field} (${names})` }
    })
}

function twice(columns: readonly Column[], line: number): readonly Finding[] {
  return columns.flatMap(({ cell, field }, index) => {
    const earlier = field && columns.slice(0, index).find((column) => column.field === field)
    if (earlier === undefined) return []
    const message = `"${cell.text}" means the same as "${earlier.cell.text}"`
    return [{ severity: 'error', line, column: cell.column, path: field ?? '', message }]
  })
}
