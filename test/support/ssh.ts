import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Argv } from '../../agent/system/system.ts'
import { localSystem } from '../../agent/system/local.ts'
import type { Client } from '../../cli/lab/client.ts'
import type { Teardown } from './container.ts'

/** A person's pair of keys. */
export interface KeyPair {
  /** Path of the private one. */
  readonly file: string
  /** The line of the public one. */
  readonly line: string
}

export async function newKeyPair(t: Teardown, kind: readonly string[] = ['-t', 'ed25519']): Promise<KeyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'iserv-key-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'id')
  await localSystem().processes.run(['ssh-keygen', '-q', ...kind, '-N', '', '-C', 'ada@office', '-f', file])
  return { file, line: (await readFile(`${file}.pub`, 'utf8')).trim() }
}

/** Runs a command on the box from a device, as root with a key and without anybody to ask. */
export function sshFrom(
  client: Pick<Client, 'run'>,
  { file }: Pick<KeyPair, 'file'>,
  address: string,
  ...command: Argv
) {
  const unknowing = ['-F', 'none', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null']
  const alone = ['-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', '-o', 'ConnectTimeout=20', '-o', 'LogLevel=ERROR']
  return client.run(['ssh', ...unknowing, ...alone, '-i', file, `root@${address}`, ...command], {
    accept: [0, 255],
    timeout: 120_000,
  })
}
