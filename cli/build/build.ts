import { dirname, join } from 'node:path'
import { BoxError, isBoxError } from '../../agent/errors.ts'
import type { Context } from '../command.ts'
import { fetch } from './fetch.ts'
import type { Image } from './image.ts'
import { addFormats, stagesOfFormat, type Format } from './formats.ts'
import { keepImage, pruneCache, use } from './keep.ts'
import { Licences } from './licence.ts'
import { licencesFile, makeTree, treeOf, type Tree, type TreeRequest } from './tree.ts'
import { parseLock, type Lock } from './lock.ts'
import { merge } from './merge.ts'
import { gatherOwn, type Own } from './own.ts'
import { defaultCache, placesUnder } from './place.ts'
import { digestOf, layersOf, type Recipe } from './recipe.ts'
import { hooksOf, readRecipe } from './role.ts'
import { resolve } from './resolve.ts'
import { billOfMaterials } from './sbom.ts'
import { checkHost } from './host.ts'
import { withSecurity } from './sources.ts'
import { stagesOf } from './stages.ts'
import { interrupted, openWork, type Workshop } from './workshop.ts'

export interface BuildRequest {
  readonly role: string
  readonly format: Format
  /** Package archives instead of those of the machine's apt configuration. */
  readonly mirrors: readonly string[]
  /** Path of a lock list to build from. */
  readonly lock?: string | undefined
  /** Ask the archives for their newest packages even when an earlier answer is cached. */
  readonly refresh: boolean
  /** Default: /var/cache/iserv-ctl. */
  readonly cache?: string
  /** Default: Debian's own. */
  readonly keyring?: string
}

/** What a build needs of the command's context. */
export type Surroundings = Pick<Context, 'system' | 'progress' | 'signal' | 'warn'>

const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/**
 * Builds an image of a role into the cache: packages named → lock list → base tree → own part → formats. Each result
 * is cached by the digest of what it was made from.
 */
export async function buildImage(request: BuildRequest, around: Surroundings): Promise<Image> {
  const { system, progress, signal } = around
  const places = placesUnder(request.cache ?? defaultCache)
  await checkHost(system, places, request)
  const stages = await stagesOf({ progress, clock: system.clock, files: system.files, file: places.durations })
  const work = await openWork(system, places)
  const keyring = request.keyring ?? debianKeyring
  const shop: Workshop = { system, places, stages, signal, work, keyring }
  try {
    const image = await build(shop, request, around)
    await pruneCache(shop)
    return image
  } catch (error) {
    throw signal.aborted ? interrupted(error) : error
  } finally {
    await system.files.remove(work)
  }
}

async function build(shop: Workshop, request: BuildRequest, around: Surroundings): Promise<Image> {
  const { role, format, refresh } = request
  const recipe = await readRecipe(shop.system.files, role, request.mirrors)
  if (request.lock === undefined && !withSecurity(recipe.archives)) around.warn(unpatched(request.mirrors))
  const materials = { role, format, recipe, lock: await lockFor(shop, request, recipe) }
  try {
    return await assemble(shop, materials, around)
  } catch (error) {
    if (request.lock !== undefined || refresh || !isBoxError(error, 'PACKAGE_MISSING')) throw error
    // An answer that was cached for months names packages that the archives have replaced since.
    return assemble(shop, { ...materials, lock: await resolve(shop, role, recipe, true) }, around)
  }
}

const unpatched = (mirrors: readonly string[]): string =>
  `The image lacks Debian's security updates: their archive is not among ${
    mirrors.length > 0
      ? 'the mirrors given. Name it with one more --mirror; its address ends in -security'
      : "those in this machine's apt configuration"
  }.`

interface Materials {
  readonly role: string
  readonly format: Format
  readonly recipe: Recipe
  readonly lock: Lock
}

async function assemble(shop: Workshop, materials: Materials, around: Surroundings): Promise<Image> {
  const { role, format, recipe, lock } = materials
  const { files } = shop.system
  const { epoch } = lock
  const wanted = {
    base: {
      stage: 'base',
      names: recipe.packages,
      locked: lock.packages,
      epoch,
      environment: { ISERV_LAYERS: layersOf(role).join(' ') },
      ...(await hooksOf(files, role)),
    },
    toolbox: {
      stage: 'toolbox',
      names: recipe.tools,
      locked: lock.tools,
      epoch,
      environment: {},
      hooks: {},
      hookTexts: [],
    },
  }
  shop.stages.expect([
    ...(await stagesFor(shop, wanted.base)),
    'own',
    'tree',
    ...(format === 'rootfs' ? [] : [...(await stagesFor(shop, wanted.toolbox)), ...stagesOfFormat[format]]),
  ])
  const base = await treeFor(shop, recipe, wanted.base)
  const own = await gatherOwn(shop, role, epoch)
  if (lock.own !== undefined && lock.own.digest !== own.digest) {
    around.warn(
      `The lock list was written with our part ${lock.own.version}; this image carries ${own.version} and so differs.`,
    )
  }
  const rootfs = await keepImage(shop, role, own.version, digestOf(base.digest, own.digest), async (folder) => {
    await merge(shop, base, own, epoch, join(folder, 'tree'))
    await writePapers(shop, folder, { role, base, own, lock })
  })
  if (format === 'rootfs') return rootfs
  const toolbox = await treeFor(shop, recipe, wanted.toolbox)
  return addFormats(shop, { image: rootfs, toolbox: toolbox.root, epoch }, format)
}

/** From the file given, from the cache, or from the archives. */
async function lockFor(shop: Workshop, request: BuildRequest, recipe: Recipe): Promise<Lock> {
  const { lock: path, role } = request
  if (path === undefined) return resolve(shop, role, recipe, request.refresh)
  const text = await shop.system.files.read(path)
  if (text === undefined) throw new BoxError('FILE_MISSING', `There is no lock list at ${path}`)
  const lock = parseLock(path, text)
  if (lock.role !== role) {
    throw new BoxError('FILE_UNREADABLE', `${path} is the lock list of role "${lock.role}", not of "${role}"`)
  }
  shop.stages.skip('resolve', `${lock.packages.length} packages of the lock list`)
  return lock
}

const isMade = async (shop: Workshop, request: TreeRequest): Promise<boolean> =>
  (await shop.system.files.stat(treeOf(shop, request).root)) !== undefined

const stagesFor = async (shop: Workshop, request: TreeRequest): Promise<readonly string[]> =>
  (await isMade(shop, request)) ? [] : ['packages', request.stage]

async function treeFor(shop: Workshop, recipe: Recipe, request: TreeRequest): Promise<Tree> {
  const tree = treeOf(shop, request)
  await use(shop, dirname(tree.root))
  if (await isMade(shop, request)) {
    shop.stages.skip(request.stage, `cached, ${request.locked.length} packages`)
    return tree
  }
  await fetch(shop, request.locked, recipe.archives)
  return makeTree(shop, request)
}

interface Parts {
  readonly role: string
  readonly base: Tree
  readonly own: Own
  readonly lock: Lock
}

/** Lock list and bill of materials, beside the image. */
async function writePapers(shop: Workshop, folder: string, { role, base, own, lock }: Parts): Promise<void> {
  const { files } = shop.system
  const { digest, version, modules } = own
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
  await files.write(join(folder, `${role}.lock.json`), json({ ...lock, own: { version, digest } } satisfies Lock))
  const licences = Licences.parse(JSON.parse((await files.read(licencesFile(base))) ?? '{}'))
  const image = digestOf(base.digest, digest)
  const bill = billOfMaterials({ role, version, digest: image, lock, licences, modules })
  await files.write(join(folder, `${role}.cdx.json`), json(bill))
}
