import { join } from 'node:path'
import { BoxError, isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import type { FirewallDesired } from './schema.ts'

/** Has nft and the kernel judge the whole table without putting it in force. */
export async function check(_desired: FirewallDesired, folder: string, system: System): Promise<void> {
  try {
    await system.processes.run(['nft', '-c', '-j', '-f', join(folder, 'ruleset.json')])
  } catch (error) {
    if (!isBoxError(error, 'PROCESS_FAILED')) throw error
    throw new BoxError('SERVICE_CHECK_FAILED', 'nft does not accept the firewall made from this state', {
      cause: error,
      hint: 'This is a fault of ours, not of the state. Please report it together with: iserv-ctl state export',
    })
  }
}
