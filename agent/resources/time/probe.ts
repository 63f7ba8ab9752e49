import type { Finding } from '../../engine/resource.ts'
import type { System } from '../../system/system.ts'
import { judge } from './judge.ts'
import { chronyc, readSources } from './observe.ts'
import type { TimeDesired } from './schema.ts'

export async function probe(desired: TimeDesired, system: System): Promise<readonly Finding[]> {
  const answer = await chronyc(system, ['sources -a', 'tracking'])
  return judge(desired, answer === undefined ? undefined : { sources: readSources(answer), offset: offsetOf(answer) })
}

/** The last line is that of `tracking`; its fifth field are the seconds that the system's clock is from the true time. */
function offsetOf(answer: string): number {
  return Number(answer.trimEnd().split('\n').at(-1)?.split(',')[4] ?? 0)
}
