import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import type { SharesDesired } from './schema.ts'

/** testparm says what Samba cannot read of the shares; it ends well all the same. */
export async function check({ shares }: SharesDesired, folder: string, { processes }: System): Promise<void> {
  if (shares.length === 0) return
  const { stderr } = await processes.run(['testparm', '--suppress-prompt', `${folder}/shares.conf`], { accept: [0, 1] })
  const declined = stderr
    .split('\n')
    .filter((line) => /^(Unknown parameter|Ignoring|ERROR|NOTE: Service)|not a valid/i.test(line))
  if (declined.length === 0) return
  throw new BoxError('SERVICE_CHECK_FAILED', `Samba declines the shares: ${declined.join(' ').trim()}`)
}
