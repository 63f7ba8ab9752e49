import type { System } from '../../system/system.ts'
import { isAuthorityOf } from './derive.ts'
import { authority, server } from './paths.ts'
import { belongs, certificateOf, parsed } from './read.ts'
import type { CertificatesActual } from './schema.ts'

type Looks = Pick<System, 'files' | 'clock' | 'processes'>

export async function observe({ files, clock, processes }: Looks): Promise<CertificatesActual> {
  const at = clock.now()
  const ca = parsed(await files.read(authority.certificate))
  const whole = ca !== undefined && belongs(ca, await files.read(authority.key)) ? certificateOf(ca) : undefined
  const mine = parsed(await files.read(server.certificate))
  const certificate = mine && certificateOf(mine)
  const signed = mine !== undefined && ca !== undefined && mine.checkIssued(ca) && mine.verify(ca.publicKey)
  const strange = [whole, certificate].some((one) => one !== undefined && (one.from > at || one.to <= at))
  return {
    at,
    sure: !strange || (await followsServers({ processes })),
    authority: whole,
    server: mine &&
      certificate && {
        ...certificate,
        own: signed || certificate.names.some((name) => isAuthorityOf(name, certificate.issuer)),
        signed,
        keyed: belongs(mine, await files.read(server.key)),
      },
  }
}

/** Has chronyd chosen a server whose time it follows? Before that, and without any, it may be that of an empty battery. */
async function followsServers({ processes }: Pick<System, 'processes'>): Promise<boolean> {
  const { stdout } = await processes.run(['chronyc', '-n', '-c', 'sources'], { accept: [0, 1] })
  return /^\^,\*,/m.test(stdout)
}
