import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { readdir, readFile, stat } from 'node:fs/promises'
import t from 'tap'
import { letterPages, letterStrips } from '../../agent/accounts/letters/pdf.ts'
import { addressees, byClass, type Letter, type Sheet } from '../../agent/accounts/letters/letter.ts'
import { keptLetters, writeLetters } from '../../agent/accounts/letters/write.ts'
import { importLetters, importLettersKept } from '../../agent/contract/import-letters.ts'
import { BoxError } from '../../agent/errors.ts'
import { openSeal } from '../../agent/accounts/seal.ts'
import { openLedger } from '../../agent/engine/ledger.ts'
import type { PersonId } from '../../agent/model/person.ts'
import { filesUnder } from '../../agent/system/files.ts'
import { localSystem } from '../../agent/system/local.ts'
import { commands } from '../../cli/commands/index.ts'
import { generatedPeople } from '../support/people.ts'
import { carriedOut, nobody, planOf, readingsOf } from '../support/people-readings.ts'
import { exampleSchool } from '../support/school.ts'
import { runWords } from '../support/shell.ts'

/** Letters read back by other programs: text by poppler, codes by zbar. */

const faces = '/usr/share/fonts/truetype/dejavu'
const fonts = {
  regular: await readFile(`${faces}/DejaVuSans.ttf`),
  bold: await readFile(`${faces}/DejaVuSans-Bold.ttf`),
  typed: await readFile(`${faces}/DejaVuSansMono-Bold.ttf`),
}
const sheet: Sheet = {
  school: 'Gymnasium am Beispielweg',
  language: 'de',
  address: 'http://server.schule.lan/',
  made: 0,
}
const register = carriedOut(nobody, planOf(readingsOf(generatedPeople()), nobody).plan)
const letters = addressees(register, { classes: ['5a', '5i', '6b', '10a'], logins: [] }).map((one, index): Letter => ({
  ...one,
  password: `kamu-refi-${index}`,
}))

const run = (program: string, ...args: readonly string[]): string => execFileSync(program, args, { encoding: 'utf8' })
/** Words as they stand on paper, whatever line they were broken into. */
const bare = (text: string): string => text.normalize('NFC').replaceAll(/[\s\u202A-\u202E\u200E\u200F]/gu, '')

t.test('ten on a page: everybody is there, with name, login and password', async (t) => {
  const folder = t.testdir()
  const file = join(folder, 'strips.pdf')
  await filesUnder().write(file, await letterStrips(letters, sheet, fonts), 0o600)
  const text = bare(run('pdftotext', file, '-'))
  for (const { person, title, password } of letters) {
    t.ok(text.includes(person.login), person.login)
    t.ok(text.includes(password), password)
    // Letters from the right come in an order of their own.
    if (!/\p{Script=Arabic}/u.test(`${person.given}${person.surname}`)) {
      const named = bare(`${person.given} ${person.surname}, ${title}`)
      // A line of a long name ends with a hyphen of its own, which pdftotext takes for the line's.
      t.ok(text.replaceAll('-', '').includes(named.replaceAll('-', '')), `${person.given} ${person.surname}`)
    }
  }
  const pages = byClass(letters).reduce((sum, [, people]) => sum + Math.ceil(people.length / 10), 0)
  t.match(run('pdfinfo', file), new RegExp(`Pages: +${pages}\n[^]*A4`))
  t.match(run('pdffonts', file), /DejaVuSans/)

  run('pdftoppm', '-r', '150', '-png', '-f', '1', '-l', '1', file, join(folder, 'page'))
  const codes = run('zbarimg', '--nodbus', '--quiet', '--raw', join(folder, pages > 9 ? 'page-01.png' : 'page-1.png'))
    .trim()
    .split('\n')
  t.strictSame(
    codes,
    Array.from({ length: 10 }, () => sheet.address),
    'a camera reads the address ten times',
  )
})

t.test('one each', async (t) => {
  const folder = t.testdir()
  const file = join(folder, 'pages.pdf')
  const few = letters.slice(0, 12)
  await filesUnder().write(file, await letterPages(few, sheet, fonts), 0o600)
  t.match(run('pdfinfo', file), new RegExp(`Pages: +${few.length}\n`))
  for (const [index, { person, password }] of few.entries()) {
    const text = bare(run('pdftotext', '-f', String(index + 1), '-l', String(index + 1), file, '-'))
    t.ok(
      text.includes(person.login) && text.includes(password) && text.includes('DeinZugangzumSchulserver'),
      person.login,
    )
  }
  run('pdftoppm', '-r', '100', '-png', '-f', '12', '-l', '12', file, join(folder, 'page'))
  t.equal(run('zbarimg', '--nodbus', '--quiet', '--raw', join(folder, 'page-12.png')).trim(), sheet.address)
})

/** The agent's part: three people whose first password waits, in a ledger on the disk. */
async function threePeople(t: { teardown(handler: () => void): unknown }, folder: string, planted: string) {
  const system = {
    ...localSystem(),
    files: { ...filesUnder(folder), readBytes: (path: string) => filesUnder().readBytes(path) },
  }
  const { ledger } = openLedger(join(folder, 'ledger.sqlite'), 0)
  t.teardown(() => ledger.close())
  const { plan } = planOf(readingsOf({ ...generatedPeople(), people: generatedPeople().people.slice(0, 3) }), nobody)
  const { people, groups, memberships } = carriedOut(nobody, plan)
  const seal = await openSeal(system)
  for (const group of groups) ledger.groups.put(group)
  for (const person of people) {
    ledger.people.put(person)
    ledger.firstPasswords.put(person.id, seal.close(planted, person.id), 1)
  }
  ledger.groups.join(memberships)
  const made: string[] = []
  const deps = {
    system,
    ledger,
    state: exampleSchool(),
    newPassword: async (id: PersonId) => {
      made.push(id)
      ledger.firstPasswords.put(id, seal.close('nova-nova-22', id), 2)
      return { password: 'nova-nova-22', made: 2 }
    },
  }
  return { people, ledger, made, deps }
}

const text = ({ content }: { content: string }): string => Buffer.from(content, 'base64').toString()

t.test('a first password is told once, and is readable nowhere but on paper', async (t) => {
  const folder = t.testdir()
  const planted = 'zebu-kamu-99'
  const { people, ledger, made, deps } = await threePeople(t, folder, planted)
  const ask = (more: object = {}) => writeLetters(importLetters.request.parse({ kind: 'csv', ...more }), deps)
  const keep = (answer: object): void => keptLetters(importLetters.response.parse(answer).receipt, deps)

  const lists = await ask({ kind: 'lists' })
  t.equal(lists.people, 3)
  const table = await ask({ kind: 'lists-csv' })
  t.strictSame([table.people, table.receipt], [3, []])
  t.equal(text(table).split('\r\n')[0], '\uFEFFKlasse;Nachname;Vorname;Anmeldename')
  for (const { surname, given, login } of people) t.ok(text(table).includes(`;${surname};${given};${login}\r\n`), login)
  t.notOk(text(table).includes(planted), 'and tells no password')
  const first = await ask()
  t.strictSame([first.people, first.printed, first.without], [3, 0, 0])
  t.equal(text(first).split(planted).length, 4)
  const lost = await ask()
  t.equal(text(lost), text(first), 'an answer that got lost is given again')
  const [renewed] = people
  if (renewed !== undefined) await deps.newPassword(renewed.id)
  keep(first)
  t.strictSame(
    people.map(({ id }) => ledger.firstPasswords.get(id)?.sealed === ''),
    [false, true, true],
    'what somebody was given meanwhile is not told yet',
  )
  keep(await ask())
  t.strictSame(
    people.map(({ id }) => ledger.firstPasswords.get(id)?.sealed),
    ['', '', ''],
    'on paper, and nowhere else',
  )
  const second = await ask()
  t.strictSame([second.people, second.printed, second.without], [0, 3, 0])
  t.notOk(text(second).includes(planted))

  await t.rejects(ask({ newPasswords: true }), { code: 'USAGE' })
  await t.rejects(ask({ classes: ['99x'] }), { code: 'GROUP_UNKNOWN' })
  await t.rejects(ask({ logins: ['ghost'] }), { code: 'PERSON_UNKNOWN' })
  const again = await ask({ newPasswords: true, classes: ['5a'] })
  t.strictSame([again.people, made.length], [1, 2])
  keep(again)
  t.match(text(again), /nova-nova-22/)

  for (const file of run('find', folder, '-type', 'f').trim().split('\n')) {
    t.notOk((await readFile(file)).includes(planted), `${file.slice(folder.length)} does not hold it`)
  }
  t.equal((await stat(join(folder, 'var/lib/iserv/secrets/passwords.key'))).mode & 0o777, 0o600)
})

t.test('whoever is interrupted before the letters lie in a file may ask for the same again', async (t) => {
  const folder = t.testdir({ box: {}, here: {} })
  const planted = 'zebu-kamu-99'
  const { people, ledger, deps } = await threePeople(t, join(folder, 'box'), planted)
  const here = join(folder, 'here')
  const call = async (operation: { name: string }, body: object): Promise<unknown> => {
    if (operation === importLetters) return writeLetters(importLetters.request.parse(body), deps)
    keptLetters(importLettersKept.request.parse(body).receipt, deps)
    return {}
  }
  const write = (out: string, system: object = {}, asked: typeof call = call) =>
    runWords(['import', 'letters', '--kind', 'csv', '--out', out], commands, {
      context: {
        folder: here,
        system: { ...localSystem(), files: { ...filesUnder(), ...system } },
        agent: { call: asked } as never,
      },
    })
  const waiting = () => people.filter(({ id }) => ledger.firstPasswords.get(id)?.printed === null).length
  const full = new BoxError('DISK_FULL', 'The disk is full')
  const dead = new BoxError('AGENT_UNREACHABLE', 'The agent is away')

  for (const step of ['rename', 'sync'] as const) {
    t.match(await write(`${step}.csv`, { [step]: async () => Promise.reject(full) }), { status: 4 }, step)
    t.equal(waiting(), 3, `nothing counts as told before ${step}`)
  }
  const unheard = await write('unheard.csv', {}, async (operation, body) => {
    if (operation === importLettersKept) throw dead
    return call(operation, body)
  })
  t.match(unheard, { status: 5, err: /The letters are in unheard\.csv[^]*The next import letters brings the same/ })
  t.equal((await readFile(join(here, 'unheard.csv'), 'utf8')).split(planted).length, 4)
  t.equal(waiting(), 3)

  t.match(await write('letters.csv'), { status: 0 })
  t.equal((await readFile(join(here, 'letters.csv'), 'utf8')).split(planted).length, 4)
  t.equal(waiting(), 0)
  t.match(await write('twice.csv'), { status: 6, out: /3 left out: their first password was told before/ })
})

t.test('whatever letters are asked for next, those that are there stay as they are', async (t) => {
  const folder = t.testdir({ 'letters.pdf': 'the only copy' })
  const write = (words: readonly string[], call: () => Promise<unknown>) =>
    runWords(['import', 'letters', ...words], commands, {
      context: { folder, system: localSystem(), agent: { call } as never },
    })
  const told = {
    people: 1,
    classes: [],
    receipt: [],
    printed: 0,
    without: 0,
    content: Buffer.from('new').toString('base64'),
  }
  const asked = async (): Promise<never> => t.fail('the agent is asked, and its answer is told once') as never

  t.match(await write([], asked), { status: 6, err: /There is a file letters\.pdf already[^]*--out FILE/ })
  t.match(await write(['--out', '5.pdf'], async () => ({ ...told, people: 0, content: '' })), { status: 6 })
  const away = new BoxError('AGENT_UNREACHABLE', 'The agent is away')
  t.match(await write(['--out', '5.pdf'], async () => Promise.reject(away)), { status: 5 })
  t.strictSame(await readdir(folder), ['letters.pdf'])
  t.match(await write(['--out', '5.pdf'], async () => told), { status: 0 })
  t.strictSame(await readdir(folder), ['5.pdf', 'letters.pdf'])
  t.equal(await readFile(join(folder, '5.pdf'), 'utf8'), 'new')
  t.equal((await stat(join(folder, '5.pdf'))).mode & 0o777, 0o600)
  t.equal(await readFile(join(folder, 'letters.pdf'), 'utf8'), 'the only copy')
})
