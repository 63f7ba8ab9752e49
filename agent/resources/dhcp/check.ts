import { BoxError, isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { ask } from './kea.ts'
import { keaConfig } from './render.ts'
import type { Desired } from './schema.ts'

/** The agent has a /tmp of its own. */
const candidateFile = '/tmp/kea-candidate.json'

/**
 * Lets Kea judge the configuration: the running one, which is quicker, or its program. Without the bridges, which
 * may be about to be made by the same generation.
 */
export async function check(desired: Desired, _folder: string, system: System): Promise<void> {
  const candidate = keaConfig(desired, [])
  try {
    await ask(system, 'config-test', candidate)
  } catch (error) {
    if (isBoxError(error, 'SOCKET_UNREACHABLE')) await checkByProgram(JSON.stringify(candidate), system)
    else throw declined(error)
  }
}

/** Kea's program reads files only. */
async function checkByProgram(candidate: string, system: System): Promise<void> {
  await system.files.write(candidateFile, candidate, 0o600)
  try {
    // It locks its log by a file in a folder that only the service has.
    await system.processes.run(['kea-dhcp4', '-t', candidateFile], { env: { KEA_LOCKFILE_DIR: 'none' } })
  } catch (error) {
    throw declined(error)
  } finally {
    await system.files.remove(candidateFile)
  }
}

function declined(cause: unknown): unknown {
  if (!isBoxError(cause, 'SERVICE_REFUSED', 'PROCESS_FAILED')) return cause
  return new BoxError('SERVICE_CHECK_FAILED', 'Kea declines the DHCP configuration made from this state', { cause })
}
