import type { Finding } from '../../engine/resource.ts'
import type { System } from '../../system/system.ts'
import { findings } from './judge.ts'
import { kernelLinks } from './observe.ts'
import type { Desired } from './schema.ts'

/** Is every port there, and does the line to the internet give an address? */
export async function probe(desired: Desired, system: System): Promise<readonly Finding[]> {
  return findings(desired, await kernelLinks(system))
}
