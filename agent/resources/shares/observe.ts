import { readerAccount } from '../../model/directory-tree.ts'
import type { System } from '../../system/system.ts'
import type { Offered } from './schema.ts'

const asBox = `--authentication-file=${readerAccount.credentials}`

/**
 * Asks the file server for its shares, as the box's own account.
 * @param address of the domain controller, which is the file server.
 * @returns undefined when it does not answer.
 */
export async function offeredBy(
  address: string,
  { processes }: Pick<System, 'processes'>,
): Promise<readonly Offered[] | undefined> {
  const argv = ['smbclient', asBox, '--grepable', `--list=${address}`] as const
  const { status, stdout } = await processes.run(argv, { accept: [0, 1] })
  return status === 0 ? readOffered(stdout) : undefined
}

/** Lines `Disk|Klassen|Material der Klassen`. */
export function readOffered(text: string): readonly Offered[] {
  return [...text.matchAll(/^Disk\|([^|]+)\|(.*)$/gm)].map(([, name = '', comment = '']) => ({ name, comment }))
}

/** Does the server let the box into a share? Its answer where not. */
export async function treeConnect(
  address: string,
  share: string,
  { processes }: Pick<System, 'processes'>,
): Promise<string | undefined> {
  const argv = ['smbclient', asBox, `//${address}/${share}`, '--command=exit'] as const
  const { status, stdout } = await processes.run(argv, { accept: [0, 1] })
  return status === 0 ? undefined : (/NT_STATUS_\w+/.exec(stdout)?.[0] ?? stdout.trim())
}
