import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { madeDomain } from './observe.ts'
import type { DirectoryDesired } from './schema.ts'

/** testparm judges smb.conf; and a directory that is there keeps its name. */
export async function check({ domain }: DirectoryDesired, folder: string, system: System): Promise<void> {
  if (domain === undefined) return
  const made = await madeDomain(system)
  if (made !== undefined && made !== domain.name) {
    throw new BoxError(
      'SERVICE_CHECK_FAILED',
      `The directory of this box is ${made} and cannot become ${domain.name}`,
      {
        hint: `Every computer that has joined and every account belongs to ${made}: keep school.domain: ${made}.`,
      },
    )
  }
  const { stderr } = await system.processes.run(['testparm', '--suppress-prompt', `${folder}/smb.conf`])
  const declined = stderr.split('\n').filter((line) => /Unknown parameter|Ignoring badly formed|^ERROR/.test(line))
  if (declined.length > 0) {
    throw new BoxError('SERVICE_CHECK_FAILED', `Samba declines the new configuration: ${declined.join(' ').trim()}`)
  }
}
