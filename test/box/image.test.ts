import { appendFile, cp, lstat, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { z } from 'zod'
import { localSystem } from '../../agent/system/local.ts'
import { toolOf } from '../../cli/build/argv.ts'
import type { BuildRequest } from '../../cli/build/build.ts'
import { Image } from '../../cli/build/image.ts'
import { Lock } from '../../cli/build/lock.ts'
import { handOut } from '../../cli/build/out.ts'
import { project } from '../../cli/build/place.ts'
import { readRecipe } from '../../cli/build/role.ts'
import { freshCache } from '../support/workshop.ts'

// Builds a whole disk twice, on a machine that may be busy.
t.setTimeout(1_500_000)

/** Files that belong to one machine. */
const identities = /^\/(?:etc|var)\/.*(?:ssh_host_|ssl-cert-snakeoil|random-seed|credential\.secret|hostid$|hostnqn$)/

const system = localSystem()
const request: BuildRequest = { role: 'school', format: 'raw', mirrors: [], refresh: false }

const Built = z.object({ image: Image, stages: z.record(z.string(), z.string()) })

// A copy of the project: whoever works on it meanwhile does not change what is built here.
const checkout = await mkdtemp(join(tmpdir(), 'iserv-checkout-'))
t.teardown(() => rm(checkout, { recursive: true, force: true }))
for (const name of ['agent', 'cli', 'docs', 'image', 'iserv-ctl', 'package.json', 'package-lock.json']) {
  await cp(join(project, name), join(checkout, name), { recursive: true, verbatimSymlinks: true })
}
await symlink(join(project, 'node_modules'), join(checkout, 'node_modules'))

const otherCache = await freshCache(t)
const { image } = await build(request)

/** With the code of the copy, in a process of its own. */
async function build(wanted: BuildRequest): Promise<z.infer<typeof Built>> {
  const script = join(import.meta.dirname, '../support/build-from.ts')
  const argv = [process.execPath, script, checkout, JSON.stringify(wanted)] as const
  const { stdout, stderr } = await system.processes.run(argv, { timeout: 1_200_000 })
  t.equal(stderr, '', 'no warnings')
  return Built.parse(JSON.parse(stdout))
}

t.test('built twice from the same lock list: the same bytes', async (t) => {
  const { image: again, stages } = await build({ ...request, lock: image.lock, cache: otherCache })
  t.match(stages, { base: /^\d+ packages$/, toolbox: /^\d+ packages$/, root: /MB$/, disk: /MB$/ }, 'nothing was cached')
  t.equal(again.digest, image.digest)
  const paths = [image, again].flatMap(({ root = '', raw = '', lock, sbom }) => [root, raw, lock, sbom])
  const { stdout } = await system.processes.run(['sha256sum', ...paths], { timeout: 300_000 })
  const sums = stdout.split('\n').map((line) => line.slice(0, 64))
  t.same(sums.slice(4, 8), sums.slice(0, 4), 'root, disk, lock list, bill of materials')
})

t.test('a disk for virtual machines holds what the plain one does', async (t) => {
  const { image: virtual, stages } = await build({ ...request, format: 'qcow2', lock: image.lock, cache: otherCache })
  const { raw = '', qcow2 = '', toolbox = '' } = virtual
  t.match(stages, { base: /^cached/, toolbox: /^cached/, qcow2: /MB$/ })
  const qemu = async (...words: readonly string[]) =>
    (await system.processes.run(toolOf(toolbox, 'bin/qemu-img', ...words), { timeout: 300_000 })).stdout
  t.match(await qemu('check', qcow2), 'No errors were found')
  t.match(await qemu('compare', '-fraw', '-Fqcow2', raw, qcow2), 'Images are identical.')
  t.match(JSON.parse(await qemu('info', '--output=json', qcow2)), {
    format: 'qcow2',
    'virtual-size': (await lstat(raw)).size,
  })
  const folder = t.testdir({})
  const { signal } = new AbortController()
  const placed = await handOut(virtual, folder, 'qcow2', { system, signal }, 'school: of this disk\n')
  t.same(await readdir(folder), ['school.cdx.json', 'school.lock.json', 'school.qcow2'])
  t.match(await qemu('check', placed.qcow2 ?? ''), 'No errors were found')
  const compared = toolOf(toolbox, 'bin/qemu-img', 'compare', '-fraw', '-Fqcow2', raw, placed.qcow2 ?? '')
  t.equal((await system.processes.run(compared, { accept: [0, 1], timeout: 300_000 })).status, 1, 'it brings the state')
})

t.test('after a change in our code the base is linked, not made', async (t) => {
  const { image: before } = await build({ ...request, format: 'rootfs', cache: otherCache })
  await appendFile(join(checkout, 'agent/errors.ts'), '// changed\n')
  const { image: after, stages } = await build({ ...request, format: 'rootfs', cache: otherCache })
  t.match(stages, { base: /^cached/, own: after.version, tree: '' })
  t.not(after.digest, before.digest)
  const code = 'usr/lib/iserv/agent/errors.ts'
  t.match(await readFile(join(after.tree, code), 'utf8'), /changed$/m)
  t.notMatch(await readFile(join(before.tree, code), 'utf8'), /changed$/m)
  const inode = async ({ tree }: Image, name: string) => (await lstat(join(tree, name))).ino
  for (const name of ['usr/bin/bash', 'boot/initrd.img', 'usr/lib/iserv/bin/node']) {
    t.equal(await inode(after, name), await inode(before, name), name)
  }
})

t.test('no secret, identity or trace of the building machine is inside', async (t) => {
  const { archives } = await readRecipe(system.files, 'school', [])
  // A list of mirrors on the building machine has no host: there its path would be the trace.
  const hosts = archives.map(({ uri }) => new URL(uri)).map(({ host, pathname }) => host || pathname)
  const found: string[] = []
  for await (const path of filesOf(image.tree)) {
    const name = path.slice(image.tree.length)
    if (identities.test(name)) found.push(name)
    // Programs and certificates of authorities name hosts and key formats; what could hold a secret is smaller.
    const { size } = await lstat(path)
    if (size > 256 * 1024 || name.startsWith('/usr/lib/iserv/node_modules/')) continue
    const text = await readFile(path, 'latin1')
    if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----/m.test(text)) found.push(`${name}: private key`)
    if (name.startsWith('/etc/') || name.startsWith('/var/')) {
      for (const host of hosts) if (text.includes(host)) found.push(`${name}: ${host}`)
    }
  }
  t.same(found, [])
  t.equal(await readFile(join(image.tree, 'etc/machine-id'), 'utf8'), '')
  t.same(await readdir(join(image.tree, 'var/lib/dbus')).catch(() => []), [])
  const shadow = (await readFile(join(image.tree, 'etc/shadow'), 'utf8')).trim().split('\n')
  t.ok(shadow.some((line) => line.startsWith('root:')))
  // An empty field would let everybody in; a hash behind the exclamation mark would be a password too, only locked.
  t.same(
    shadow.filter((line) => !/^[^:]+:(?:!|\*|!\*):/.test(line)),
    [],
    'nobody has a password',
  )
  t.notMatch(await readFile(join(image.tree, 'etc/resolv.conf'), 'utf8'), /nameserver (?!127\.0\.0\.1)/)
})

t.test('lock list and bill of materials name every package of the tree', async (t) => {
  const status = await readFile(join(image.tree, 'usr/lib/sysimage/dpkg/status'), 'utf8')
  const installed = status
    .split('\n\n')
    .filter((paragraph) => /^Status: install ok installed$/m.test(paragraph))
    .map((paragraph) => `${/^Package: (\S+)$/m.exec(paragraph)?.[1]} ${/^Version: (\S+)$/m.exec(paragraph)?.[1]}`)
    .toSorted()
  const lock = Lock.parse(JSON.parse(await readFile(image.lock, 'utf8')))
  t.same(lock.packages.map(({ name, version }) => `${name} ${version}`).toSorted(), installed)
  t.ok(installed.length > 100)
  const bill = JSON.parse(await readFile(image.sbom, 'utf8')) as {
    components: readonly { name: string; purl: string; licenses?: unknown }[]
  }
  const debian = bill.components.filter(({ purl }) => purl.startsWith('pkg:deb/'))
  t.same(debian.map(({ name }) => name).toSorted(), lock.packages.map(({ name }) => name).toSorted())
  t.ok(bill.components.some(({ purl }) => purl.startsWith('pkg:npm/zod@')))
  const licensed = bill.components.filter(({ licenses }) => licenses !== undefined)
  t.ok(licensed.length > bill.components.length / 2, 'most licences are known')
  t.equal(new Set(bill.components.map(({ purl }) => purl)).size, bill.components.length, 'each once')
})

t.test('starts on every machine: kernel, ramdisk with the drivers of disks and microcode of both makers', async (t) => {
  const { stdout } = await system.processes.run(['chroot', image.tree, 'lsinitramfs', '/boot/initrd.img'])
  for (const part of [
    'GenuineIntel.bin',
    'AuthenticAMD.bin',
    'nvme.ko',
    'ahci.ko',
    'megaraid_sas.ko',
    'erofs.ko',
    'ext4.ko',
  ]) {
    t.ok(stdout.includes(part), part)
  }
})

t.test('our own part is one folder that runs with its own Node', async (t) => {
  const { stdout } = await system.processes.run([
    'env',
    '-u',
    'NODE_OPTIONS',
    'chroot',
    image.tree,
    '/usr/bin/iserv-ctl',
    '--help',
  ])
  t.match(stdout, /iserv-ctl/)
  const names = await readdir(join(image.tree, 'usr/lib/iserv'))
  t.ok(
    ['agent', 'bin', 'cli', 'docs', 'iserv-ctl', 'node_modules', 'package.json'].every((name) => names.includes(name)),
  )
  t.notOk((await readdir(join(image.tree, 'usr/lib/iserv/node_modules'))).includes('tap'), 'no tools of developers')
})

async function* filesOf(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesOf(path)
    else if (entry.isFile()) yield path
  }
}
