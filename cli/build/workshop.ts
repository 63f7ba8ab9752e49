import { randomUUID } from 'node:crypto'
import { basename, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { BoxError, isBoxError } from '../../agent/errors.ts'
import type { Argv, RunOptions, RunResult, System } from '../../agent/system/system.ts'
import { troubleIn } from './judge.ts'
import type { Places } from './place.ts'
import type { Stages } from './stages.ts'

/** What every step of a build has at hand: the machine, the cache, a folder of its own for what is half done. */
export interface Workshop {
  readonly system: System
  readonly places: Places
  readonly stages: Stages
  readonly signal: AbortSignal
  /** Removed at the end, whatever happens; after kill -9 by the next build. */
  readonly work: string
  /** The keys that archives must be signed with. */
  readonly keyring: string
}

/** Nothing in a build takes longer unless it hangs. */
const longest = 45 * 60_000

/**
 * Runs a program of a build: quietly, in English, until the user interrupts or this process ends, because the next build
 * clears its folder away; its failure in our words where we know them.
 */
export async function run(
  { system, signal }: Pick<Workshop, 'system' | 'signal'>,
  argv: Argv,
  options: RunOptions = {},
): Promise<RunResult> {
  const heard: string[] = []
  try {
    return await system.processes.run(argv, {
      timeout: longest,
      signal,
      tied: true,
      ...options,
      env: { LC_ALL: 'C', TZ: 'UTC', ...options.env },
      onLine(line) {
        heard.push(line)
        options.onLine?.(line)
      },
    })
  } catch (error) {
    // Ctrl-C reaches the program before us: it may end with a failure of its own first.
    if (signal.aborted) throw interrupted(error)
    if (!isBoxError(error, 'PROCESS_FAILED')) throw error
    throw troubleIn(heard.join('\n')) ?? error
  }
}

export function interrupted(cause: unknown): BoxError {
  return new BoxError('INTERRUPTED', 'The build was interrupted', {
    cause,
    hint: 'Nothing half done was kept. Build again with the same command: finished stages come from the cache.',
  })
}

/** A working folder named by this process, so that others can tell whether its owner still lives. */
export async function openWork(system: System, places: Places): Promise<string> {
  await removeOrphans(system, places)
  const owner = `${process.pid}.${await startOf(system, String(process.pid))}`
  // One process may run several builds.
  const work = join(places.work, `${owner}.${randomUUID().slice(0, 8)}`)
  await system.files.makeFolder(work)
  return work
}

/** Folders of builds whose process is gone: they were killed. */
async function removeOrphans(system: System, places: Places): Promise<void> {
  for (const name of await system.files.list(places.work)) {
    const [pid = '', start = ''] = name.split('.')
    if ((await startOf(system, pid)) !== start) await system.files.remove(join(places.work, name))
  }
}

/**
 * Takes a piece of work on, by a folder of its name in our working folder, unless another living build has: then waits
 * until that build has finished it or died.
 * @param made whether the result is there by now
 * @returns true: ours to make, in that folder; false: another build made it
 */
export async function claim(shop: Workshop, name: string, made: () => Promise<boolean>): Promise<boolean> {
  const { system, places, work, signal } = shop
  const ours = join(work, name)
  for (;;) {
    if (await made()) return false
    await system.files.makeFolder(ours)
    const others = (await system.files.list(places.work)).filter((owner) => owner !== basename(work))
    const claims = await Promise.all(others.map((owner) => system.files.stat(join(places.work, owner, name))))
    if (claims.every((one) => one === undefined)) {
      // The other build may have finished, and gone, between our first look and our claim.
      if (!(await made())) return true
      await system.files.remove(ours)
      return false
    }
    // Both step back when two begin at once; unlike pauses let one of them come first.
    await system.files.remove(ours)
    await setTimeout(300 + Math.random() * 700, undefined, { signal })
    await removeOrphans(system, places)
  }
}

/** When a process started, in clock ticks since boot: with its number this names it for ever. */
async function startOf(system: System, pid: string): Promise<string> {
  const stat = (await system.files.read(`/proc/${pid}/stat`)) ?? ''
  // The program's name, in parentheses, may hold spaces; the start is the 20th field after it.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
