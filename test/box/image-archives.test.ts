import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { localSystem } from '../../agent/system/local.ts'
import { fetch } from '../../cli/build/fetch.ts'
import { fileOf, type Lock } from '../../cli/build/lock.ts'
import { resolve } from '../../cli/build/resolve.ts'
import { readRecipe } from '../../cli/build/role.ts'
import { archivesOf, type Archive } from '../../cli/build/sources.ts'
import { freshCache, workshopIn } from '../support/workshop.ts'

/** The ways to an archive that a building machine may have, each with the archives of this one behind it. */

t.setTimeout(600_000)

const system = localSystem()
const recipe = await readRecipe(system.files, 'school', [])
const expected = await resolve(await workshopIn(await freshCache(t)), 'school', recipe, true)

/** Address of the archive with a suite as a web address: this machine may itself have a list of mirrors. */
async function webAddress(suite: string): Promise<string> {
  const { uri } = recipe.archives.find((archive) => archive.suite === suite) ?? { uri: '' }
  const [, list] = /^mirror\+file:(.+)/.exec(uri) ?? []
  const [first = ''] = list === undefined ? [uri] : ((await system.files.read(list)) ?? '').trim().split(/\s+/)
  return first.replace(/\/$/, '')
}

const main = await webAddress('trixie')
const security = await webAddress('trixie-security')

/** What the archives lead to, and a package of them that really came from there. */
async function through(t: Test, archives: readonly Archive[]): Promise<Lock> {
  const cache = await freshCache(t)
  const shop = await workshopIn(cache)
  const lock = await resolve(shop, 'school', { ...recipe, archives }, true)
  const small = lock.packages.filter(({ name }) => name === 'netbase')
  for (const name of small.map(fileOf)) await system.files.remove(join(shop.places.packages, name))
  await fetch(shop, small, archives)
  for (const name of small.map(fileOf)) {
    t.match(await system.files.stat(join(shop.places.packages, name)), { kind: 'file' })
  }
  return lock
}

t.test('--mirror: the same packages as from the apt configuration', async (t) => {
  const { archives } = await readRecipe(system.files, 'school', [main, security])
  t.same((await through(t, archives)).packages, expected.packages)
})

t.test('a file with a list of mirrors, as cloud images have it', async (t) => {
  const folder = t.testdir({ 'debian.list': `${main}\n`, 'security.list': `${security}\n` })
  const text = `Types: deb deb-src
URIs: mirror+file://${folder}/debian.list
Suites: bookworm bookworm-updates
Components: main

Types: deb
URIs: mirror+file://${folder}/security.list
Suites: bookworm-security
Components: main
`
  t.same((await through(t, archivesOf([{ path: 'debian.sources', text }]))).packages, expected.packages)
})

t.test('a folder of this machine: its packages are copied, not linked to', async (t) => {
  const shop = await workshopIn(await freshCache(t))
  const wanted = expected.packages.filter(({ name }) => name === 'netbase')
  await fetch(shop, wanted, recipe.archives)
  const folder = t.testdir({})
  for (const one of wanted) {
    await mkdir(join(folder, one.path, '..'), { recursive: true })
    await writeFile(
      join(folder, one.path),
      (await system.files.readBytes(join(shop.places.packages, fileOf(one)))) ?? '',
    )
    await system.files.remove(join(shop.places.packages, fileOf(one)))
  }
  await fetch(shop, wanted, [{ uri: `file:${folder}`, suite: 'trixie' }])
  for (const one of wanted) {
    t.match(await system.files.stat(join(shop.places.packages, fileOf(one))), { kind: 'file', size: one.size })
  }
  t.ok((await readdir(shop.places.packages)).includes(wanted.map(fileOf).join()))
})
