import type { Finding } from '../../engine/resource.ts'
import type { System } from '../../system/system.ts'
import { askKey } from './observe.ts'
import type { SshDesired } from './schema.ts'

export async function probe({ language, keys }: SshDesired, system: System): Promise<readonly Finding[]> {
  if (keys.length === 0) return []
  const say = sentences[language]
  return (await askKey(system)) === undefined
    ? [{ code: 'ssh-silent', severity: 'error', message: say.silent }]
    : [{ code: 'ssh-serves', severity: 'ok', message: say.serves }]
}

const sentences = {
  de: {
    serves: 'Die Verwaltung aus der Ferne (SSH) antwortet.',
    silent: 'Die Verwaltung aus der Ferne (SSH) antwortet nicht.',
  },
  en: {
    serves: 'Administration from elsewhere (SSH) answers.',
    silent: 'Administration from elsewhere (SSH) does not answer.',
  },
} as const
