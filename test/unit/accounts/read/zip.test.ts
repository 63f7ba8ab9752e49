import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import t from 'tap'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterConstructorOptions } from '@zip.js/zip.js'
import { readFiles } from '../../../support/people-lines.ts'
import { isProtected } from '../../../../agent/accounts/read/zip-locked.ts'
import { isBoxError } from '../../../../agent/errors.ts'
import { bytesOf, samples } from '../../../support/people-samples.ts'

const sampleOf = (file: string): Uint8Array => {
  const sample = samples.find((one) => one.file === file)
  return sample === undefined ? new Uint8Array() : bytesOf(sample)
}

const logineo = sampleOf('logineo.xml')
const users = sampleOf('users.csv')

async function zipped(
  files: Readonly<Record<string, Uint8Array>>,
  options: ZipWriterConstructorOptions = {},
): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, ...options })
  for (const [name, bytes] of Object.entries(files)) await writer.add(name, new Uint8ArrayReader(bytes))
  return writer.close()
}

const read = async (bytes: Uint8Array, password?: string) =>
  readFiles([{ file: 'export.zip', bytes }], password === undefined ? {} : { password })

const refusalOf = async (bytes: Uint8Array, password?: string) => read(bytes, password).catch((error: unknown) => error)

t.test('a ZIP as the programs make it, with paths and what systems put beside', async (t) => {
  const readings = await read(
    await zipped({
      'Export 2026/users.csv': users,
      '../../etc/passwd.xml': logineo,
      '__MACOSX/._users.csv': Buffer.from('junk'),
      'foto.jpg': Buffer.from('junk'),
    }),
  )
  t.match(readings, [
    { file: 'export.zip: users.csv', format: 'oneroster' },
    { file: 'export.zip: passwd.xml', format: 'logineo' },
    { file: 'export.zip: foto.jpg', problems: [{ severity: 'warning', message: /left out/ }] },
  ])
  t.equal(readings.length, 3)
})

t.test('the old encryption, by another program, and AES', async (t) => {
  const folder = t.testdir({})
  writeFileSync(join(folder, 'logineo.xml'), logineo)
  const { status } = spawnSync('zip', ['-q', '-P', 'Geheim-1', 'old.zip', 'logineo.xml'], { cwd: folder })
  t.equal(status, 0)
  const archives = {
    'ZipCrypto by zip': readFileSync(join(folder, 'old.zip')),
    ZipCrypto: await zipped({ 'logineo.xml': logineo }, { password: 'Geheim-1', zipCrypto: true }),
    'AES-256': await zipped({ 'logineo.xml': logineo }, { password: 'Geheim-1', encryptionStrength: 3 }),
    'AES-128': await zipped({ 'logineo.xml': logineo }, { password: 'Geheim-1', encryptionStrength: 1 }),
  }
  for (const [name, bytes] of Object.entries(archives)) {
    const [reading] = await read(bytes, 'Geheim-1')
    t.equal(reading?.people.length, 2, name)
    const missing = await refusalOf(bytes)
    t.ok(isBoxError(missing, 'ZIP_PASSWORD'), `${name} without a password`)
    t.match(missing, { message: 'export.zip is protected by a password', hint: /--password-file/ })
    const wrong = await refusalOf(bytes, 'geheim')
    t.ok(isBoxError(wrong, 'ZIP_PASSWORD'), `${name} with a wrong one`)
    t.notMatch(JSON.stringify(wrong), /geheim/i, 'the password is in no error')
  }
})

t.test('a password is wanted whatever stands before the file that has one', async (t) => {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false })
  await writer.add('Export/', undefined, { directory: true })
  await writer.add('Export/lies.txt', new Uint8ArrayReader(Buffer.from('open')))
  await writer.add('Export/logineo.xml', new Uint8ArrayReader(logineo), { password: 'Geheim-1', zipCrypto: true })
  const bytes = await writer.close(Buffer.from('a comment at its end'))
  t.ok(isProtected(bytes))
  t.ok(isProtected(Buffer.concat([Buffer.from('x'), bytes]).subarray(1)), 'also as a part of a larger buffer')
  t.notOk(isProtected(await zipped({ 'users.csv': users })))
  t.notOk(isProtected(bytes.subarray(0, -60)), 'what is not whole is told as that')
  t.notOk(isProtected(Buffer.from('PK')))
})

t.test('of many wrong passwords none opens anything, also where the short check lets it pass', async (t) => {
  const bytes = await zipped({ 'logineo.xml': logineo }, { password: 'Geheim-1', zipCrypto: true })
  for (let index = 0; index < 600; index += 1) {
    const refusal = await refusalOf(bytes, `wrong ${index}`)
    if (!isBoxError(refusal, 'ZIP_PASSWORD')) t.fail(`password ${index} was not refused as wrong`)
  }
  t.pass('600 of 600 refused')
})

t.test('what grows beyond measure is stopped while it grows', async (t) => {
  const bomb = await zipped({ 'users.csv': Buffer.alloc(24 * 1024 * 1024, 'a') }, { level: 9 })
  t.ok(bomb.length < 200_000)
  t.match(await read(bomb), [{ problems: [{ severity: 'error', message: /expands to far more/ }] }])
})

t.test('a ZIP that lies about its sizes is stopped all the same', async (t) => {
  const content = deflateRawSync(Buffer.alloc(24 * 1024 * 1024, 'a'), { level: 9 })
  t.match(await read(lyingZip('users.csv', content)), [
    { problems: [{ severity: 'error', message: /cannot be opened/ }] },
  ])
})

t.test('spreadsheets are ZIPs, and told what they are', async (t) => {
  const excel = { '[Content_Types].xml': Buffer.from('<Types/>'), 'xl/workbook.xml': Buffer.from('<workbook/>') }
  t.match(await read(await zipped(excel)), [{ problems: [{ message: 'this is an Excel or Word file', hint: /CSV/ }] }])
  const office = { mimetype: Buffer.from('application/x'), 'content.xml': Buffer.from('<x/>') }
  t.match(await read(await zipped(office)), [{ problems: [{ message: 'this is a LibreOffice file', hint: /CSV/ }] }])
})

t.test('damaged, cut off, empty, too many', async (t) => {
  const whole = await zipped({ 'users.csv': users })
  const damaged = Buffer.from(whole)
  damaged.fill(0xff, 60, 90)
  t.match(await read(damaged), [{ problems: [{ message: /damaged or not whole/ }] }])
  t.match(await read(whole.subarray(0, -30)), [{ problems: [{ message: /damaged or not whole/ }] }])
  t.match(await read(await zipped({})), [{ problems: [{ message: /the ZIP is empty/ }] }])
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`${index}.csv`, Buffer.from('x')]))
  t.match(await read(await zipped(many)), [{ problems: [{ message: /201 files/ }] }])
  t.match(await read(await zipped({ 'inner.zip': whole })), [
    { problems: [{ severity: 'warning', message: /left out/ }] },
  ])
})

/** One entry whose headers say that it holds ten bytes. */
function lyingZip(name: string, deflated: Uint8Array): Uint8Array {
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(deflated.length, 18)
  local.writeUInt32LE(10, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(deflated.length, 20)
  central.writeUInt32LE(10, 24)
  central.writeUInt16LE(name.length, 28)
  const body = Buffer.concat([local, Buffer.from(name), deflated])
  const directory = Buffer.concat([central, Buffer.from(name)])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(body.length, 16)
  return Buffer.concat([body, directory, end])
}
