import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'

/** chronyd reads the candidate, prints it and ends. */
export async function check(_: unknown, folder: string, system: System): Promise<void> {
  const { status, stderr } = await system.processes.run(['chronyd', '-p', '-f', `${folder}/chrony.conf`], {
    accept: [0, 1],
  })
  if (status === 0) return
  throw new BoxError('SERVICE_CHECK_FAILED', `chronyd declines the new configuration: ${stderr.trim()}`)
}
