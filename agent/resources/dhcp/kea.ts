import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { objectOf, textOf } from './json.ts'
import type { Json, JsonObject } from './schema.ts'

export const unit = 'kea-dhcp4-server.service'
const controlSocket = '/run/kea/kea4-ctrl-socket'

/** Kea's own word for "done, and there is nothing". */
const empty = 3

/**
 * One command over Kea's control socket.
 * @returns its arguments; an empty object when there are none.
 * @throws `SOCKET_UNREACHABLE` when Kea does not run, `SERVICE_REFUSED` with Kea's words when it declines.
 */
export async function ask(system: System, command: string, parameters?: JsonObject): Promise<JsonObject> {
  const text = JSON.stringify(parameters === undefined ? { command } : { command, arguments: parameters })
  const answer = parse(await system.network.exchange(controlSocket, text, 30_000))
  if (answer['result'] !== 0 && answer['result'] !== empty) {
    throw new BoxError('SERVICE_REFUSED', `Kea declines ${command}: ${textOf(answer['text'])}`)
  }
  return objectOf(answer['arguments'])
}

function parse(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text) as Json)
  } catch (cause) {
    // Killed in the middle of its answer.
    throw new BoxError('SOCKET_UNREACHABLE', 'Kea broke off in the middle of an answer', { cause })
  }
}
