import { basename, join } from 'node:path'
import type { Files } from '../../agent/system/system.ts'
import { Image } from './image.ts'
import { fileOf, parseLock, type Lock } from './lock.ts'
import { shortDigest } from './recipe.ts'
import { claim, run, type Workshop } from './workshop.ts'

/** The finished images of the cache, and what may go from it. */

/** Takes the image of this digest from the cache, or has it filled and keeps it; either way it is now `current`. */
export async function keepImage(
  shop: Workshop,
  role: string,
  version: string,
  digest: string,
  fill: (folder: string) => Promise<void>,
): Promise<Image> {
  const { files } = shop.system
  const all = join(shop.places.images, role)
  const folder = join(all, shortDigest(digest))
  const known = async (): Promise<string | undefined> => files.read(join(folder, 'image.json'))
  const made = async (): Promise<boolean> => (await known()) !== undefined
  const name = `image.${shortDigest(digest)}`
  await use(shop, folder)
  if ((await made()) || !(await claim(shop, name, made))) {
    shop.stages.skip('tree', 'cached')
  } else {
    const half = join(shop.work, name)
    await fill(half)
    await writeImage(shop, half, {
      role,
      version,
      digest,
      folder,
      tree: join(folder, 'tree'),
      lock: join(folder, `${role}.lock.json`),
      sbom: join(folder, `${role}.cdx.json`),
    })
    await files.makeFolder(all)
    await run(shop, ['mv', '--no-target-directory', half, folder])
  }
  await files.link(join(all, 'current'), shortDigest(digest))
  return Image.parse(JSON.parse((await known()) ?? ''))
}

/** Notes what the image has; the folder may still be the half done one. */
export async function writeImage(shop: Workshop, folder: string, image: Image): Promise<void> {
  await shop.system.files.write(join(folder, 'image.json'), `${JSON.stringify(image, null, 2)}\n`)
}

/** So many trees and images of each role stay: the newest ones, for going back and forth between two states. */
const kept = 3

/** Milliseconds in which an image just handed to somebody, who has not mounted it yet, is left alone. */
const grace = 20 * 60_000

/** Used is as good as new: another build's pruning must not take it now. Before the look whether it is there. */
export async function use(shop: Workshop, folder: string): Promise<void> {
  await run(shop, ['touch', '--no-create', '--', folder])
}

/** Milliseconds that a package stays which no kept lock list names: whoever builds from a list of last month finds it here. */
const packageGrace = 60 * 86_400_000

/**
 * Takes old trees, images and packages away; never what is mounted somewhere, as the lower layer of a lab for example.
 */
export async function pruneCache(shop: Workshop): Promise<void> {
  const { files } = shop.system
  const { images, nodes, resolved, trees } = shop.places
  const roles = await files.list(images)
  const mounts = await mountsOf(files)
  for (const folder of [trees, nodes, resolved, ...roles.map((role) => join(images, role))]) {
    const current = await files.readLink(join(folder, 'current'))
    const names = (await files.list(folder)).filter((name) => name !== 'current' && name !== current)
    const dated = await Promise.all(
      names.map(async (name) => ({ name, modified: (await files.stat(join(folder, name)))?.modified ?? 0 })),
    )
    const newest = dated.toSorted((a, b) => b.modified - a.modified)
    const old = newest.slice(kept).filter(({ modified }) => modified < shop.system.clock.now() - grace)
    for (const { name } of old) {
      const path = join(folder, name)
      if (!mounts.some((text) => text.includes(path))) await discard(shop, path, `old.${basename(folder)}.${name}`)
    }
  }
  await prunePackages(shop)
}

/** Packages that are in no lock list any more, neither of an image nor of what is resolved, and that nobody used for long. */
async function prunePackages(shop: Workshop): Promise<void> {
  const { files } = shop.system
  const { images, packages, resolved } = shop.places
  const lists = (await files.list(resolved)).map((name) => join(resolved, name))
  for (const role of await files.list(images)) {
    const names = await files.list(join(images, role))
    lists.push(...names.map((name) => join(images, role, name, `${role}.lock.json`)))
  }
  const named = new Set<string>()
  for (const path of lists) {
    const text = await files.read(path)
    if (text === undefined) continue
    const lock = readLock(text)
    // A damaged list may name any; it must not end a build that went well.
    if (lock === undefined) return
    for (const one of [...lock.packages, ...lock.tools]) named.add(fileOf(one))
  }
  const before = shop.system.clock.now() - packageGrace
  for (const name of await files.list(packages)) {
    if (!name.endsWith('.deb') || named.has(name)) continue
    const path = join(packages, name)
    if (((await files.stat(path))?.modified ?? before) >= before) continue
    await files.remove(path)
    await files.remove(`${path}.control`)
  }
}

function readLock(text: string): Lock | undefined {
  try {
    return parseLock('', text)
  } catch {
    return undefined
  }
}

/** In one step to the working folder, which is removed at the end: of a tree half removed nobody could tell it. */
async function discard(shop: Workshop, path: string, name: string): Promise<void> {
  const { files } = shop.system
  try {
    await files.rename(path, join(shop.work, name))
  } catch (error) {
    // Another build prunes, too.
    if ((await files.stat(path)) !== undefined) throw error
  }
}

/** What is mounted in any mount namespace of this machine. */
async function mountsOf(files: Files): Promise<readonly string[]> {
  const pids = (await files.list('/proc')).filter((name) => /^\d+$/.test(name))
  // A process may end while we look.
  const texts = pids.map((pid) => files.read(`/proc/${pid}/mountinfo`).catch(() => undefined))
  return [...new Set(await Promise.all(texts))].filter((text) => text !== undefined)
}
