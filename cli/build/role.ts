import { join } from 'node:path'
import { BoxError } from '../../agent/errors.ts'
import type { Files } from '../../agent/system/system.ts'
import { project } from './place.ts'
import { commonLayer, layersOf, packageNames, toolboxLayer, type Recipe } from './recipe.ts'
import { archivesAt, archivesOf } from './sources.ts'
import type { TreeRequest } from './tree.ts'

/** The data of a role under image/, and the machine's archives. */

const at = (...names: readonly string[]): string => join(project, 'image', ...names)

export async function readRecipe(files: Files, role: string, mirrors: readonly string[]): Promise<Recipe> {
  const roles = (await files.list(at())).filter((layer) => layer !== commonLayer && layer !== toolboxLayer)
  if (!roles.includes(role)) {
    throw new BoxError('USAGE', `There is no role "${role}"`, { hint: `Roles: ${roles.join(', ')}` })
  }
  const layers = await Promise.all(layersOf(role).map((layer) => packagesOf(files, layer)))
  const packages = [...new Set(layers.flat())]
  const tools = await packagesOf(files, toolboxLayer)
  const archives = mirrors.length > 0 ? archivesAt(mirrors) : archivesOf(await aptFiles(files))
  if (archives.length === 0) {
    throw new BoxError('MIRROR_UNREACHABLE', 'The apt configuration of this machine names no archive of Debian', {
      hint: 'Name one: --mirror URL, and once more with the address of its security archive.',
    })
  }
  return { packages, tools, archives }
}

async function packagesOf(files: Files, layer: string): Promise<readonly string[]> {
  const path = at(layer, 'packages.list')
  const text = await files.read(path)
  if (text === undefined) throw new BoxError('FILE_MISSING', `${path} is missing`)
  return packageNames(path, text)
}

async function aptFiles(files: Files): Promise<readonly { path: string; text: string }[]> {
  const folder = '/etc/apt/sources.list.d'
  const names = (await files.list(folder)).filter((name) => /\.(list|sources)$/.test(name))
  const paths = ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))]
  return Promise.all(paths.map(async (path) => ({ path, text: (await files.read(path)) ?? '' })))
}

/** What is done to a base tree, and every text that decides it: a change in any of them makes a new tree. */
export async function hooksOf(files: Files, role: string): Promise<Pick<TreeRequest, 'hooks' | 'hookTexts'>> {
  const hooks = { essential: at('common/thin'), last: at('common/customize') }
  const read = [at('common/initramfs.modules'), ...layersOf(role).map((layer) => at(layer, 'base.preset'))]
  const texts = [...Object.values(hooks), ...read].map(
    async (path) => `${path.slice(project.length)}\n${(await files.read(path)) ?? ''}`,
  )
  return { hooks, hookTexts: await Promise.all(texts) }
}
