import { BoxError } from '../../agent/errors.ts'
import type { System } from '../../agent/system/system.ts'
import { lockFolder } from './layout.ts'

/**
 * Does something to a lab while nobody else takes one or sweeps one away: two who find the same dead lab would sweep away
 * what the quicker one has built since. The lock is one for all labs, on a folder that only root can open, so nobody else
 * can keep it; a program holds it for as long as we say nothing more to it, and the kernel takes it back when we end,
 * however we do.
 */
export async function alone<T>(host: System, act: () => Promise<T>): Promise<T> {
  await host.files.makeFolder(lockFolder, 0o700)
  const [held, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holder = host.processes.run([...hold, lockFolder, 'cat'], {
    input: untilDone(done.promise),
    onLine: () => held.resolve(),
    accept: [0, busy],
    timeout: actTime,
  })
  try {
    const gaveUp = await Promise.race([held.promise, holder])
    if (gaveUp !== undefined) {
      throw new BoxError('LAB_FAILED', `Waited ${patience} s in vain for others to let go of the labs`)
    }
    return await act()
  } finally {
    done.resolve()
    await holder
  }
}

/** What is said comes back as soon as the lock is held. */
async function* untilDone(done: Promise<void>): AsyncGenerator<string> {
  yield 'held\n'
  await done
}

/** Seconds: a box that dies may have much to let go of. */
const patience = 120

/** Milliseconds, more than anybody does alone. */
const actTime = 3_600_000

/** Exit status when others have not let go. */
const busy = 75

/** In a session of its own: Ctrl-C is meant for us, and we still tidy up under the lock. */
const hold = ['setsid', 'flock', '--no-fork', `--timeout=${patience}`, `--conflict-exit-code=${busy}`] as const
