import { z } from 'zod'
import { BoxError } from '../../agent/errors.ts'
import type { Archive } from './sources.ts'

/** The lock list: every package of an image by version and checksum, so that it can be built again bit by bit. Pure. */

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const LockedPackage = z.strictObject({
  name: z.string(),
  version: z.string(),
  architecture: z.string(),
  sha256: Sha256,
  size: z.int().positive(),
  /** Below the archive's root: `pool/main/k/kea/…`. */
  path: z.string(),
})
export type LockedPackage = z.infer<typeof LockedPackage>

export const Lock = z.strictObject({
  format: z.literal(1),
  role: z.string(),
  release: z.string(),
  /** Seconds since 1970 of the newest archive index; every date in the image is this one. */
  epoch: z.int().positive(),
  packages: z.array(LockedPackage),
  /** Packages of the programs that made the image. */
  tools: z.array(LockedPackage),
  /** Our own part of the image; told, not enforced. */
  own: z.strictObject({ version: z.string(), digest: Sha256 }).optional(),
})
export type Lock = z.infer<typeof Lock>

/** @throws `FILE_UNREADABLE` with each place that is wrong. */
export function parseLock(path: string, text: string): Lock {
  const refuse = (message: string, problems: readonly { path: string; message: string }[] = []): BoxError =>
    new BoxError('FILE_UNREADABLE', `${path} is no lock list: ${message}`, {
      hint: 'Lock lists are written beside each image: <role>.lock.json.',
      problems: problems.map((problem) => ({ severity: 'error', file: path, ...problem })),
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw refuse(`not JSON (${error instanceof Error ? error.message : String(error)})`)
  }
  const parsed = Lock.safeParse(value)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  throw refuse(
    `${issues.length} of its values are wrong`,
    issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  )
}

/** Packages from `apt-get --print-uris` with SHA-256 sums: `'URI' name_version_arch.deb size SHA256:hex`. */
export function packagesOf(printed: string, archives: readonly Archive[]): readonly LockedPackage[] {
  const found = [...printed.matchAll(/^'([^']+)' (\S+)_(\S+)_(\S+)\.deb (\d+) SHA256:([0-9a-f]{64})$/gm)]
  return found
    .map(([, uri = '', name = '', version = '', architecture = '', size = '', sha256 = '']) => ({
      name,
      version: decodeURIComponent(version),
      architecture,
      sha256,
      size: Number(size),
      path: decodeURIComponent(withoutArchive(uri, archives)),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function withoutArchive(uri: string, archives: readonly Archive[]): string {
  const archive = archives.find((one) => uri.startsWith(`${one.uri}/`))
  if (archive === undefined) throw new Error(`apt named ${uri}, which is in none of its sources`)
  return uri.slice(archive.uri.length + 1)
}

/** Name of the package's file in the cache. A colon (epoch) is written as apt writes it. */
export const fileOf = (locked: LockedPackage): string =>
  `${locked.name}_${locked.version.replaceAll(':', '%3a')}_${locked.architecture}.deb`

/** Seconds since 1970 from the `Date:` of archive indexes (InRelease); the newest one counts. */
export function epochOf(indexes: readonly string[]): number {
  const dates = indexes.map((text) => Date.parse(/^Date: (.+)$/m.exec(text)?.[1] ?? ''))
  return Math.floor(Math.max(...dates) / 1000)
}
