import { BoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { certificateFile, certificateFolder } from './paths.ts'
import type { WlanDesired } from './schema.ts'
import { ensureMark, makeSecrets } from './secrets.ts'

/** FreeRADIUS reads the candidate with everything it includes, and ends. */
export async function check({ service }: WlanDesired, folder: string, system: System): Promise<void> {
  if (service === undefined) return
  await makeSecrets(
    service.accessPoints.map(({ name }) => name),
    system.files,
  )
  await ensureMark(system.files)
  // On a new box the directory, which makes the certificate, comes into being with this very state.
  if ((await system.files.stat(certificateFile)) === undefined) return
  // systemd hands certificate and key over in a folder that it names this way.
  const credentials = `CREDENTIALS_DIRECTORY=${certificateFolder}`
  const argv = ['env', credentials, 'freeradius', '-C', '-l', 'stdout', '-d', folder] as const
  const { status, stdout } = await system.processes.run(argv, { accept: [0, 1] })
  if (status === 0) return
  throw new BoxError('SERVICE_CHECK_FAILED', `FreeRADIUS declines the new configuration: ${reasonsIn(stdout)}`)
}

/** Its last words; before them it tells of every line that is well. */
function reasonsIn(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ')
}
