import t from 'tap'
import { decode } from '../../../agent/tables/bytes.ts'
import { readDevices } from '../../../agent/devices/read.ts'
import { nameFrom } from '../../../agent/devices/record.ts'
import { readTable } from '../../../agent/tables/table.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])

t.test('the encoding is found from the bytes', async (t) => {
  const text = 'Fräse;€\r\n'
  t.strictSame(decode(bytes(text)), { text, encoding: 'UTF-8' })
  t.strictSame(decode(bytes(`\ufeff${text}`)), { text, encoding: 'UTF-8' })
  t.strictSame(decode(utf16(text)), { text, encoding: 'UTF-16LE' })
  t.strictSame(decode(latin('Fr\u00e4se;\u0080\r\n')), { text, encoding: 'Windows-1252' })
  t.strictSame(decode(new Uint8Array()), { text: '', encoding: 'UTF-8' })
})

t.test('rows and cells keep their places', async (t) => {
  const { delimiter, rows, problems } = readTable('# head\r\na; b ;"c;""x""\nd"\r\n\r\n;;\nlast;é;\n')
  t.equal(delimiter, ';')
  t.strictSame(problems, [])
  t.strictSame(
    rows.map(({ line, cells }) => [line, ...cells.map(({ text, column }) => `${column} ${text}`)]),
    [
      [2, '1 a', '3 b', '7 c;"x"\nd'],
      [6, '1 last', '6 é', '8 '],
    ],
  )
  for (const delimiter of [';', '\t', ',', '|'])
    t.equal(readTable(`a${delimiter}b\nc${delimiter}d`).delimiter, delimiter)
  t.strictSame(readTable('').rows, [])
})

t.test('a quote that is never closed is told where it opens', async (t) => {
  const { rows, problems } = readTable('a;b\nc;"d\ne;f\n')
  t.equal(rows.length, 1)
  t.match(problems, [{ line: 2, column: 3, message: 'a quote is opened here and never closed' }])
})

t.test('devices.csv of linuxmuster, with fields left out', async (t) => {
  const file = `# room;host;group;mac;ip
server;server;nopxe;00:11:22:33:44:00;10.16.0.1;;;;server;;0;;;;
R100;r100-PC01;win;00:11:22:33:44:55;10.16.100.1;;;;classroom-studentcomputer;;1;;;;Lehrertisch
  #old;old-pc;win;00:11:22:33:44:57;10.16.100.9;;;;classroom-studentcomputer;;1
r100;r100-pc02;win;00-11-22-33-44-56;DHCP
tel;tel-sekretariat-nord-2;nopxe;00:11:22:33:44:58;10.16.106.1;;;;voip;;0
`
  const read = readDevices('devices.csv', bytes(file))
  t.match(read, { format: { name: 'linuxmuster' }, encoding: 'UTF-8', delimiter: ';', ignored: [] })
  t.match(read.problems, [{ severity: 'warning', line: 2, column: 8, message: /old server.*left out/ }])
  t.strictSame(
    read.records.map((record) => ({ ...record, columns: undefined })),
    [
      {
        columns: undefined,
        line: 3,
        name: 'r100-pc01',
        mac: '00:11:22:33:44:55',
        room: 'r100',
        roomTitle: 'R100',
        address: '10.16.100.1',
        comment: 'Lehrertisch',
      },
      {
        columns: undefined,
        line: 5,
        name: 'r100-pc02',
        mac: '00:11:22:33:44:56',
        room: 'r100',
        roomTitle: 'r100',
        address: null,
      },
      {
        columns: undefined,
        line: 6,
        name: 'tel-sekretariat-nord-2',
        mac: '00:11:22:33:44:58',
        room: 'tel',
        roomTitle: 'tel',
        address: '10.16.106.1',
      },
    ],
  )
})

t.test('import_computer of UCS@school', async (t) => {
  const rows = [
    'windows\tcom1\t00:11:22:33:44:A1\tMitte\t10.204.21.20/28\t1234,4567',
    'macos\tmac1\t00:11:22:33:44:a2\tMitte\t10.204.21.0/255.255.255.0',
    'ipmanagedclient\tprinter1\t00:11:22:33:44:a3\tMitte\t10.204.21.30',
  ]
  const read = readDevices('computers.tsv', utf16(rows.join('\r\n')))
  t.match(read, {
    format: { name: 'ucs' },
    encoding: 'UTF-16LE',
    delimiter: '\t',
    ignored: ['inventory numbers'],
    problems: [],
  })
  t.strictSame(
    read.records.map(({ name, mac, address, subnet }) => ({ name, mac, address, subnet })),
    [
      { name: 'com1', mac: '00:11:22:33:44:a1', address: '10.204.21.20', subnet: undefined },
      { name: 'mac1', mac: '00:11:22:33:44:a2', address: undefined, subnet: '10.204.21.0' },
      { name: 'printer1', mac: '00:11:22:33:44:a3', address: '10.204.21.30', subnet: undefined },
    ],
  )
})

t.test('lists are known by their addresses, however these are spelt', async (t) => {
  for (const mac of ['5254.0014.0901', '52-54-00-14-09-01', '525400140901']) {
    t.match(readDevices('x', bytes(`r9;pc1;group;${mac};DHCP;;;;classroom-studentcomputer;;1;;;;\n`)), {
      format: { name: 'linuxmuster' },
      records: [{ name: 'pc1', mac: '52:54:00:14:09:01' }],
    })
    t.match(readDevices('x', bytes(`windows\tpc1\t${mac}\tMitte\t10.20.1.1\n`)), { format: { name: 'ucs' } })
  }
})

t.test('a table with a German or an English header, columns in any order', async (t) => {
  const german =
    'Raum,Rechnername,"MAC-Adresse",IP-Adresse,Internet,Bemerkung,Seriennummer\nRaum 214,R214-PC07,5254.0014.0701,10.20.14.7,nein,"Tür, links",X1\n'
  const read = readDevices('inventar.csv', bytes(german))
  t.match(read, { format: { name: 'csv' }, delimiter: ',', ignored: ['Seriennummer'], problems: [] })
  t.strictSame(
    read.records.map((record) => ({ ...record, columns: undefined })),
    [
      {
        columns: undefined,
        line: 2,
        name: 'r214-pc07',
        mac: '52:54:00:14:07:01',
        room: 'raum-214',
        roomTitle: 'Raum 214',
        address: '10.20.14.7',
        internet: false,
        comment: 'Tür, links',
      },
    ],
  )
  const english = 'hostname|mac|network\nap-01|52:54:00:81:01:01|wlan\n'
  t.match(readDevices('x', bytes(english)).records, [{ name: 'ap-01', network: 'wlan' }])
})

t.test('every mistake is told with line and column, and good rows are still read', async (t) => {
  const file =
    'name;mac;room;address;internet\nok;52:54:00:00:00:01;r1;;ja\nPC_1;52:54:00:00:00;!!;10.0.0.300;vielleicht\n;;;;\n;01:00:5e:00:00:01\n'
  const { records, problems } = readDevices('x.csv', bytes(file))
  t.equal(records.length, 1)
  t.strictSame(
    problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`),
    [
      '3:1 name: PC_1 must be lower-case letters, digits and hyphens, with no hyphen at either end',
      '3:6 mac: 52:54:00:00:00 is not a MAC address (six pairs of hex digits)',
      '3:21 room: "!!" has no letter or digit',
      '3:24 address: 10.0.0.300 is not an IPv4 address',
      '3:35 internet: vielleicht is neither yes nor no',
      '5:1 name: "name" is missing',
      '5:2 mac: 01:00:5e:00:00:01 is a group address, which no device can have as its own',
    ],
  )
})

t.test('headers that lack a column or have one twice', async (t) => {
  const at = (text: string) =>
    readDevices('x', bytes(text), 'csv').problems.map(({ line, message }) => `${line} ${message}`)
  t.strictSame(at('name;raum\nx;y\n'), ['1 the header names no column for mac (mac, macadresse, macaddress)'])
  t.strictSame(at('name;mac;ip;adresse\n'), ['1 "adresse" means the same as "ip"'])
})

t.test('a file of another kind is refused with the kinds we know', async (t) => {
  for (const text of ['', 'Dear colleague,\nplease find attached\n', '1;2;3;4\n']) {
    t.throws(() => readDevices('x.txt', bytes(text)), {
      code: 'DEVICES_INVALID',
      hint: /linuxmuster.*UCS@school.*header/,
    })
  }
  t.throws(() => readDevices('x.txt', new Uint8Array(5 * 1024 * 1024)), { code: 'DEVICES_INVALID', message: /x\.txt/ })
})

t.test('names of rooms as people spell them become names', async (t) => {
  t.equal(nameFrom('Raum 214 (Süd)'), 'raum-214-sued')
  t.equal(nameFrom('Straßenbau'), 'strassenbau')
  t.equal(nameFrom('Café'), 'cafe')
  t.equal(nameFrom('--R_2.14--'), 'r-2-14')
})
