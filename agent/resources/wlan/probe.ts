import type { Finding } from '../../engine/resource.ts'
import type { System } from '../../system/system.ts'
import { askDirectory, askLoaded, askWaiting } from './ask.ts'
import { judge } from './judge.ts'
import type { WlanDesired } from './schema.ts'

/** Does FreeRADIUS answer, and does the directory judge what it is asked? */
export async function probe(desired: WlanDesired, system: System): Promise<readonly Finding[]> {
  if (desired.service === undefined) return []
  const loaded = await askLoaded(system)
  return judge(desired, {
    loaded,
    refusal: loaded === undefined ? undefined : await askDirectory(system),
    waiting: await askWaiting(system),
  })
}
