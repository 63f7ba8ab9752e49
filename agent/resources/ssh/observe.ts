import type { System } from '../../system/system.ts'
import type { SshActual } from './schema.ts'

export const unit = 'ssh.service'

/** Made by iserv-ssh-key.service before sshd starts for the first time. */
const hostKey = '/var/lib/iserv/ssh/host.pub'

/** Keys are read at each sign-in, so what remains to be asked is whether sshd answers, and as whom. */
export async function observe(system: System): Promise<SshActual> {
  const { active } = await system.units.status(unit)
  return {
    active: active === 'active' || active === 'activating' || active === 'reloading',
    shown: active === 'active' ? await askKey(system) : undefined,
    present: (await system.files.read(hostKey))?.trim().split(' ').slice(0, 2).join(' '),
  }
}

/**
 * Begins a connection as a client does, up to the key of the server.
 * @returns undefined when nobody answers.
 */
export async function askKey({ processes }: Pick<System, 'processes'>): Promise<string | undefined> {
  const argv = ['ssh-keyscan', '-q', '-T', '5', '-t', 'ed25519', '127.0.0.1'] as const
  const { stdout } = await processes.run(argv, { accept: [0, 1] })
  return /^127\.0\.0\.1 (\S+ \S+)$/m.exec(stdout)?.[1]
}
