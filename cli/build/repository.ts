import { createHash } from 'node:crypto'
import { fileOf, type LockedPackage } from './lock.ts'
import { release } from './sources.ts'

/** Indexes of a flat package archive that holds exactly the packages of a lock list. Pure. */

/** The text of `Packages`: each package's control text with where its file is and what it must be. */
export function repositoryIndex(locked: readonly LockedPackage[], controls: readonly string[]): string {
  return locked
    .map((one, index) => {
      const control = (controls[index] ?? '').trimEnd()
      return `${control}\nFilename: ./${fileOf(one)}\nSize: ${one.size}\nSHA256: ${one.sha256}\n`
    })
    .join('\n')
}

/** The text of `Release`; mmdebstrap takes essential packages only from an archive of the code name it builds. */
export function releaseFile(index: string, epoch: number): string {
  const sum = createHash('sha256').update(index).digest('hex')
  return `Origin: Debian
Suite: ${release}
Codename: ${release}
Architectures: amd64
Date: ${new Date(epoch * 1000).toUTCString().replace('GMT', 'UTC')}
SHA256:
 ${sum} ${Buffer.byteLength(index)} Packages
`
}
