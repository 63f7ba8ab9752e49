import { isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'

/** Does the directory answer the box itself? */
export async function answers({ directory }: Pick<System, 'directory'>): Promise<boolean> {
  try {
    const root = { base: '', scope: 'base', filter: '(objectClass=*)', attributes: ['defaultNamingContext'] } as const
    return (await directory.search(root)).length > 0
  } catch (error) {
    if (isBoxError(error, 'DIRECTORY_UNREACHABLE', 'DIRECTORY_REFUSED')) return false
    throw error
  }
}

/** Milliseconds within which a sign-in is answered, or never. */
const patience = 15_000

/**
 * Does a device that signs in over the network get in?
 * @param who options of smbclient; a password comes from a file.
 */
export async function letsIn(
  address: string,
  who: readonly string[],
  { processes }: Pick<System, 'processes'>,
): Promise<boolean> {
  try {
    await processes.run(['smbclient', `//${address}/IPC$`, ...who, '--command=exit'], { timeout: patience })
    return true
  } catch (error) {
    if (isBoxError(error, 'PROCESS_FAILED', 'PROCESS_TIMEOUT')) return false
    throw error
  }
}

/** Does a device that looks for the domain controller by name find it? */
export async function names(address: string, domain: string, { network }: Pick<System, 'network'>): Promise<boolean> {
  try {
    return (await network.query(address, 53, domain, 'SOA')).status === 'NOERROR'
  } catch (error) {
    if (isBoxError(error, 'SOCKET_UNREACHABLE')) return false
    throw error
  }
}
