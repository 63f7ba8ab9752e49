import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the kernel tells the packet sockets of whoever reads it, in the reader's network namespace. */
export const packetSockets = '/proc/net/packet'

/**
 * Interfaces on which a socket hears the packets of every protocol (type 3 is SOCK_RAW, protocol 0003 ETH_P_ALL). Read
 * rather than asked of `ss`, which would be a process more in every look at the box.
 * @param text of `packetSockets`.
 * @param classes folder of the same namespace's interfaces: `/sys/class/net`.
 */
export async function hearing(text: string, classes: string): Promise<readonly string[]> {
  const heard = new Set(
    text
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .flatMap(([, , type, protocol, index = '']) => (type === '3' && protocol === '0003' ? [index] : [])),
  )
  const names = await readdir(classes)
  const indexes = await Promise.all(
    // An interface may go while we look.
    names.map((name) => readFile(join(classes, name, 'ifindex'), 'utf8').catch(() => '')),
  )
  return names.filter((_, at) => heard.has(indexes[at]?.trim() ?? ''))
}
