import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { localSystem } from '../../agent/system/local.ts'
import type { Processes } from '../../agent/system/system.ts'

/** Disks so small that a test can fill them. */

/**
 * Lays one over a folder, until the test's end.
 * @param limit as mount understands it: `size=1m`, `nr_inodes=100`
 * @param processes of the machine on which the folder lies
 */
export async function smallDisk(
  t: { teardown(handler: () => Promise<void>): unknown },
  folder: string,
  limit: string,
  processes: Processes = localSystem().processes,
): Promise<void> {
  await processes.run(['mkdir', '--parents', folder])
  await processes.run(['mount', '-t', 'tmpfs', '-o', limit, 'tmpfs', folder])
  t.teardown(async () => {
    // Whoever has failed may have files open still.
    await processes.run(['umount', '--lazy', folder], { accept: [0, 32] })
  })
}

const ballast = 'ballast'

/** Leaves so many bytes free. */
export function fillBytes(folder: string, free: number): void {
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(join(folder, ballast), Buffer.alloc(Math.max(0, bavail * bsize - free)))
}

/** Leaves room for so many files and folders. */
export function fillFiles(folder: string, free: number): void {
  mkdirSync(join(folder, ballast))
  const { ffree } = statfsSync(folder)
  for (let count = free; count < ffree; count += 1) writeFileSync(join(folder, ballast, String(count)), '')
}

export function makeRoom(folder: string): void {
  rmSync(join(folder, ballast), { recursive: true })
}
