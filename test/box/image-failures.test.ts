import { mkdir, mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { buildImage, type BuildRequest } from '../../cli/build/build.ts'
import { fetch } from '../../cli/build/fetch.ts'
import { checkHost } from '../../cli/build/host.ts'
import { pruneCache } from '../../cli/build/keep.ts'
import type { LockedPackage } from '../../cli/build/lock.ts'
import { resolve } from '../../cli/build/resolve.ts'
import { readRecipe } from '../../cli/build/role.ts'
import { claim } from '../../cli/build/workshop.ts'
import { defaultCache, placesUnder } from '../../cli/build/place.ts'
import { freshCache, quiet, workshopIn } from '../support/workshop.ts'

/** Every failure of a build says what happened and what to do, and leaves nothing half done behind. */

// One of these builds, on a machine that may be busy.
t.setTimeout(900_000)

const system = localSystem()
const { signal } = new AbortController()
const around = { system, progress: quiet, signal, warn: () => undefined }
const request: BuildRequest = { role: 'school', format: 'rootfs', mirrors: [], refresh: false }
const recipe = await readRecipe(system.files, 'school', [])

/** A cache with six old trees and images, the last the newest. */
async function fullCache(t: Test) {
  const cache = await freshCache(t)
  const shop = await workshopIn(cache)
  const folders = [shop.places.trees, join(shop.places.images, 'school')]
  for (const folder of folders) {
    for (const age of [1, 2, 3, 4, 5, 6]) {
      await mkdir(join(folder, String(age), 'tree/usr'), { recursive: true })
      await utimes(join(folder, String(age)), age, age)
    }
  }
  return { cache, shop, folders }
}

t.test('the cache of a test that was killed goes with the next one, that of a test that runs stays', async (t) => {
  const other = await freshCache(t)
  const dead = await mkdtemp(join(defaultCache, `test-${process.pid}-0-`))
  t.teardown(() => system.files.remove(dead))
  await freshCache(t)
  t.equal(await system.files.stat(dead), undefined)
  t.match(await system.files.stat(other), { kind: 'folder' })
})

t.test('what another build finished while we took it on is not made a second time', async (t) => {
  const shop = await workshopIn(await freshCache(t))
  const looks = [false, true]
  t.equal(await claim(shop, 'image.0123', async () => looks.shift() ?? true), false)
  t.strictSame(await system.files.list(shop.work), [], 'and nobody waits for us')
  t.equal(await claim(shop, 'image.4567', async () => false), true)
  t.strictSame(await system.files.list(shop.work), ['image.4567'])
})

t.test('killed while it prunes: what is left of an old tree or image does not pass for a whole one', async (t) => {
  const { shop, folders } = await fullCache(t)
  // As far as the kill let it come.
  const remove = async (path: string) => {
    await system.files.remove(join(path, 'tree/usr'))
    throw new Error('killed')
  }
  await pruneCache({ ...shop, system: { ...system, files: { ...system.files, remove } } }).catch(() => undefined)
  for (const folder of folders) {
    const left = await readdir(folder)
    t.ok(left.length >= 3)
    for (const name of left) t.strictSame(await readdir(join(folder, name, 'tree')), ['usr'], `${folder}/${name}`)
  }
})

t.test('several builds prune at once: the newest three stay', async (t) => {
  const { cache, shop, folders } = await fullCache(t)
  await Promise.all([pruneCache(shop), pruneCache(await workshopIn(cache)), pruneCache(await workshopIn(cache))])
  for (const folder of folders) t.strictSame(await readdir(folder), ['4', '5', '6'])
})

t.test('packages go when no kept list names them and nobody used them for long', async (t) => {
  const shop = await workshopIn(await freshCache(t))
  const { packages, resolved, images } = shop.places
  const one = { version: '1', architecture: 'all', sha256: 'a'.repeat(64), size: 1, path: 'pool' }
  const lock = { format: 1, role: 'school', release: 'trixie', epoch: 1 }
  const list = (...names: string[]) =>
    JSON.stringify({ ...lock, packages: names.map((name) => ({ ...one, name })), tools: [{ ...one, name: 'tool' }] })
  await system.files.remove(packages)
  for (const folder of [packages, resolved, join(images, 'school/0123')]) await mkdir(folder, { recursive: true })
  await writeFile(join(resolved, '4567.json'), list('asked'))
  await writeFile(join(images, 'school/0123/school.lock.json'), list('inside'))
  for (const name of ['asked', 'inside', 'tool', 'gone', 'fresh']) {
    const file = join(packages, `${name}_1_all.deb`)
    for (const path of [file, `${file}.control`]) await writeFile(path, '')
    if (name !== 'fresh') await utimes(file, 1, 1)
  }
  await writeFile(join(resolved, '89ab.json'), '{')
  await pruneCache(shop)
  t.equal((await readdir(packages)).length, 10, 'a damaged list may name any of them')
  await system.files.remove(join(resolved, '89ab.json'))
  await pruneCache(shop)
  const left = (await readdir(packages)).filter((name) => name.endsWith('.control'))
  t.same(
    left,
    ['asked', 'fresh', 'inside', 'tool'].map((name) => `${name}_1_all.deb.control`),
  )
  t.equal((await readdir(packages)).length, 8)
})

t.test('a cached answer that other questions have followed is pruned like a tree', async (t) => {
  const shop = await workshopIn(await freshCache(t))
  const { resolved } = shop.places
  await mkdir(resolved, { recursive: true })
  const empty = { format: 1, role: 'school', release: 'trixie', epoch: 1, packages: [], tools: [] }
  for (const age of [1, 2, 3, 4, 5]) {
    await writeFile(join(resolved, `${age}.json`), JSON.stringify(empty))
    await utimes(join(resolved, `${age}.json`), age, age)
  }
  await pruneCache(shop)
  t.same(await readdir(resolved), ['3.json', '4.json', '5.json'])
})

t.test('whoever is not root, and a machine that lacks the programs, hears it before anything begins', async (t) => {
  const places = placesUnder(await freshCache(t))
  const nobody = localSystem({ enter: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] })
  await t.rejects(checkHost(nobody, places, request), { code: 'NOT_ROOT', hint: /sudo/ })
  const bare = localSystem({ root: t.testdir() })
  await t.rejects(checkHost(bare, places, request), {
    code: 'TOOL_MISSING',
    message: 'This machine lacks mmdebstrap apt dpkg util-linux',
    hint: 'apt-get install mmdebstrap apt dpkg util-linux',
  })
})

t.test('a package that does not exist is named', async (t) => {
  const shop = await workshopIn(await freshCache(t))
  const wrong = { ...recipe, packages: ['busybox', 'no-such-package-of-ours'] }
  await t.rejects(resolve(shop, 'school', wrong, true), {
    code: 'PACKAGE_MISSING',
    message: /"no-such-package-of-ours"/,
    hint: /packages\.list/,
  })
})

t.test('an archive signed by others than the keys we believe is refused', async (t) => {
  const shop = await workshopIn(await freshCache(t))
  const keyring = join(shop.work, 'empty.gpg')
  await writeFile(keyring, '')
  await t.rejects(resolve({ ...shop, keyring }, 'school', recipe, true), {
    code: 'SIGNATURE_WRONG',
    hint: /debian-archive-keyring/,
  })
  await t.rejects(resolve({ ...shop, keyring: '/nonexistent.gpg' }, 'school', recipe, true), { code: 'TOOL_MISSING' })
})

t.test('a mirror that nobody answers at', async (t) => {
  const cache = await freshCache(t)
  const nobody = { ...request, mirrors: ['http://127.0.0.1:9/debian'], cache }
  await t.rejects(buildImage(nobody, around), { code: 'MIRROR_UNREACHABLE', message: /127\.0\.0\.1/, hint: /--mirror/ })
  t.same(await readdir(join(cache, 'work')), [])
})

t.test('mirrors without the security archive: the image lacks its updates, and says so', async (t) => {
  const told: string[] = []
  const warned = { ...around, warn: (line: string) => void told.push(line) }
  const nobody = 'http://127.0.0.1:9/debian'
  for (const mirrors of [[nobody], [nobody, `${nobody}-security`]]) {
    const wanted = { ...request, mirrors, cache: await freshCache(t) }
    await t.rejects(buildImage(wanted, warned), { code: 'MIRROR_UNREACHABLE' })
  }
  t.match(told, [/lacks Debian's security updates: .* --mirror/])
  t.equal(told.length, 1)
})

t.test('a lock list with a version that neither mirror nor cache has', async (t) => {
  const shop = await workshopIn(await freshCache(t))
  const gone: LockedPackage = {
    name: 'busybox',
    version: '0.0-1',
    architecture: 'amd64',
    sha256: 'a'.repeat(64),
    size: 1000,
    path: 'pool/main/b/busybox/busybox_0.0-1_amd64.deb',
  }
  await t.rejects(fetch(shop, [gone], recipe.archives), {
    code: 'PACKAGE_MISSING',
    message: /busybox 0\.0-1/,
    hint: /--mirror/,
  })
})

t.test('a cached list that names what the archives have replaced is made anew', async (t) => {
  const cache = await freshCache(t)
  const lock = await resolve(await workshopIn(cache), 'school', recipe, true)
  const { resolved } = placesUnder(cache)
  const [name = ''] = await readdir(resolved)
  const gone = { version: '0.0-1', sha256: 'a'.repeat(64), path: 'pool/main/n/netbase/netbase_0.0-1_all.deb' }
  const packages = lock.packages.map((one) => (one.name === 'netbase' ? { ...one, ...gone } : one))
  await writeFile(join(resolved, name), JSON.stringify({ ...lock, packages }))
  const { building, unpacks } = untilUnpacking(cache)
  await t.rejects(building, { code: 'INTERRUPTED' })
  t.ok(unpacks.aborted, 'every package is there')
  t.strictSame(JSON.parse(await readFile(join(resolved, name), 'utf8')), lock)
})

t.test('a package in the cache that was tampered with is fetched again, not used', async (t) => {
  const shop = await workshopIn(await freshCache(t))
  const small = (await resolve(shop, 'school', recipe, true)).packages.find(({ name }) => name === 'netbase')
  t.ok(small)
  if (small === undefined) return
  const file = join(shop.places.packages, `netbase_${small.version}_all.deb`)
  await system.files.remove(file)
  await mkdir(shop.places.packages, { recursive: true })
  await writeFile(file, 'not a package')
  await fetch(shop, [small], recipe.archives)
  const { stdout } = await system.processes.run(['sha256sum', file])
  t.equal(stdout.slice(0, 64), small.sha256)
})

t.test('no space: told before with numbers, or when it happens', async (t) => {
  const cache = await mkdtemp(join(tmpdir(), 'iserv-small-'))
  await system.processes.run(['mount', '-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', cache])
  t.teardown(async () => {
    await system.processes.run(['umount', cache])
    await system.files.remove(cache)
  })
  await t.rejects(buildImage({ ...request, cache }, around), {
    code: 'DISK_FULL',
    message: /needs up to 2\.0 GB .* where 0\.0 GB are free/,
  })
  const shop = await workshopIn(cache)
  await mkdir(join(cache, 'images/school/current'), { recursive: true })
  await t.rejects(checkHost(system, placesUnder(cache), request), { message: /0\.5 GB .* where 0\.0 GB/ }, 'once more')
  const { packages } = await resolve(await workshopIn(await freshCache(t)), 'school', recipe, false)
  const kernel = packages.filter(({ size }) => size > 32 * 2 ** 20)
  t.ok(kernel.length > 0)
  await t.rejects(fetch(shop, kernel, recipe.archives), { code: 'DISK_FULL', hint: /df -h/ })
})

/** A build that is interrupted as it begins to unpack. */
function untilUnpacking(cache: string) {
  const controller = new AbortController()
  const progress = {
    ...quiet,
    update: (_fraction: number | undefined, detail = '') => {
      if (detail.startsWith('essential')) controller.abort()
    },
  }
  const { signal: unpacks } = controller
  return { unpacks, building: buildImage({ ...request, cache }, { ...around, progress, signal: unpacks }) }
}
