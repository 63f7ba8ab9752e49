import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localSystem } from '../../agent/system/local.ts'
import type { Argv } from '../../agent/system/system.ts'
import { buildImage, type BuildRequest } from '../../cli/build/build.ts'
import { readRecipe } from '../../cli/build/role.ts'
import { sourcesList } from '../../cli/build/sources.ts'
import { freshCache, quiet } from '../support/workshop.ts'

const system = localSystem()
const { signal } = new AbortController()
const around = { system, progress: quiet, signal, warn: (line: string) => console.error(line) }
const request: BuildRequest = { role: 'school', format: 'rootfs', mirrors: [], refresh: false }
const rounds = 2
const longest = 45 * 60_000

/**
 * A full build of the root from packages that are cached: asking the archive, base tree, our own part, lock list and bill of
 * materials. The peer is mmdebstrap alone with the same list, archives, cache and speed-ups, without any of that.
 */
export async function bench() {
  // Fills the package cache.
  await buildImage(request, around)
  const ours: number[] = []
  const peer: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    ours.push(await inFreshCache((cache) => timed(() => buildImage({ ...request, cache }, around))))
    peer.push(await inFreshCache((cache) => barely(cache)))
    console.error(`round ${round} of ${rounds}: ours ${ours.at(-1)} s, mmdebstrap ${peer.at(-1)} s`)
  }
  const disk = await inFreshCache((cache) => timed(() => buildImage({ ...request, cache, format: 'raw' }, around)))
  console.error(`the same up to a whole disk (raw), tools included: ${disk} s`)
  return { ours: Math.min(...ours), peer: Math.min(...peer), limit: null, unit: 's' }
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

async function barely(cache: string): Promise<number> {
  const { packages, archives } = await readRecipe(system.files, 'school', [])
  const sources = join(cache, 'sources.list')
  await writeFile(sources, sourcesList(archives, '/usr/share/keyrings/debian-archive-keyring.gpg'))
  const argv: Argv = [
    'mmdebstrap',
    '--mode=root',
    '--variant=essential',
    '--format=directory',
    '--aptopt=Acquire::Languages "none"',
    '--dpkgopt=force-unsafe-io',
    // The manual's way to keep packages between runs.
    '--skip=download/empty',
    '--skip=essential/unlink',
    '--setup-hook=mkdir -p "$1/var/cache/apt/archives"',
    `--setup-hook=cp ${join(cache, 'packages')}/*.deb "$1/var/cache/apt/archives/"`,
    `--include=${packages.join(',')}`,
    'trixie',
    join(cache, 'tree'),
    sources,
  ]
  return timed(() => system.processes.run(argv, { timeout: longest }))
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return Number(((performance.now() - began) / 1000).toFixed(1))
}
