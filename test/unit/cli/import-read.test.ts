import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import t from 'tap'
import { commands } from '../../../cli/commands/index.ts'
import { runWords } from '../../support/shell.ts'
import { bytesOf, samples } from '../../support/people-samples.ts'

/** One file in it, protected by `Geheim-1`. */
const teachers = bytesOf({ text: 'Vorname;Nachname;E-Mail (Dienstlich)\nEva;Kunz;\n' })
const archive = await protectedZip('lehrer.txt', teachers, 'Geheim-1')

const files = new Map<string, Uint8Array>([
  ...samples.map((sample) => [`/home/${sample.file}`, bytesOf(sample)] as const),
  ['/home/bare.csv', Buffer.from('Kunz;Eva;5a\nKurz;Ada;5b\n')],
  ['/home/odd.csv', Buffer.from('Rufname,Zuname,Lerngruppe\nEva,Kunz,5a\n')],
  ['/home/wrong.csv', Buffer.from('Vorname;Nachname;Klasse;Geburtsdatum\nEva;Kunz;5a;31.02.2014\n')],
  ['/home/map.yaml', Buffer.from('Rufname: given\nZuname: surname\nLerngruppe: class\n')],
  ['/home/export.zip', archive],
  ['/home/folder.zip', await protectedZip('Export/lehrer.txt', teachers, 'Geheim-1', 'Export/')],
  ['/home/1/schueler.csv', Buffer.from('Vorname;Nachname;Klasse\nEva;Kunz;5a\n')],
  ['/home/2/schueler.csv', Buffer.from('Vorname;Nachname;Klasse\nAda;Kurz;5b\n')],
  ['/home/GPU001.TXT', Buffer.from('1,"05A~05B","WEER","D","102",1,2,,\n')],
  ['/home/GPU006.TXT', Buffer.from('"D","Deutsch"\n"M","Mathematik"\n')],
  ['/home/password', Buffer.from('Geheim-1\n')],
  ['/home/bad.yaml', Buffer.from('- Rufname\n')],
])

const read = (words: readonly string[], stdin = new Uint8Array(), typed?: string) =>
  runWords(['import', 'read', ...words], commands, {
    context: {
      folder: '/home',
      stdinBytes: async () => stdin,
      secret: async () => typed,
      system: {
        clock: { now: () => Date.parse('2026-08-19T09:41:00+02:00') },
        files: {
          readBytes: async (path: string) => files.get(path),
          read: async (path: string) => (files.has(path) ? Buffer.from(files.get(path) ?? []).toString() : undefined),
        },
      } as never,
    },
  })

t.test('several files at once, each told for itself', async (t) => {
  const { status, out } = await read(['schueler.csv', 'lehrer.txt', 'Klassen.dat'])
  t.equal(status, 0)
  t.match(out, /^schueler\.csv: SchILD-NRW, Textexport \(Windows-1252, ";", with a header\)\n {2}people +3 pupils\n/)
  t.match(out, /left +1 of them, says the file/)
  t.match(out, /classes +3: 05A 1, 05B 1, 10C 1/)
  t.match(out, /lehrer\.txt: SchILD-NRW, Textexport \(UTF-16LE, ";", with a header\)\n {2}people +1 teacher\n/)
  t.match(out, /Klassen\.dat: .*\n {2}described +2 classes and groups\n/)
  t.match(out, /\n1 warning\n/)
})

t.test('a file with an error: the place, the value, the way out, and status 3', async (t) => {
  const { status, out } = await read(['wrong.csv'])
  t.equal(status, 3)
  t.match(
    out,
    /\n1 error\n\n {2}2:13 {2}birth {2}31\.02\.2014 is not a day of the calendar\n +Write it as 31\.03\.2014/,
  )
  const json = await read(['wrong.csv', '--json'])
  t.match(JSON.parse(json.out), {
    valid: false,
    files: [{ format: 'iserv', roles: [] }],
    problems: [{ line: 2, column: 13 }],
  })
})

t.test('columns by number, by name, and from a YAML file', async (t) => {
  const bare = await read([
    'bare.csv',
    '--format',
    'iserv',
    '--map',
    '1=surname',
    '--map',
    '2=given',
    '--map',
    '3=class',
  ])
  t.match(bare, { status: 0, out: /without a header\)\n {2}people +2 pupils/ })
  t.match(await read(['odd.csv', '--map', 'Lerngruppe=class']), { status: 0, out: /1 pupil\n/ })
  t.match(await read(['odd.csv', '--mapping', 'map.yaml']), { status: 0, out: /Lerngruppe → class/ })
  t.match(await read(['odd.csv']), { status: 3, out: /pupils, teachers or others/ })
  t.match(await read(['odd.csv', '--role', 'teacher']), { status: 0, out: /1 teacher\n/ })
})

t.test('what cannot be meant is refused before anything is read', async (t) => {
  t.match(await read(['odd.csv', '--map', 'Lerngruppe=klass']), {
    status: 2,
    err: /A column cannot be "klass"\. Did you mean "class"\?/,
  })
  t.match(await read(['odd.csv', '--map', 'Lerngruppe']), { status: 2, err: /must be a column and a field/ })
  t.match(await read(['odd.csv', '--mapping', 'bad.yaml']), {
    status: 2,
    err: /bad\.yaml does not say what columns mean/,
  })
  t.match(await read(['odd.csv', '--format', 'shild']), { status: 2, err: /schild/ })
  t.match(await read(['-', '--password-file', '-']), { status: 2, err: /Only one thing/ })
  t.match(await read(['a.csv', 'odd.csv', 'b.csv']), { status: 3, err: /There is no file a\.csv, b\.csv/ })
})

t.test('two files of one name are not read: their lines could not be told apart', async (t) => {
  t.match(await read(['1/schueler.csv', '2/schueler.csv']), {
    status: 2,
    err: /Two of the files are called schueler\.csv/,
  })
})

t.test('the timetable: how much there is, and as JSON all of it', async (t) => {
  const { out } = await read(['GPU001.TXT', 'GPU006.TXT'])
  t.match(out, /GPU001\.TXT: .*\n {2}timetable +1 lesson\n/)
  t.match(out, /GPU006\.TXT: .*\n {2}timetable +2 subjects\n/)
  const { files: told } = JSON.parse((await read(['GPU001.TXT', 'GPU006.TXT', '--json'])).out)
  const lesson = { line: 1, number: '1', teacher: 'WEER', subject: 'D', room: '102', day: 1, hour: 2, minutes: null }
  t.strictSame(told[0].timetable, {
    lessons: [{ ...lesson, classes: ['05A', '05B'] }],
    teaching: [],
    rooms: [],
    subjects: [],
  })
  t.strictSame(told[1].timetable.subjects, [
    { line: 1, short: 'D', title: 'Deutsch' },
    { line: 2, short: 'M', title: 'Mathematik' },
  ])
  t.equal(JSON.parse((await read(['Klassen.dat', '--json'])).out).files[0].timetable, null)
})

t.test('standard input', async (t) => {
  t.match(await read(['-', '--role', 'pupil'], Buffer.from('Vorname;Nachname\nEva;Kunz\n')), {
    status: 0,
    out: /^standard input: CSV/,
  })
})

t.test('the password of a ZIP is asked for at a terminal, or comes from a file or a pipe', async (t) => {
  t.match(await read(['export.zip'], undefined, 'Geheim-1'), { status: 0, out: /export\.zip: lehrer\.txt/ })
  t.match(await read(['export.zip', '--password-file', 'password']), { status: 0, out: /1 teacher/ })
  t.match(await read(['export.zip', '--password-file', '-'], Buffer.from('Geheim-1')), { status: 0, out: /1 teacher/ })
  t.match(await read(['export.zip'], undefined, 'falsch'), { status: 3, err: /The password does not open export\.zip/ })
  t.match(await read(['folder.zip'], undefined, 'Geheim-1'), { status: 0, out: /1 teacher/ }, 'behind a folder, too')
  const nobody = await read(['export.zip'])
  t.match(nobody, { status: 3, err: /export\.zip is protected by a password/ })
  t.match(nobody.err, /--password-file/)
})

async function protectedZip(name: string, bytes: Uint8Array, password: string, folder?: string): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, password })
  if (folder !== undefined) await writer.add(folder, undefined, { directory: true })
  await writer.add(name, new Uint8ArrayReader(bytes))
  return writer.close()
}
