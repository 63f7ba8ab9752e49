import { isBoxError } from '../../errors.ts'
import type { System } from '../../system/system.ts'
import { stampsOf, wholeShapes } from './compile.ts'
import { control } from './control.ts'
import { markerName, type Marker } from './marker.ts'
import type { DnsActual, LocalRecord, Running } from './schema.ts'

/** Asks the running unbound; of files only those are looked at that it cannot tell of: lists. */
export async function observe(system: System): Promise<DnsActual> {
  const { files } = system
  return { running: await observeRunning(system), files: await stampsOf(files), compiled: await wholeShapes(files) }
}

async function observeRunning(system: System): Promise<Running | undefined> {
  try {
    const data = await control(system, 'list_local_data')
    const forwards = await control(system, 'list_forwards')
    const stubs = await control(system, 'list_stubs')
    return { ...readLocalData(data), forwards: readServers(forwards), stubs: readServers(stubs) }
  } catch (error) {
    if (isBoxError(error, 'SOCKET_UNREACHABLE')) return undefined
    throw error
  }
}

/** Lines `name. TTL IN TYPE value`; unbound puts an empty line between them. */
export function readLocalData(text: string): Omit<Running, 'forwards' | 'stubs'> {
  const markers: Record<string, string> = {}
  const records: LocalRecord[] = []
  for (const line of text.split('\n')) {
    const [name = '', , , type = '', value = ''] = line.split(/[\t ]/)
    if (type === 'TXT') markers[name] = value.replaceAll('"', '')
    else if (type === 'A' || type === 'AAAA' || type === 'PTR') records.push({ name, type, value })
  }
  const marker = (which: Marker): string => markers[markerName(which)] ?? ''
  const digests = { listen: marker('listen'), config: marker('config'), names: marker('names'), lists: marker('lists') }
  return { ...digests, records }
}

/** Lines `. IN forward 192.0.2.1 192.0.2.2` and `schule.lan. IN stub noprime 10.20.0.3`: addresses by zone. */
export function readServers(text: string): Readonly<Record<string, readonly string[]>> {
  const servers: Record<string, readonly string[]> = {}
  for (const line of text.split('\n')) {
    const [zone = '', , , ...words] = line.split(' ')
    if (words.length > 0) servers[zone] = words.filter((word) => /^[\d.]+$|:/.test(word))
  }
  return servers
}
