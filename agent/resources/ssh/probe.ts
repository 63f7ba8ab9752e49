import type { Finding } from '../../engine/resource.ts'
import type { System } from '../../system/system.ts'
import { askKey } from './observe.ts'
import type { SshDesired } from './schema.ts'

export async function probe({ language, keys }: SshDesired, system: System): Promise<readonly Finding[]> {
  if (keys.length === 0) return []
  const say = sentences[language]
  if ((await askKey(system)) === undefined) return [{ code: 'ssh-silent', severity: 'error', message: say.silent }]
  const waits = await waiting(system)
  return [
    { code: 'ssh-serves', severity: 'ok', message: say.serves },
    ...waits.slice(0, listed).map((address): Finding => ({
      code: 'ssh-waits',
      severity: 'warning',
      message: say.waits(address),
    })),
  ]
}

/** Single addresses that are told. */
const listed = 10

/** Addresses that sshd has turned away in the last minutes, because they came with wrong keys; it says so in the journal. */
async function waiting({ processes }: Pick<System, 'processes'>): Promise<readonly string[]> {
  const { stdout } = await processes.run(
    [
      'journalctl',
      '--unit=ssh.service',
      '--since=-10min',
      '--grep=^drop connection .* penalty',
      '--output=cat',
      '--quiet',
      '--lines=1000',
    ],
    { accept: [0, 1] },
  )
  return [...new Set([...stdout.matchAll(/ from \[([0-9a-f.:]+)\]/g)].map(([, address = '']) => address))]
}

const sentences = {
  de: {
    serves: 'Die Verwaltung aus der Ferne (SSH) antwortet.',
    waits: (address: string) =>
      `Von ${address} wurde SSH mit falschen Schlüsseln versucht; von dort kommt eine Weile niemand herein.`,
    silent: 'Die Verwaltung aus der Ferne (SSH) antwortet nicht.',
  },
  en: {
    serves: 'Administration from elsewhere (SSH) answers.',
    waits: (address: string) => `SSH was tried from ${address} with wrong keys; nobody gets in from there for a while.`,
    silent: 'Administration from elsewhere (SSH) does not answer.',
  },
} as const
