import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { controlSocket } from './paths.ts'

/** Lists of half a million domains load in seconds; a busy small box may need much longer. */
const patience = 120_000

/**
 * Sends one command to the running unbound over its control socket, which is faster than `unbound-control` by the
 * start of a process and the reading of the whole configuration.
 * @param input lines for the commands that take some.
 * @throws `SOCKET_UNREACHABLE` when unbound does not run, `SERVICE_REFUSED` with its words when it declines.
 */
export async function control(system: System, command: string, input: readonly string[] = []): Promise<string> {
  const lines = [`UBCT1 ${command}`, ...input]
  const answer = await system.network.exchange(controlSocket, `${lines.join('\n')}\n`, patience)
  // A whole word: the answer may be a list of names, and a computer may be called errorpc.
  const [, refusal] = /^error(?: |: *)(.*)$/m.exec(answer) ?? []
  if (refusal !== undefined) throw new BoxError('SERVICE_REFUSED', `unbound declines ${command}: ${refusal}`)
  return answer
}

/**
 * Reads configuration and lists anew while questions go on being answered.
 * @throws `SERVICE_REFUSED` when unbound keeps its old configuration.
 */
export async function fastReload(system: System): Promise<void> {
  const answer = await control(system, 'fast_reload')
  if (answer.trimEnd().endsWith('ok')) return
  throw new BoxError('SERVICE_REFUSED', `unbound keeps its old configuration: ${answer.trim()}`, {
    hint: 'iserv-ctl box logs shows what unbound says.',
  })
}
