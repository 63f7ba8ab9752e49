import { join } from 'node:path'
import { BoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import type { Format } from './formats.ts'
import type { Places } from './place.ts'

/** Can this machine build at all? Asked before anything is begun. */

/** Bytes that a build from nothing needs: packages, base tree and image; for a disk also the toolbox, the root and the disk twice. */
const first = { rootfs: 2e9, raw: 4e9, qcow2: 5e9 } as const satisfies Record<Format, number>

/** What it needs where there is an image of the role, which has most of it. */
const further = { rootfs: 0.5e9, raw: 2.5e9, qcow2: 3.5e9 } as const satisfies Record<Format, number>

const programs: readonly (readonly [program: string, packageName: string])[] = [
  ['/usr/bin/mmdebstrap', 'mmdebstrap'],
  ['/usr/bin/apt-get', 'apt'],
  ['/usr/bin/dpkg-deb', 'dpkg'],
  ['/usr/bin/setpriv', 'util-linux'],
  ['/usr/bin/unshare', 'util-linux'],
]

interface Wanted {
  readonly role: string
  readonly format: Format
}

/** @throws `NOT_ROOT`, `TOOL_MISSING` (all that lack, at once), `DISK_FULL`. */
export async function checkHost(system: System, places: Places, { role, format }: Wanted): Promise<void> {
  const user = (await system.processes.run(['id', '-u'])).stdout.trim()
  if (user !== '0') {
    throw new BoxError('NOT_ROOT', 'Images are built by root: their files belong to many users', {
      hint: 'Run the same command with sudo.',
    })
  }
  const stats = await Promise.all(programs.map(([program]) => system.files.stat(program)))
  const lacking = new Set(programs.filter((_, index) => stats[index] === undefined).map(([, name]) => name))
  if (lacking.size > 0) {
    const names = [...lacking].join(' ')
    throw new BoxError('TOOL_MISSING', `This machine lacks ${names}`, { hint: `apt-get install ${names}` })
  }
  await system.files.makeFolder(places.work)
  const { free } = await system.files.space(places.work)
  const isFirst = (await system.files.stat(join(places.images, role, 'current'))) === undefined
  const needed = (isFirst ? first : further)[format]
  if (free >= needed) return
  throw new BoxError(
    'DISK_FULL',
    `An image as ${format} needs up to ${gigabytes(needed)} in ${places.work}, where ${gigabytes(free)} are free`,
    { hint: 'Free some space there; nothing was begun.' },
  )
}

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
