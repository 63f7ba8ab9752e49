import { isBoxError } from '../../errors.ts'
import { readListing } from '../../nftables/listing.ts'
import type { System } from '../../system/system.ts'
import type { SignIn, Waiting } from './schema.ts'

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
 * How a device that signs in over the network fares.
 * @param who options of smbclient; a password comes from a file.
 */
export async function signsIn(
  address: string,
  who: readonly string[],
  { processes }: Pick<System, 'processes'>,
): Promise<SignIn> {
  try {
    const argv = ['smbclient', `//${address}/IPC$`, ...who, '--command=exit'] as const
    const { status, stdout, stderr } = await processes.run(argv, { timeout: patience, accept: [0, 1] })
    if (status === 0) return 'in'
    return refusals.some((code) => `${stdout}${stderr}`.includes(code)) ? 'refused' : 'silent'
  } catch (error) {
    if (isBoxError(error, 'PROCESS_FAILED', 'PROCESS_TIMEOUT')) return 'silent'
    throw error
  }
}

/** What a domain controller says that has judged a sign-in. */
const refusals = ['NT_STATUS_ACCESS_DENIED', 'NT_STATUS_LOGON_FAILURE', 'NT_STATUS_ACCOUNT_'] as const

/**
 * Addresses under which devices find a name, asked where they ask.
 * @returns undefined when nobody answers there: that is for the resolver's own finding.
 */
export async function addressesOf(
  name: string,
  resolver: string,
  { network }: Pick<System, 'network'>,
): Promise<readonly string[] | undefined> {
  try {
    const { status, answers: found } = await network.query(resolver, 53, name, 'A')
    return status === 'NOERROR' || status === 'NXDOMAIN' ? found : undefined
  } catch (error) {
    if (isBoxError(error, 'SOCKET_UNREACHABLE')) return undefined
    throw error
  }
}

/** Does the domain controller answer for its domain? */
export async function names(address: string, domain: string, { network }: Pick<System, 'network'>): Promise<boolean> {
  try {
    return (await network.query(address, 53, domain, 'SOA')).status === 'NOERROR'
  } catch (error) {
    if (isBoxError(error, 'SOCKET_UNREACHABLE')) return false
    throw error
  }
}

const waitingSet = JSON.stringify({
  nftables: [{ list: { set: { family: 'inet', table: 'iserv', name: 'guessing' } } }],
})

/** Addresses that the firewall keeps from signing in, because passwords were guessed from there. */
export async function waiting({ nftables }: Pick<System, 'nftables'>): Promise<readonly Waiting[]> {
  try {
    const { sets } = readListing(await nftables.run(waitingSet))
    return sets.flatMap(({ elements }) =>
      elements.map(({ key, expires = 0 }) => ({ address: String(key), seconds: expires })),
    )
  } catch (error) {
    // As long as there are no rules, nobody waits.
    if (isBoxError(error, 'NFT_REFUSED')) return []
    throw error
  }
}
