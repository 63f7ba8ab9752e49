import type { System } from '../../system/system.ts'
import { askingFile, statusAddress } from './paths.ts'

/**
 * Asks the running FreeRADIUS a question of RADIUS, with the secret that only root can read.
 * @returns the words of its answer, empty when it gives none; undefined when nobody answers.
 */
async function ask(
  kind: 'status' | 'auth',
  attributes: readonly string[],
  system: System,
): Promise<string | undefined> {
  const argv = ['radclient', '-x', '-r', '1', '-t', '5', '-S', askingFile, statusAddress, kind] as const
  const input = ['Message-Authenticator = 0x00', ...attributes].map((line) => `${line}\n`).join('')
  const { stdout } = await system.processes.run(argv, { accept: [0, 1], input })
  if (!/^Received Access-(Accept|Reject) /m.test(stdout)) return undefined
  return /^\s*Reply-Message = "(.*)"$/m.exec(stdout)?.[1] ?? ''
}

/** The digest of what it has loaded. */
export function askLoaded(system: System): Promise<string | undefined> {
  return ask('status', [], system)
}

/**
 * A sign-in with a name that nobody can have: judged by the directory, it is refused for that.
 * @returns why it was refused.
 */
export function askDirectory(system: System): Promise<string | undefined> {
  const challenge = '00'.repeat(16)
  const response = '00'.repeat(50)
  return ask(
    'auth',
    ['User-Name = "nobody?"', `MS-CHAP-Challenge = 0x${challenge}`, `MS-CHAP2-Response = 0x${response}`],
    system,
  )
}

/** Devices that FreeRADIUS has turned away in the last minutes, because passwords were guessed with them; it says so in the journal. */
export async function askWaiting({ processes }: Pick<System, 'processes'>): Promise<readonly string[]> {
  const { stdout } = await processes.run(
    [
      'journalctl',
      '--unit=freeradius.service',
      '--since=-10min',
      '--grep=^refused .* too many wrong passwords from this device$',
      '--output=cat',
      '--quiet',
      '--lines=1000',
    ],
    { accept: [0, 1] },
  )
  const cards = [...stdout.matchAll(/^refused \S+ (?<card>[0-9A-Fa-f:.-]{12,17}) /gm)]
  return [...new Set(cards.map(({ groups }) => (groups?.['card'] ?? '').toLowerCase().replaceAll('-', ':')))]
}
