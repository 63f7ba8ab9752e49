import { join } from 'node:path'
import { BoxError, isBoxError } from '../../agent/errors.ts'
import { acquireSettings, aptConfiguration, aptFetch } from './argv.ts'
import { fileOf, type LockedPackage } from './lock.ts'
import { sourcesList, type Archive } from './sources.ts'
import { run, type Workshop } from './workshop.ts'

/**
 * Brings every locked package into the cache and checks each against its checksum, those that lay there too.
 * @throws `PACKAGE_MISSING` naming all packages that neither the cache nor an archive has.
 */
export async function fetch(
  shop: Workshop,
  packages: readonly LockedPackage[],
  archives: readonly Archive[],
): Promise<void> {
  await shop.stages.run(
    'packages',
    'checking what is cached',
    async (tell) => {
      await shop.system.files.makeFolder(shop.places.packages)
      const missing = await unsound(shop, packages, shop.places.packages)
      if (missing.length > 0) await download(shop, missing, archives, tell)
      await describe(shop, packages)
      // With the date of their last use, by which they may stay when no list names them any more.
      await run(shop, ['touch', '--no-create', '--', ...packages.map(fileOf)], { cwd: shop.places.packages })
      return missing
    },
    (missing) =>
      missing.length === 0
        ? `${packages.length} cached`
        : `${missing.length} downloaded (${megabytes(missing)} MB), ${packages.length - missing.length} cached`,
  )
}

const megabytes = (packages: readonly LockedPackage[]): number =>
  Math.round(packages.reduce((sum, { size }) => sum + size, 0) / 1e6)

/** Packages of which a folder has no file with the right checksum. */
async function unsound(
  shop: Workshop,
  packages: readonly LockedPackage[],
  folder: string,
): Promise<readonly LockedPackage[]> {
  const present = new Set(await shop.system.files.list(folder))
  const names = packages.map(fileOf).filter((name) => present.has(name))
  if (names.length === 0) return packages
  const { stdout } = await run(shop, ['sha256sum', '--', ...names], { cwd: folder })
  const sums = new Map(stdout.split('\n').map((line) => [line.slice(66), line.slice(0, 64)]))
  return packages.filter((one) => sums.get(fileOf(one)) !== one.sha256)
}

/** Asks one archive after the other, because a lock list does not say which one had the package. */
async function download(
  shop: Workshop,
  wanted: readonly LockedPackage[],
  archives: readonly Archive[],
  tell: (detail: string) => void,
): Promise<void> {
  const { files } = shop.system
  const folder = join(shop.work, 'download')
  await files.makeFolder(join(folder, 'lists/partial'))
  // What an address of `mirror+file:` means, apt learns from its sources only.
  await files.write(join(folder, 'sources.list'), sourcesList(archives, shop.keyring))
  const settings = await run(shop, ['apt-config', 'dump', 'Acquire'])
  const configuration = join(shop.work, 'download.conf')
  await files.write(configuration, aptConfiguration(folder, acquireSettings(settings.stdout)))

  let missing = wanted
  let failure: unknown
  for (const uri of new Set(archives.map((archive) => archive.uri))) {
    if (missing.length === 0) break
    const count = { done: wanted.length - missing.length }
    const asked = missing.map((one) => ({
      // From a folder of this machine too, apt shall make a file and no link.
      uri: `${uri.replace(/^file:/, 'copy:')}/${one.path}`,
      file: join(folder, fileOf(one)),
      sha256: one.sha256,
    }))
    try {
      await run(shop, aptFetch(asked), {
        env: { APT_CONFIG: configuration },
        onLine(line) {
          if (!line.startsWith('Get:')) return
          count.done += 1
          tell(`${Math.min(count.done, wanted.length)} of ${wanted.length}`)
        },
      })
    } catch (error) {
      // Whatever else it lacks, this archive may have given some: the next one is asked for the rest.
      if (!isBoxError(error, 'PACKAGE_MISSING', 'MIRROR_UNREACHABLE')) throw error
      failure = error
    }
    missing = await unsound(shop, missing, folder)
  }
  const got = wanted.filter((one) => !missing.includes(one))
  if (got.length > 0) {
    await run(shop, ['mv', '--', ...got.map((one) => join(folder, fileOf(one))), shop.places.packages])
  }
  if (missing.length === 0) return
  throw isBoxError(failure, 'MIRROR_UNREACHABLE') ? failure : missingPackages(missing, failure)
}

function missingPackages(missing: readonly LockedPackage[], cause: unknown): BoxError {
  const names = missing.map(({ name, version }) => `${name} ${version}`)
  const shown = names.length > 8 ? [...names.slice(0, 8), `${names.length - 8} more`] : names
  return new BoxError('PACKAGE_MISSING', `Neither mirror nor cache has ${shown.join(', ')}`, {
    cause,
    hint: 'Mirrors drop old versions: name one that keeps them with --mirror, or copy the packages into /var/cache/iserv-ctl/packages.',
  })
}

/** Writes each package's control text beside it; read once, because asking dpkg-deb is a process for each package. */
async function describe(shop: Workshop, packages: readonly LockedPackage[]): Promise<void> {
  const { files } = shop.system
  const folder = shop.places.packages
  const present = new Set(await files.list(folder))
  const fresh = packages.map(fileOf).filter((name) => !present.has(`${name}.control`))
  const batch = 8
  for (let start = 0; start < fresh.length; start += batch) {
    await Promise.all(
      fresh.slice(start, start + batch).map(async (name) => {
        const { stdout } = await run(shop, ['dpkg-deb', '--field', join(folder, name)])
        await files.write(join(folder, `${name}.control`), stdout)
      }),
    )
  }
}
