import { hash, X509Certificate } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { BoxError, isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { authorityFile, certificateFile, loadedSocket, markFile, markFolder, markOf } from './render.ts'
import type { WebActual, WebStep } from './schema.ts'

const unit = 'nginx.service'

export async function observe(system: System): Promise<WebActual> {
  const present = digestOfCertificate(await system.files.read(certificateFile))
  try {
    const answer = await system.network.exchange(loadedSocket, 'GET / HTTP/1.0\r\n\r\n', 2_000)
    const [, configuration = '', certificate = ''] = /\r\n\r\n([0-9a-f]*) ([0-9a-f]*)$/.exec(answer) ?? []
    return { loaded: { configuration, certificate }, present }
  } catch (error) {
    if (isBoxError(error, 'SOCKET_UNREACHABLE')) return { loaded: undefined, present }
    throw error
  }
}

/** Empty: there is none. */
function digestOfCertificate(certificate: string | undefined): string {
  return certificate === undefined ? '' : hash('sha256', certificate).slice(0, 16)
}

export async function apply(step: WebStep, system: System): Promise<void> {
  if (step.kind === 'restart') {
    await system.units.restart(unit)
    return settled(system, ({ loaded }) => loaded !== undefined)
  }
  await system.files.makeFolder(markFolder)
  await system.files.write(markFile, markOf(step.certificate, await isTrusted(system)))
  await system.units.reload(unit)
  return settled(
    system,
    ({ loaded }) => loaded?.configuration === step.configuration && loaded.certificate === step.certificate,
  )
}

/** A certificate that somebody has installed; the box's own authority is known to nobody but the school's computers. */
async function isTrusted({ files }: Pick<System, 'files'>): Promise<boolean> {
  const certificate = await files.read(certificateFile)
  const authority = await files.read(authorityFile)
  if (certificate === undefined || authority === undefined) return false
  const [own, school] = [new X509Certificate(certificate), new X509Certificate(authority)]
  return !own.checkIssued(school) && own.issuer !== own.subject
}

/** Milliseconds in which nginx reads a page of configuration, even on a box that is busy. */
const patience = 10_000
const every = 50

/** nginx starts and reloads behind one's back; it has done so when its new processes answer. */
async function settled(system: System, isSo: (actual: WebActual) => boolean): Promise<void> {
  const end = system.clock.monotonic() + patience
  while (!isSo(await observe(system))) {
    if (system.clock.monotonic() > end) {
      throw new BoxError('SERVICE_REFUSED', 'nginx does not take its new configuration', {
        hint: `journalctl -u ${unit} -n 30 tells why.`,
      })
    }
    await pause(every)
  }
}
