import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import type { Argv, System } from '../../agent/system/system.ts'
import type { Image } from '../../cli/build/image.ts'
import { handOut } from '../../cli/build/out.ts'

/** An image that goes into a folder of the user's: whole or not at all. */

const system = localSystem()
const megabyte = 2 ** 20

/** An image of which only the sizes are real. */
async function smallImage(t: Test): Promise<Image> {
  const folder = t.testdir({ 'school.lock.json': '{}\n', 'school.cdx.json': '{}\n', tree: { etc: {} }, toolbox: {} })
  const at = (name: string) => join(folder, name)
  await writeFile(at('school.raw'), Buffer.alloc(8 * megabyte, 1))
  const papers = { lock: at('school.lock.json'), sbom: at('school.cdx.json') }
  return {
    role: 'school',
    version: '1',
    digest: '',
    folder,
    tree: at('tree'),
    ...papers,
    raw: at('school.raw'),
    toolbox: at('toolbox'),
  }
}

/** A folder of the user's on a small disk, with the disk image of an earlier build in it. */
async function userFolder(t: Test, megabytes: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'iserv-out-'))
  await system.processes.run(['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  t.teardown(async () => {
    await system.processes.run(['umount', folder])
    await system.files.remove(folder)
  })
  await writeFile(join(folder, 'school.raw'), 'of yesterday')
  return folder
}

/** Something happens as a program begins. */
const when = (begins: (argv: Argv) => boolean, happens: () => Promise<void>): System => ({
  ...system,
  processes: {
    async run(argv, options) {
      if (begins(argv)) await happens()
      return system.processes.run(argv, options)
    },
  },
})

const { signal } = new AbortController()

t.test('disk and papers lie in the folder, in the place of earlier ones', async (t) => {
  const [image, folder] = [await smallImage(t), await userFolder(t, 32)]
  const placed = await handOut(image, folder, 'raw', { system, signal })
  t.same(await readdir(folder), ['school.cdx.json', 'school.lock.json', 'school.raw'])
  t.equal(placed.raw, join(folder, 'school.raw'))
  t.ok((await readFile(join(folder, 'school.raw'))).equals(await readFile(image.raw ?? '')))
})

t.test('too little space is told before anything is copied', async (t) => {
  const [image, folder] = [await smallImage(t), await userFolder(t, 4)]
  const untouched = when(
    ([program]) => program === 'cp',
    () => Promise.reject(new Error('was copied')),
  )
  await t.rejects(handOut(image, folder, 'raw', { system: untouched, signal }), {
    code: 'DISK_FULL',
    message: /^The image needs 0\.0 GB in .*, where 0\.0 GB are free$/,
    hint: /--out/,
  })
  t.same(await readdir(folder), ['school.raw'])
})

t.test('a disk that others fill meanwhile: nothing half done stays', async (t) => {
  const [image, folder] = [await smallImage(t), await userFolder(t, 16)]
  const copiesDisk = (argv: Argv): boolean => argv[0] === 'cp' && argv.includes(image.raw ?? '')
  const others = () => writeFile(join(folder, 'other'), Buffer.alloc(12 * megabyte))
  await t.rejects(handOut(image, folder, 'raw', { system: when(copiesDisk, others), signal }), { code: 'DISK_FULL' })
  t.same(await readdir(folder), ['other', 'school.raw'])
  t.equal(await readFile(join(folder, 'school.raw'), 'utf8'), 'of yesterday')
})

t.test('interrupted with the school state in its hands: nothing half done stays', async (t) => {
  const [image, folder] = [await smallImage(t), await userFolder(t, 32)]
  const controller = new AbortController()
  const lay: string[] = []
  const interrupt = async () => {
    for (const name of await readdir(folder, { recursive: true })) lay.push(name)
    controller.abort()
  }
  const interrupted = when((argv) => argv.includes('mmd'), interrupt)
  const { signal } = controller
  await t.rejects(handOut(image, folder, 'raw', { system: interrupted, signal }, 'school: secret\n'), {
    code: 'INTERRUPTED',
    hint: /Nothing half done was kept/,
  })
  t.ok(
    lay.some((name) => name.endsWith('/state.yaml')),
    'it had begun',
  )
  t.same(await readdir(folder), ['school.raw'])
})

t.test('what a killed process left goes with the next one', async (t) => {
  const [image, folder] = [await smallImage(t), await userFolder(t, 32)]
  const left = join(folder, '.school.half')
  await system.files.makeFolder(left)
  await writeFile(join(left, 'state.yaml'), 'school: secret\n')
  await handOut(image, folder, 'raw', { system, signal })
  t.same(await readdir(folder), ['school.cdx.json', 'school.lock.json', 'school.raw'])
})
