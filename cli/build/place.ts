import { join, resolve } from 'node:path'

/** Where things lie on the building machine. Pure: paths only. */

/** The project's own folder: the image's data and our code are taken from here. */
export const project = resolve(import.meta.dirname, '../..')

export const defaultCache = '/var/cache/iserv-ctl'

export interface Places {
  /** Packages as files, each beside its control text. */
  readonly packages: string
  /** What a package list led to, by the digest of what was asked. */
  readonly resolved: string
  /** Debian trees, by the digest of their packages and recipe. */
  readonly trees: string
  /** Node binaries by their digest: each image links the one it carries. */
  readonly nodes: string
  /** Finished images: `<role>/<digest>/`, and `<role>/current` as a link to the newest. */
  readonly images: string
  /** One folder for each running build, named by its process; whatever is half done lies here. */
  readonly work: string
  /** How long each stage took, for the time left. */
  readonly durations: string
}

export function placesUnder(cache: string): Places {
  return {
    packages: join(cache, 'packages'),
    resolved: join(cache, 'resolved'),
    trees: join(cache, 'trees'),
    nodes: join(cache, 'nodes'),
    images: join(cache, 'images'),
    work: join(cache, 'work'),
    durations: join(cache, 'durations.json'),
  }
}
