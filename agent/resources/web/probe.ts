import type { Finding } from '../../engine/resource.ts'
import { isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { pageSocket } from './render.ts'
import type { WebDesired } from './schema.ts'

/** Opens the page as nginx would for the box itself. */
export async function probe({ language, page }: WebDesired, system: System): Promise<readonly Finding[]> {
  if (page === undefined) return []
  const say = sentences[language]
  return (await opens(system))
    ? [{ code: 'page-serves', severity: 'ok', message: say.serves }]
    : [{ code: 'page-silent', severity: 'error', message: say.silent }]
}

async function opens(system: System): Promise<boolean> {
  try {
    const answer = await system.network.exchange(pageSocket, 'GET / HTTP/1.0\r\nX-Real-IP: 127.0.0.1\r\n\r\n')
    return /^HTTP\/1\.\d 200 /.test(answer)
  } catch (error) {
    if (isBoxError(error, 'SOCKET_UNREACHABLE')) return false
    throw error
  }
}

const sentences = {
  de: {
    serves: 'Die Seite des Schulservers lässt sich öffnen.',
    silent: 'Die Seite des Schulservers lässt sich nicht öffnen.',
  },
  en: { serves: 'The page of the school server opens.', silent: 'The page of the school server does not open.' },
} as const
