import { join } from 'node:path'
import { mmdebstrap, type TreeHooks } from './argv.ts'
import { fileOf, type LockedPackage } from './lock.ts'
import { licencesOf } from './licence.ts'
import { digestOf, shortDigest } from './recipe.ts'
import { releaseFile, repositoryIndex } from './repository.ts'
import { release } from './sources.ts'
import { claim, run, type Workshop } from './workshop.ts'

/** A Debian tree in the cache: never written to again, only linked from. */
export interface Tree {
  readonly digest: string
  /** The tree itself. */
  readonly root: string
}

export interface TreeRequest {
  /** Stage name. */
  readonly stage: string
  /** Packages named; the locked ones include all they need. */
  readonly names: readonly string[]
  readonly locked: readonly LockedPackage[]
  readonly epoch: number
  /** Told to the hooks. */
  readonly environment: Readonly<Record<string, string>>
  readonly hooks: TreeHooks
  /** Texts that decide what the hooks do: their own and those of the files they read. */
  readonly hookTexts: readonly string[]
}

/** A file beside each tree: the licences of its packages, for the bill of materials. */
export const licencesFile = (tree: Tree): string => join(tree.root, '../licences.json')

/** What mmdebstrap itself needs to its end: apt, which the image does not have, and settings of the build. */
const leftovers = [
  'etc/apt',
  'var/lib/apt',
  'var/cache/apt',
  'var/cache/debconf',
  'var/cache/ldconfig',
  'etc/dpkg/dpkg.cfg.d/99mmdebstrap',
  'etc/dpkg/dpkg.cfg.d/thin',
]

/** The kernel's own hook would make an initial ramdisk that the recipe's hook makes anew. */
export const oneRamdisk = { INITRD: 'No' } as const

/** Where a requested tree lies, or will lie. */
export function treeOf(shop: Workshop, request: TreeRequest): Tree {
  const { names, locked, epoch, environment, hookTexts } = request
  const recipe = mmdebstrap({ release, tree: '', sourcesFile: '', packages: names, hooks: {} })
  const digest = digestOf(
    recipe,
    epoch,
    environment,
    locked.map(({ name, version, sha256 }) => [name, version, sha256]),
    hookTexts,
  )
  return { digest, root: join(shop.places.trees, shortDigest(digest), 'tree') }
}

/** Makes the tree from packages of the cache alone: what is in it is what is in the lock list. */
export async function makeTree(shop: Workshop, request: TreeRequest): Promise<Tree> {
  const { system, work } = shop
  const { files } = system
  const { names, locked, hooks } = request
  const tree = treeOf(shop, request)
  const place = join(tree.root, '..')
  const name = `tree.${shortDigest(tree.digest)}`
  await shop.stages.run(
    request.stage,
    `${locked.length} packages`,
    async (tell) => {
      if (!(await claim(shop, name, async () => (await files.stat(tree.root)) !== undefined))) return
      const half = join(work, name)
      const sources = await openRepository(shop, request)
      const count = { unpacked: 0, configured: 0 }
      tell('essential packages')
      await run(
        shop,
        mmdebstrap({
          release,
          tree: join(half, 'tree'),
          sourcesFile: sources,
          packages: names,
          hooks,
        }),
        {
          env: { ...request.environment, ...oneRamdisk, SOURCE_DATE_EPOCH: String(request.epoch) },
          onLine(line) {
            if (/^(?:Unpacking|Setting up) /.test(line)) {
              count[line.startsWith('U') ? 'unpacked' : 'configured'] += 1
              tell(
                count.configured === 0
                  ? `unpacked ${count.unpacked} of ${locked.length}`
                  : `set up ${count.configured} of ${locked.length}`,
              )
            }
            if (line.startsWith('update-initramfs:')) tell('initial ramdisk')
          },
        },
      )
      await Promise.all(leftovers.map((name) => files.remove(join(half, 'tree', name))))
      await files.write(
        join(half, 'licences.json'),
        JSON.stringify(await licencesOf(files, join(half, 'tree'), locked)),
      )
      await files.makeFolder(shop.places.trees)
      await run(shop, ['mv', '--no-target-directory', half, place])
    },
    () => `${locked.length} packages`,
  )
  return tree
}

/** An archive of exactly the locked packages, in the working folder; its apt source line is in the file returned. */
async function openRepository(shop: Workshop, request: TreeRequest): Promise<string> {
  const { system, work, places } = shop
  const { files } = system
  const folder = join(work, `${request.stage}.repository`)
  await files.makeFolder(folder)
  const names = request.locked.map(fileOf)
  // A build that begins again with another list finds its first one's links.
  await run(shop, ['ln', '--force', '--', ...names.map((name) => join(places.packages, name)), folder])
  const controls = await Promise.all(
    names.map(async (name) => (await files.read(join(places.packages, `${name}.control`))) ?? ''),
  )
  const index = repositoryIndex(request.locked, controls)
  await files.write(join(folder, 'Packages'), index)
  await files.write(join(folder, 'Release'), releaseFile(index, request.epoch))
  const sources = join(work, `${request.stage}.list`)
  // Trusted because each file's checksum was compared with the lock list, which came from signed indexes.
  await files.write(sources, `deb [trusted=yes] copy://${folder} ./\n`)
  return sources
}
