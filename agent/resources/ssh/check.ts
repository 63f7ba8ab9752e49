import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import type { SshDesired } from './schema.ts'

/** ssh-keygen tells each key that OpenSSH can read. */
export async function check({ keys }: SshDesired, folder: string, { processes }: System): Promise<void> {
  if (keys.length === 0) return
  const { stdout, stderr } = await processes.run(['ssh-keygen', '-l', '-f', `${folder}/authorized_keys`], {
    accept: [0, 255],
  })
  const read = stdout.split('\n').filter((line) => line !== '').length
  if (read === keys.length) return
  const words = stderr.trim() === '' ? '' : `: ${stderr.trim()}`
  throw new BoxError('SERVICE_CHECK_FAILED', `OpenSSH can read ${read} of ${keys.length} declared keys${words}`)
}
