import { dirname, join } from 'node:path'
import { fetch } from '../../cli/build/fetch.ts'
import { use } from '../../cli/build/keep.ts'
import { defaultCache } from '../../cli/build/place.ts'
import { packageNames } from '../../cli/build/recipe.ts'
import { resolve } from '../../cli/build/resolve.ts'
import { readRecipe } from '../../cli/build/role.ts'
import { makeTree, treeOf } from '../../cli/build/tree.ts'
import { workshopIn } from './workshop.ts'

const list = join(import.meta.dirname, 'workstation.list')

/** The Debian of a workstation as a folder, to lay an overlay over; made like the trees of images and cached beside them. */
export async function workstationTree(): Promise<string> {
  const shop = await workshopIn(defaultCache)
  const { files } = shop.system
  try {
    const packages = packageNames(list, (await files.read(list)) ?? '')
    const { archives } = await readRecipe(files, 'school', [])
    const lock = await resolve(shop, 'workstation', { packages, tools: [], archives }, false)
    const plain = { environment: {}, hooks: {}, hookTexts: [] }
    const request = { stage: 'workstation', names: packages, locked: lock.packages, epoch: lock.epoch, ...plain }
    const { root } = treeOf(shop, request)
    await use(shop, dirname(root))
    if ((await files.stat(root)) !== undefined) return root
    await fetch(shop, lock.packages, archives)
    return (await makeTree(shop, request)).root
  } finally {
    await files.remove(shop.work)
  }
}
