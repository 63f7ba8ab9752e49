import type { Finding } from '../../engine/resource.ts'
import { isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { objectOf, textOf } from './json.ts'
import { judge, type PoolUse } from './judge.ts'
import { ask } from './kea.ts'
import type { Desired, Json, JsonObject } from './schema.ts'

/** Does Kea answer, hear every network, and have addresses left? */
export async function probe(desired: Desired, system: System): Promise<readonly Finding[]> {
  try {
    const [status, statistics, listening] = await Promise.all([
      ask(system, 'status-get'),
      ask(system, 'statistic-get-all'),
      system.network.hearing(),
    ])
    const errors = objectOf(status['sockets'])['errors']
    const waiting = Array.isArray(errors) ? (errors as readonly Json[]).map((words) => textOf(words)) : []
    return judge(desired, { answers: true, listening, waiting, pools: poolUse(desired, statistics) })
  } catch (error) {
    if (!isBoxError(error, 'SOCKET_UNREACHABLE')) throw error
    return judge(desired, { answers: false, listening: [], waiting: [], pools: [] })
  }
}

function poolUse({ networks }: Desired, statistics: JsonObject): readonly PoolUse[] {
  return networks.map(({ name, id }) => ({
    network: name,
    // The pieces of one pool have one number in Kea, 0, and are counted together.
    taken: latest(statistics[`subnet[${id}].pool[0].assigned-addresses`]),
    total: latest(statistics[`subnet[${id}].pool[0].total-addresses`]),
  }))
}

/** Kea gives a list of values with their times, newest first. */
function latest(samples: Json | undefined): number {
  const [newest] = Array.isArray(samples) ? (samples as readonly Json[]) : []
  const [value] = Array.isArray(newest) ? (newest as readonly Json[]) : []
  return typeof value === 'number' ? value : 0
}
