import type { Audience } from '../contract/operation.ts'

export interface ActivatedSocket {
  readonly fd: number
  readonly audience: Audience
}

/** systemd hands sockets over from this descriptor on: sd_listen_fds(3). */
const firstDescriptor = 3

/**
 * Pure: the sockets systemd has made for us, by the names its socket units give them. systemd makes them with the
 * right owner before the agent starts and keeps them when it restarts, so that no caller ever finds a stale one.
 */
export function activated(environment: Readonly<Record<string, string | undefined>>): readonly ActivatedSocket[] {
  const count = Number(environment['LISTEN_FDS'] ?? 0)
  const names = (environment['LISTEN_FDNAMES'] ?? '').split(':')
  return Array.from({ length: count }, (_, index): ActivatedSocket => {
    const name = names[index]
    if (name !== 'root' && name !== 'platform') throw new Error(`systemd handed over a socket named "${name}"`)
    return { fd: firstDescriptor + index, audience: name }
  })
}
