import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localSystem } from '../../agent/system/local.ts'
import type { Argv } from '../../agent/system/system.ts'
import { buildImage, type BuildRequest } from '../../cli/build/build.ts'
import { mmdebstrap } from '../../cli/build/argv.ts'
import { fileOf, parseLock } from '../../cli/build/lock.ts'
import { layersOf } from '../../cli/build/recipe.ts'
import { hooksOf, readRecipe } from '../../cli/build/role.ts'
import { release, sourcesList } from '../../cli/build/sources.ts'
import { oneRamdisk } from '../../cli/build/tree.ts'
import { freshCache, quiet } from '../support/workshop.ts'
import type { Bounds } from '../support/bench.ts'

const system = localSystem()
const { signal } = new AbortController()
const around = { system, progress: quiet, signal, warn: (line: string) => console.error(line) }
const role = 'school'
const request: BuildRequest = { role, format: 'rootfs', mirrors: [], refresh: false }
const rounds = 2
const longest = 45 * 60_000

export const bounds: Bounds = { unit: 's', must: { ratio: 1.3 }, aim: { ratio: 1.15 } }

/**
 * A full build of the root from packages that are cached: asking the archive, base tree, our own part, lock list and bill of
 * materials. The peer is mmdebstrap alone, which asks the archive, too: the same list, cache and speed-ups, and by the same
 * hooks the same files left out and the same initial ramdisk.
 */
export async function bench() {
  // Fills the package cache.
  const { lock } = await buildImage(request, around)
  const { packages } = parseLock(lock, (await system.files.read(lock)) ?? '')
  const ours: number[] = []
  const peer: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    ours.push(await inFreshCache((cache) => timed(() => buildImage({ ...request, cache }, around))))
    peer.push(await inFreshCache((cache) => barely(cache, packages.map(fileOf))))
    console.error(`round ${round} of ${rounds}: ours ${ours.at(-1)} s, mmdebstrap ${peer.at(-1)} s`)
  }
  const disk = await inFreshCache((cache) => timed(() => buildImage({ ...request, cache, format: 'raw' }, around)))
  console.error(`the same up to a whole disk (raw), tools included: ${disk} s`)
  return { ours: Math.min(...ours), peer: Math.min(...peer), limit: null }
}

async function inFreshCache<T>(act: (cache: string) => Promise<T>): Promise<T> {
  const undo: (() => Promise<void>)[] = []
  const cache = await freshCache({ teardown: (handler) => void undo.push(handler) })
  try {
    return await act(cache)
  } finally {
    for (const handler of undo) await handler()
  }
}

async function barely(cache: string, files: readonly string[]): Promise<number> {
  const { packages, archives } = await readRecipe(system.files, role, [])
  const { hooks } = await hooksOf(system.files, role)
  const sourcesFile = join(cache, 'sources.list')
  await writeFile(sourcesFile, sourcesList(archives, '/usr/share/keyrings/debian-archive-keyring.gpg'))
  const held = join(cache, 'held')
  await mkdir(held)
  await system.processes.run(['ln', '--', ...files.map((name) => join(cache, 'packages', name)), held])
  const argv: Argv = [
    ...mmdebstrap({ release, tree: join(cache, 'tree'), sourcesFile, packages, hooks }),
    // The manual's way to keep packages between runs.
    '--skip=download/empty',
    '--skip=essential/unlink',
    '--setup-hook=mkdir -p "$1/var/cache/apt/archives"',
    `--setup-hook=cp ${held}/*.deb "$1/var/cache/apt/archives/"`,
  ]
  const env = { ...oneRamdisk, ISERV_LAYERS: layersOf(role).join(' ') }
  return timed(() => system.processes.run(argv, { timeout: longest, env }))
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return Number(((performance.now() - began) / 1000).toFixed(1))
}
