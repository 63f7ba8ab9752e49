import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localSystem } from '../../agent/system/local.ts'
import { defaultCache, placesUnder } from '../../cli/build/place.ts'
import type { Stages } from '../../cli/build/stages.ts'
import { openWork, type Workshop } from '../../cli/build/workshop.ts'
import { until } from '../../cli/lab/until.ts'
import { ownerLives, ownOwner } from '../../cli/lab/record.ts'

interface Teardown {
  teardown(handler: () => Promise<void>): void
}

export const quiet = { stage: () => undefined, update: () => undefined, done: () => undefined }

/**
 * A build cache of its own, with the packages that this machine has already; removed at the end, or by the next one if
 * its process is killed.
 */
export async function freshCache(t: Teardown): Promise<string> {
  const system = localSystem()
  await mkdir(defaultCache, { recursive: true })
  for (const name of await readdir(defaultCache)) {
    const [, pid, started] = /^test-(\d+)-(\d+)-/.exec(name) ?? []
    if (pid === undefined || started === undefined) continue
    if (!(await ownerLives({ pid: Number(pid), started }, system))) await system.files.remove(join(defaultCache, name))
  }
  const { pid, started } = await ownOwner(system)
  const cache = await mkdtemp(join(defaultCache, `test-${pid}-${started}-`))
  t.teardown(() => system.files.remove(cache))
  const packages = placesUnder(defaultCache).packages
  if ((await readdir(packages).catch(() => [])).length > 0) {
    // Same disk: links cost nothing.
    await system.processes.run(['cp', '--archive', '--link', packages, cache])
  }
  return cache
}

/** The same with the trees that this machine has: what comes after them is made at once. */
export async function warmCache(t: Teardown): Promise<string> {
  const cache = await freshCache(t)
  const places = placesUnder(defaultCache)
  const there = [places.trees, places.nodes, places.resolved]
  await localSystem().processes.run(['cp', '--archive', '--link', ...there, cache], { timeout: 300_000 })
  return cache
}

const silentStages: Stages = {
  expect: () => undefined,
  skip: () => undefined,
  run: (_name, _detail, act) => act(() => undefined),
}

/** What a single step of a build needs. */
export async function workshopIn(cache: string, signal = new AbortController().signal): Promise<Workshop> {
  const system = localSystem()
  const places = placesUnder(cache)
  const work = await openWork(system, places)
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
  return { system, places, work, keyring, signal, stages: silentStages }
}

/** Whatever of this machine still has to do with a folder: mounts in any namespace, programs that name it. */
export async function tracesOf(folder: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const read = (path: string) => readFile(path, 'utf8').catch(() => '')
  const found = await Promise.all(
    pids.map(async (pid) => {
      const mounted = (await read(`/proc/${pid}/mountinfo`)).split('\n').filter((line) => line.includes(folder))
      const argv = await read(`/proc/${pid}/cmdline`)
      return [...mounted, ...(argv.includes(folder) ? [argv.replaceAll('\0', ' ')] : [])]
    }),
  )
  return found.flat()
}

/** A program that a build has begun: a child of its process that names the folder. */
export async function programOf(build: number, folder: string): Promise<number> {
  const look = async (): Promise<number | undefined> => {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
    const found = await Promise.all(
      pids.map(async (pid) => {
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
        return parent === build && (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(folder)
      }),
    )
    const [pid] = pids.filter((_, index) => found[index])
    return pid === undefined ? undefined : Number(pid)
  }
  return until(look, { what: `a program of the build in ${folder}`, every: 1, timeout: 300_000 })
}
