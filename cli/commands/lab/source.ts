import { buildImage, type Surroundings } from '../../build/build.ts'
import type { LabPlan } from '../../lab/lab.ts'

/** The school image of our code as it is now: as a tree, or as a disk. Built if it is not in the cache. */
export async function sourceOf(vm: boolean, around: Surroundings): Promise<LabPlan['source']> {
  const format = vm ? 'raw' : 'rootfs'
  const { tree, raw } = await buildImage({ role: 'school', format, mirrors: [], refresh: false }, around)
  return vm && raw !== undefined ? { raw } : { tree }
}
