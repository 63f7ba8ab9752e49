import { join } from 'node:path'
import { BoxError } from '../../agent/errors.ts'
import { acquireSettings, aptConfiguration, aptResolve, aptUpdate } from './argv.ts'
import { use } from './keep.ts'
import { epochOf, packagesOf, parseLock, type Lock } from './lock.ts'
import { digestOf, shortDigest, type Recipe } from './recipe.ts'
import { release, sourcesList } from './sources.ts'
import { run, type Workshop } from './workshop.ts'

/** From names of packages to a lock list: what the archives have today, as their signed indexes say. */
export async function resolve(shop: Workshop, role: string, recipe: Recipe, refresh: boolean): Promise<Lock> {
  const { system, places, stages, keyring } = shop
  const cached = join(places.resolved, `${shortDigest(digestOf(role, recipe, aptResolve([])))}.json`)
  await use(shop, cached)
  const known = refresh ? undefined : await system.files.read(cached)
  if (known !== undefined) {
    const lock = parseLock(cached, known)
    const old = lock.epoch * 1000 < system.clock.now() - fresh
    stages.skip('resolve', `cached, archive of ${day(lock.epoch)}${old ? ': --refresh takes newer packages' : ''}`)
    return lock
  }
  return stages.run(
    'resolve',
    `${recipe.packages.length} packages named`,
    async () => {
      if ((await system.files.stat(keyring)) === undefined) {
        throw new BoxError('TOOL_MISSING', `The keys of Debian's archives are not at ${keyring}`, {
          hint: 'apt-get install debian-archive-keyring',
        })
      }
      const apt = await openApt(shop, sourcesList(recipe.archives, keyring))
      const env = { APT_CONFIG: join(apt, 'apt.conf') }
      await run(shop, aptUpdate, { env })
      const lists = join(apt, 'lists')
      const indexes = (await system.files.list(lists)).filter((name) => name.endsWith('_InRelease'))
      const texts = await Promise.all(indexes.map(async (name) => (await system.files.read(join(lists, name))) ?? ''))
      const named = async (names: readonly string[]) =>
        packagesOf((await run(shop, aptResolve(names), { env })).stdout, recipe.archives)
      const packages = await named(recipe.packages)
      const tools = await named(recipe.tools)
      const lock: Lock = { format: 1, role, release, epoch: epochOf(texts), packages: [...packages], tools: [...tools] }
      await system.files.makeFolder(places.resolved)
      await system.files.write(cached, `${JSON.stringify(lock)}\n`)
      return lock
    },
    (lock) => `${lock.packages.length} packages, archive of ${day(lock.epoch)}`,
  )
}

/** Milliseconds after which security updates are to be expected. */
const fresh = 14 * 24 * 60 * 60_000

const day = (epoch: number): string => new Date(epoch * 1000).toISOString().slice(0, 10)

/** An apt of our own beside the machine's: its folder, with the configuration in `apt.conf`. */
async function openApt(shop: Workshop, sources: string): Promise<string> {
  const { files } = shop.system
  const apt = join(shop.work, 'apt')
  await files.makeFolder(join(apt, 'lists/partial'))
  await files.makeFolder(join(apt, 'cache/archives/partial'))
  await files.write(join(apt, 'status'), '')
  await files.write(join(apt, 'sources.list'), sources)
  const settings = await run(shop, ['apt-config', 'dump', 'Acquire'])
  await files.write(join(apt, 'apt.conf'), aptConfiguration(apt, acquireSettings(settings.stdout)))
  return apt
}
