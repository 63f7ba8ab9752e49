import { join } from 'node:path'
import { BoxError } from '../../agent/errors.ts'
import type { Files } from '../../agent/system/system.ts'
import { nodePackage, notAsLocked, productionModules, type Module } from './modules.ts'
import { project } from './place.ts'
import { digestOf, layersOf, shortDigest } from './recipe.ts'
import { run, type Workshop } from './workshop.ts'

/** Our own part of an image: the code as one folder with its Node, and the overlay files of the role. */
export interface Own {
  /** A tar archive, laid over the base tree: everything but Node's binary. */
  readonly archive: string
  /** Node's binary in the cache, linked into each tree: it is ten times the size of everything else. */
  readonly node: string
  /** Of archive and binary: the same code gives the same digest on every machine. */
  readonly digest: string
  readonly version: string
  readonly modules: readonly Module[]
}

/** Where our code lies on the box. */
export const home = 'usr/lib/iserv'

/** What of the project lies on the box: what runs there, and the pages that its texts name. */
const carried = ['agent', 'cli', 'docs', 'iserv-ctl', 'package.json'] as const

export async function gatherOwn(shop: Workshop, role: string, epoch: number): Promise<Own> {
  return shop.stages.run(
    'own',
    'our code and its Node',
    async () => {
      const { files } = shop.system
      const modules = productionModules(await readProject(files, 'package-lock.json'))
      await compareModules(files, modules)
      const root = join(shop.work, 'own')
      await layOut(shop, role, modules, root)
      const archive = join(shop.work, 'own.tar')
      await run(shop, [
        'tar',
        '--create',
        `--file=${archive}`,
        `--directory=${root}`,
        '--format=gnu',
        '--sort=name',
        '--owner=0',
        '--group=0',
        '--numeric-owner',
        // A checkout's modes depend on who made it.
        '--mode=u=rwX,go=rX',
        `--mtime=@${epoch}`,
        '.',
      ])
      const binary = join(project, 'node_modules', nodePackage, 'bin/node')
      const sums = (await run(shop, ['sha256sum', '--', archive, binary])).stdout.split('\n')
      const [archiveSum = '', nodeSum = ''] = sums.map((line) => line.slice(0, 64))
      const node = await keepNode(shop, binary, nodeSum)
      const digest = digestOf(archiveSum, nodeSum)
      const { version } = JSON.parse(await readProject(files, 'package.json')) as { readonly version: string }
      return { archive, node, digest, modules, version: `${version}+${digest.slice(0, 7)}` }
    },
    ({ version }) => version,
  )
}

async function keepNode(shop: Workshop, binary: string, sum: string): Promise<string> {
  const { files } = shop.system
  const place = join(shop.places.nodes, shortDigest(sum))
  if ((await files.stat(place)) !== undefined) return place
  const copy = join(shop.work, 'node')
  await files.makeFolder(shop.places.nodes)
  await run(shop, ['install', '--mode=0755', '--', binary, copy])
  await run(shop, ['mv', '--no-target-directory', '--', copy, place])
  return place
}

async function layOut(shop: Workshop, role: string, modules: readonly Module[], root: string): Promise<void> {
  const { files } = shop.system
  const place = join(root, home)
  await files.makeFolder(join(place, 'bin'))
  await files.makeFolder(join(root, 'usr/bin'))
  await run(shop, ['cp', '--archive', '--', ...carried.map((name) => join(project, name)), place])
  // --parents keeps a package that lies inside another where it is.
  await run(
    shop,
    ['cp', '--archive', '--parents', '--', ...modules.map(({ folder }) => folder).filter(notNode), place],
    { cwd: project },
  )
  await files.link(join(root, 'usr/bin/iserv-ctl'), `../lib/${home.slice('usr/lib/'.length)}/iserv-ctl`)
  for (const overlay of await existing(
    files,
    layersOf(role).map((layer) => `image/${layer}/overlay`),
  )) {
    await run(shop, ['cp', '--archive', '--', `${overlay}/.`, root])
  }
}

/** The lock is what was looked at; an image carries nothing else. */
async function compareModules(files: Files, modules: readonly Module[]): Promise<void> {
  const versions: Record<string, string | undefined> = {}
  for (const { folder } of modules) {
    const text = await files.read(join(project, folder, 'package.json'))
    if (text !== undefined) versions[folder] = (JSON.parse(text) as { readonly version?: string }).version
  }
  const record = (await files.read(join(project, 'node_modules/.package-lock.json'))) ?? '{"packages":{}}'
  const found = notAsLocked(modules, record, versions)
  if (found.length === 0) return
  throw new BoxError('MODULES_NOT_LOCKED', `node_modules is not what package-lock.json says: ${found.join('; ')}`, {
    hint: 'npm ci installs what is locked.',
  })
}

const notNode = (folder: string): boolean => folder !== `node_modules/${nodePackage}`

async function existing(files: Files, names: readonly string[]): Promise<readonly string[]> {
  const paths = names.map((name) => join(project, name))
  const stats = await Promise.all(paths.map((path) => files.stat(path)))
  return paths.filter((_, index) => stats[index] !== undefined)
}

async function readProject(files: Files, name: string): Promise<string> {
  const text = await files.read(join(project, name))
  if (text === undefined) {
    throw new BoxError('FILE_MISSING', `${join(project, name)} is missing`, {
      hint: 'Images are built from a checkout of the project, not on a box.',
    })
  }
  return text
}
